from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from newscrawler.article import Article, Relation
from newscrawler.store import Store
from newscrawler.store.articles import Saved, read_article, save_article, withdraw_article
from newscrawler.store.facets import facets_to_publish, mark_published, newest_in_facet
from newscrawler.store.stories import also_at, story_members, translations
from tests.conftest import NOW, an_article


def facets_of(article: Article) -> Sequence[str]:
    copies = (Relation.SAME_TEXT, Relation.NEAR_TEXT)
    own = [f"newsrooms/{article.newsroom}/all"]
    return own if article.relation in copies else [*own, f"{article.language}/all/all"]


def keep(store: Store, number: int, leader: Article | None = None, **values: object) -> Article:
    article = an_article(number, first_seen=NOW + timedelta(minutes=number), **values)
    article.story = leader.id if leader is not None else article.id
    with store.write() as connection:
        save_article(connection, article, facets_of=facets_of, hashes=[], now=NOW)
    return article


def withdraw(store: Store, article: Article) -> None:
    with store.write() as connection:
        assert withdraw_article(connection, article.id, facets_of=facets_of)


def published(store: Store) -> list[str]:
    """The facets that changed since the last call."""
    with store.write() as connection:
        due = facets_to_publish(connection)
        mark_published(connection, due)
    return [facet for facet, _ in due]


def stored(store: Store, article: Article) -> Article:
    with store.read() as connection:
        found = read_article(connection, article.id)
    assert found is not None
    return found


def members(store: Store, story: Article) -> list[tuple[str, Relation | None]]:
    with store.read() as connection:
        found = story_members(connection, [story.id]).get(story.id, [])
    return [(member.id, member.relation) for member in found]


def test_the_members_of_a_story_stand_in_the_order_of_first_sight(store: Store) -> None:
    leader = keep(store, 1)
    copy = keep(store, 2, leader, relation=Relation.SAME_TEXT, newsroom="other")
    translation = keep(store, 3, leader, relation=Relation.TRANSLATION, language="ru")
    assert members(store, leader) == [
        (leader.id, None),
        (copy.id, Relation.SAME_TEXT),
        (translation.id, Relation.TRANSLATION),
    ]
    with store.read() as connection:
        found = story_members(connection, [leader.id])[leader.id]
    assert [place.url for place in also_at(found, leader.id)] == [copy.canonical_url]
    assert [place.id for place in also_at(found, copy.id)] == [leader.id]
    assert also_at(found, translation.id) == []
    assert [place.id for place in translations(found, leader.id)] == [translation.id]
    assert [place.id for place in translations(found, copy.id)] == [translation.id]
    assert [place.id for place in translations(found, translation.id)] == [leader.id]


def test_a_leader_is_published_again_when_a_copy_comes_or_goes(store: Store) -> None:
    leader = keep(store, 1)
    assert published(store) == ["kk/all/all", "newsrooms/newsroom_test/all"]
    copy = keep(store, 2, leader, relation=Relation.NEAR_TEXT, newsroom="other")
    everything = ["kk/all/all", "newsrooms/newsroom_test/all", "newsrooms/other/all"]
    assert published(store) == everything
    withdraw(store, copy)
    assert published(store) == everything
    assert members(store, leader) == [(leader.id, None)]


def test_a_story_goes_on_under_a_copy_when_its_leader_is_withdrawn(store: Store) -> None:
    leader = keep(store, 1)
    translation = keep(store, 2, leader, relation=Relation.TRANSLATION, language="ru")
    copy = keep(store, 3, leader, relation=Relation.SAME_TEXT, newsroom="other")
    later = keep(store, 4, leader, relation=Relation.NEAR_TEXT, newsroom="third")
    published(store)
    withdraw(store, leader)
    assert members(store, leader) == []
    assert members(store, copy) == [
        (translation.id, Relation.TRANSLATION),
        (copy.id, None),
        (later.id, Relation.NEAR_TEXT),
    ]
    assert stored(store, copy).relation is None
    assert stored(store, later).story == copy.id
    assert "kk/all/all" in published(store)
    with store.read() as connection:
        assert newest_in_facet(connection, "kk/all/all", 10) == [copy.id]


def test_without_a_copy_the_translation_leads(store: Store) -> None:
    leader = keep(store, 1)
    translation = keep(store, 2, leader, relation=Relation.TRANSLATION, language="ru")
    withdraw(store, leader)
    assert members(store, translation) == [(translation.id, None)]


def test_a_leader_that_comes_back_takes_the_place_that_the_dedupe_step_finds_for_it(store: Store) -> None:
    leader = keep(store, 1)
    copy = keep(store, 2, leader, relation=Relation.SAME_TEXT, newsroom="other")
    withdraw(store, leader)
    back = replace(leader, story=copy.id, relation=Relation.SAME_TEXT)
    with store.write() as connection:
        assert save_article(connection, back, facets_of=facets_of, hashes=[], now=NOW) is Saved.CHANGED
    assert members(store, copy) == [(leader.id, Relation.SAME_TEXT), (copy.id, None)]


def test_a_story_of_one_ends_with_it(store: Store) -> None:
    leader = keep(store, 1)
    withdraw(store, leader)
    assert members(store, leader) == []
    assert stored(store, leader).story == leader.id


def test_a_copy_of_a_translation_is_another_place_of_that_and_not_of_the_leader(store: Store) -> None:
    leader = keep(store, 1)
    translation = keep(store, 2, leader, relation=Relation.TRANSLATION, language="ru")
    copy = keep(store, 3, leader, relation=Relation.NEAR_TEXT, language="ru", newsroom="other")
    with store.read() as connection:
        found = story_members(connection, [leader.id])[leader.id]
    assert also_at(found, leader.id) == []
    assert [place.id for place in also_at(found, translation.id)] == [copy.id]
    assert [place.id for place in also_at(found, copy.id)] == [translation.id]
    assert [place.id for place in translations(found, leader.id)] == [translation.id]
    withdraw(store, leader)
    assert members(store, copy) == [(translation.id, Relation.NEAR_TEXT), (copy.id, None)] or members(
        store, translation
    ) == [(translation.id, None), (copy.id, Relation.NEAR_TEXT)]
    assert stored(store, leader).relation is Relation.TRANSLATION


def test_everyone_who_told_of_a_leader_is_published_again_when_it_goes(store: Store) -> None:
    leader = keep(store, 1)
    keep(store, 2, leader, relation=Relation.NEAR_TEXT, newsroom="other")
    keep(store, 3, leader, relation=Relation.TRANSLATION, language="ru", newsroom="third")
    published(store)
    withdraw(store, leader)
    assert {"newsrooms/other/all", "newsrooms/third/all", "ru/all/all"} <= set(published(store))


def test_a_copy_of_an_article_that_was_withdrawn_meanwhile_follows_its_heir_or_leads(store: Store) -> None:
    leader = keep(store, 1)
    heir = keep(store, 2, leader, relation=Relation.SAME_TEXT, newsroom="other")
    withdraw(store, leader)
    late = keep(store, 3, leader, relation=Relation.NEAR_TEXT, newsroom="third")
    assert stored(store, late).story == heir.id
    withdraw(store, late)
    withdraw(store, heir)
    last = keep(store, 4, heir, relation=Relation.NEAR_TEXT, newsroom="fourth")
    assert (stored(store, last).story, stored(store, last).relation) == (last.id, None)


def test_another_script_leads_where_its_original_was_withdrawn_and_waits_where_it_may_come(store: Store) -> None:
    original = keep(store, 1)
    withdraw(store, original)
    twin = keep(store, 2, original, relation=Relation.OTHER_SCRIPT, script="Latn")
    assert (stored(store, twin).story, stored(store, twin).relation) == (twin.id, None)
    unseen = an_article(9)
    early = keep(store, 3, unseen, relation=Relation.OTHER_SCRIPT, script="Latn")
    assert (stored(store, early).story, stored(store, early).relation) == (unseen.id, Relation.OTHER_SCRIPT)
