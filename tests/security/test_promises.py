"""Behind every sentence of docs/security.md stands a test."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from newscrawler.project import project_folder

CRAWL = "security/test_network.py::test_a_crawl_touches_nothing_that_it_may_not"
DRAFT = "security/test_network.py::test_inspect_and_new_touch_nothing_that_they_may_not"
XML = "spiders/discovery/test_xml_document.py"
SAVED = "spiders/fetching/test_saved"
HOSTILE = "end_to_end/test_hostile_newsroom.py"
GUARD = "spiders/fetching/test_address_guard.py"

# The tests of a promise, by its anchor in docs/security.md.
TESTS: dict[str, tuple[str, ...]] = {
    "guard": (
        f"{GUARD}::test_what_leads_inside_or_nowhere_is_not_public",
        f"{GUARD}::test_no_disguise_makes_an_ipv4_address_public",
        f"{GUARD}::test_only_public_and_allowed_addresses_are_handed_on",
        "end_to_end/test_exit_status.py::test_a_loopback_address_that_is_not_named_is_never_asked",
    ),
    "guard-forms": (CRAWL, f"{GUARD}::test_what_is_no_address_is_not_public"),
    "guard-everywhere": (CRAWL, DRAFT, "spiders/drafting/test_newsroom_new.py::test_this_machine_is_not_asked"),
    "guard-rebinding": (
        "security/test_network.py::test_a_name_that_changes_its_address_is_refused_at_once",
        f"{GUARD}::test_a_name_that_changes_its_address_is_looked_at_each_time",
        f"{GUARD}::test_a_refusal_is_not_tried_again_and_says_what_to_do",
    ),
    "guard-in-place": (
        f"{GUARD}::test_settings_that_lead_around_the_guard_stop_every_request",
        f"{GUARD}::test_a_live_crawl_without_a_guard_sends_nothing",
    ),
    "own-site": (
        CRAWL,
        "spiders/discovery/test_sitemap.py::test_an_index_names_its_children_of_the_same_site",
        "newscrawler/test_newsroom.py::test_own_addresses",
    ),
    "schemes": (CRAWL, "newscrawler/test_urls.py::test_links_that_lead_to_no_web_page_are_none"),
    "tls": ("security/test_network.py::test_a_certificate_that_nobody_signed_is_refused",),
    "no-credentials": (
        CRAWL,
        DRAFT,
        "spiders/fetching/test_credentials.py::test_a_user_name_and_a_password_are_dropped",
        "spiders/fetching/test_credentials.py::test_headers_that_carry_credentials_are_not_sent",
        "security/test_secrets.py::test_no_address_with_a_password_is_taken_for_one_that_others_are_told",
    ),
    "no-proxy": (CRAWL,),
    "nothing-listens": (CRAWL,),
    "no-hidden-calls": (CRAWL,),
    "no-entities": (
        f"{XML}::test_no_entity_is_read_wherever_it_is_declared",
        "spiders/discovery/test_sitemap.py::test_entities_of_a_document_are_not_read",
    ),
    "xml-bounds": (
        f"{XML}::test_what_would_fill_the_memory_is_an_error",
        f"{XML}::test_of_a_document_only_one_entry_is_in_memory",
        f"{XML}::test_a_gzip_bomb_is_refused_before_it_is_unpacked",
        "spiders/discovery/test_sitemap.py::test_a_gzip_bomb_is_refused",
    ),
    "sizes": (
        "spiders/fetching/test_decoding.py::test_a_bomb_is_not_unpacked_beyond_the_limit",
        "spiders/fetching/test_decoding.py::test_a_bomb_within_a_bomb_is_stopped_too",
        "end_to_end/test_faults.py::test_no_damaged_answer_is_an_article_and_none_costs_another",
    ),
    "memory": (f"{HOSTILE}::test_nothing_is_lost_doubled_corrupt_dirty_or_leaked",),
    "hostile-pages": (
        "spiders/pages/test_fuzz.py::test_pages_of_four_megabytes_take_seconds_and_no_gigabytes",
        "spiders/pages/test_fuzz.py::test_a_page_of_many_pieces_takes_no_more_than_its_size",
        "spiders/pages/test_fuzz.py::test_any_bytes",
    ),
    "no-repetition": (
        f"{XML}::test_hostile_repetition_costs_no_more_than_reading",
        f"{SAVED}_html.py::test_hostile_repetition_costs_no_more_than_reading",
        f"{SAVED}_har.py::test_hostile_repetition_costs_no_more_than_reading",
        "newscrawler/test_hidden_passwords.py::test_a_long_message_costs_no_more_than_reading_it",
    ),
    "regular-expressions": (
        "security/test_regular_expressions.py::test_no_expression_takes_longer_than_its_text_is_long",
        "security/test_regular_expressions.py::test_what_is_bounded_is_there_and_would_be_slow_without_its_bound",
        "security/test_slow_texts.py::test_texts_that_were_slow_once_are_not",
    ),
    "nesting": (
        "security/test_nesting.py::test_an_article_is_read_whatever_is_nested_in_its_structured_data",
        "security/test_nesting.py::test_elements_are_read_or_refused",
        "security/test_nesting.py::test_of_a_nested_sitemap_no_more_is_read_than_stands_above",
        "security/test_nesting.py::test_nested_archives_are_named_or_read",
        "security/test_nesting.py::test_nested_toml_is_refused_and_the_file_named",
    ),
    "archive-paths": (
        f"{SAVED}_wacz.py::test_names_that_lead_out_of_the_archive_are_only_names",
        f"{SAVED}_har_attached.py::test_a_body_outside_of_the_folder_is_named_and_not_read",
        f"{SAVED}_har_attached.py::test_a_body_outside_of_the_hars_folder_in_a_zip_is_named_and_not_read",
        f"{SAVED}_pages.py::test_links_that_lead_out_of_the_folder_are_not_followed",
        f"{SAVED}_mirror.py::test_an_original_that_lies_elsewhere_is_not_read",
        f"{SAVED}_scrapy_cache.py::test_a_body_that_lies_elsewhere_is_not_read",
    ),
    "archive-writes": ("security/test_archives.py::test_reading_an_archive_opens_nothing_outside_and_writes_nothing",),
    "no-pickle": (f"{SAVED}_scrapy_cache.py::test_nothing_is_unpickled", CRAWL),
    "archive-bombs": (
        f"{SAVED}_har_attached.py::test_members_that_would_fill_the_memory_are_named",
        f"{SAVED}_har.py::test_an_entry_larger_than_any_page_is_named",
        f"{SAVED}_webarchive.py::test_what_is_larger_than_any_page_is_named",
    ),
    "saved-offline": ("spiders/drafting/test_newsroom_new.py::test_from_saved_pages_without_a_request",),
    "file-names": (
        "security/test_names.py::test_no_newsroom_is_called_so",
        "security/test_names.py::test_no_region_and_no_topic_has_such_a_slug",
        "security/test_names.py::test_no_feed_has_such_a_path",
        "feeds/test_facet.py::test_a_path_that_leads_elsewhere_is_refused",
    ),
    "inert-feeds": (
        "feeds/test_publish_hostile.py::test_nothing_active_leaves_a_hostile_article",
        "feeds/test_content.py::test_nothing_active_is_left_of_anything",
    ),
    "inert-pages": (
        "feeds/site/test_templating.py::test_every_text_comes_back_but_for_what_html_forbids",
        "feeds/site/test_templating.py::test_a_policy_allows_this_style_and_script_and_nothing_else",
        "feeds/site/test_page.py::test_the_policy_is_that_of_what_stands_in_the_page",
    ),
    "serve-folder": (
        "feeds/serving/test_public_folder.py::test_no_path_leads_outside",
        "feeds/serving/test_public_folder.py::test_links_lead_nowhere_outside",
    ),
    "no-secrets": (
        CRAWL,
        "newscrawler/test_hidden_passwords.py::test_passwords_are_hidden",
        "security/test_secrets.py::test_an_error_of_the_store_shows_no_password",
        "security/test_secrets.py::test_the_status_of_a_store_shows_no_password",
    ),
    "no-secrets-told": (
        "security/test_secrets.py::test_no_address_with_a_password_is_taken_for_one_that_others_are_told",
    ),
    "control-characters": ("newscrawler/commands/test_output.py::test_control_characters_are_written_out",),
}


@cache
def functions_of(file: str) -> frozenset[str]:
    """The names of the functions in a module of tests."""
    tree = ast.parse((project_folder() / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def promises() -> list[str]:
    text = (project_folder() / "docs" / "security.md").read_text(encoding="utf-8")
    return re.findall(r'^- <a id="([a-z-]+)"></a>[A-Z`]', text, re.MULTILINE)


def test_every_promise_has_tests_and_every_entry_its_promise() -> None:
    assert sorted(promises()) == sorted(TESTS)


def test_every_sentence_of_the_promising_chapters_carries_an_anchor() -> None:
    text = (project_folder() / "docs" / "security.md").read_text(encoding="utf-8")
    chapters = text.partition("\n## ")[2].partition("## What is not promised")[0]
    items = [line for line in chapters.splitlines() if line and not line.startswith(("  ", "## "))][1:]
    assert [line for line in items if not line.startswith('- <a id="')] == []


@pytest.mark.parametrize("anchor", TESTS)
def test_the_tests_of_a_promise_are_there(anchor: str) -> None:
    assert TESTS[anchor]
    for test in TESTS[anchor]:
        file, _, name = test.partition("::")
        assert name in functions_of(file), test
