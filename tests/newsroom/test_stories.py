"""The stories themselves: complete, long enough, and not one sentence told twice."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from .article import NAME, Story, Version
from .save import save, saved_pages
from .stories import STORIES, StoryError, load_stories, read_story
from .transliterate import arabic, latin
from .truth import sentences

EXAMPLES = Path(__file__).parents[2] / "examples" / "newsroom.test"
REGIONS = {f"KZ-{code}" for code in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)}
TOPICS = {
    *("culture", "crime", "emergency", "economy", "education", "environment", "health", "human-interest", "labour"),
    *("lifestyle", "politics", "religion", "science", "society", "sport", "conflict", "weather"),
}
SHORT_KINDS = {"gallery", "picture"}
KAZAKH_LETTERS = set("әғқңөұүһі")
TELLS_ITS_LEAD_TWICE = "turkistan-greenhouses"

DAYS = (1, 2)


def written(day: int) -> list[Version]:
    """What the writers wrote: no twins."""
    return [version for story in load_stories(day) for version in story.versions if version.script == "Cyrl"]


def everything_written() -> list[Version]:
    """The articles of day 2 with the first texts of those updated."""
    return written(2) + [version for version in written(1) if version not in written(2)]


def told(version: Version) -> list[str]:
    """Every text of an article."""
    captions = [photo.caption for photo in version.photos]
    return [version.headline, version.lead, *(block.text for block in version.body), *captions]


def test_there_are_enough_articles() -> None:
    kinds = Counter((version.language, version.script) for story in load_stories(1) for version in story.versions)
    assert sum(kinds.values()) >= 60
    assert kinds["kk", "Cyrl"] >= 30
    assert kinds["ru", "Cyrl"] >= 24
    assert kinds["kk", "Latn"] == kinds["kk", "Arab"] == 3


def test_day_two_brings_six_articles_changes_three_and_loses_one() -> None:
    first = {version.url: version for version in written(1)}
    second = {version.url: version for version in written(2)}
    assert len(second.keys() - first.keys()) == 6
    assert sum(version.updated for version in second.values()) == 3
    assert sum(version.gone for version in second.values()) == 1
    changed = {url for url, version in first.items() if second[url] != version}
    assert len(changed) == 4
    for version in second.values():
        if version.updated:
            assert version.headline != first[version.url].headline
            assert version.body != first[version.url].body


def test_addresses_are_unique_and_plain() -> None:
    versions = [version for story in load_stories(2) for version in story.versions]
    assert len({version.id for version in versions}) == len(versions)
    for version in versions:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", version.slug), version.slug


@pytest.mark.parametrize("day", DAYS)
def test_bodies_are_long_enough(day: int) -> None:
    for version in written(day):
        words = sum(len(block.text.split()) for block in version.body)
        if version.kind not in SHORT_KINDS:
            assert words >= 120, f"{version.story} {version.language}: {words} words"


def test_special_kinds_keep_their_promise() -> None:
    kinds: defaultdict[str, list[Version]] = defaultdict(list)
    for version in written(1):
        kinds[version.kind].append(version)
    for picture in kinds["picture"]:
        assert [block.text for block in picture.body] == [f"{picture.headline}."]
    for gallery in kinds["gallery"]:
        assert len(gallery.photos) == 15
        assert len(gallery.body) == 1
    for live in kinds["live"]:
        times = [block.text[:5] for block in live.body if re.match(r"\d\d:\d\d", block.text)]
        assert len(times) >= 5
        assert times == sorted(times, reverse=True)
    for reprint in kinds["reprint"]:
        assert reprint.duplicate_of
        assert reprint.credited_to != NAME
    assert all(version.page_published or version.modified for version in kinds["scheduled"])
    assert len(kinds["picture"]) == len(kinds["gallery"]) == len(kinds["live"]) == len(kinds["reprint"]) == 1


def test_labels_are_known() -> None:
    for version in everything_written():
        assert set(version.regions + version.regions_optional) <= REGIONS
        assert set(version.topics + version.topics_optional) <= TOPICS
        assert version.topics
        assert not set(version.topics) & set(version.topics_optional)


def test_no_sentence_is_told_twice() -> None:
    tellers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for version in everything_written():
        for text in told(version):
            for sentence in sentences(text):
                if len(sentence.split()) >= 4:
                    tellers[sentence.casefold().rstrip(".!?")].add(
                        (version.duplicate_of or version.story, version.language)
                    )
    shared = {sentence: who for sentence, who in tellers.items() if len(who) > 1}
    assert not shared


def test_a_lead_is_not_repeated_in_its_body() -> None:
    for version in everything_written():
        body = " ".join(block.text for block in version.body)
        repeated = bool(version.lead) and version.lead.rstrip(".") in body
        expected = version.story == TELLS_ITS_LEAD_TWICE
        assert repeated == expected, f"{version.story} {version.language}"


def test_no_word_mixes_scripts() -> None:
    for version in everything_written():
        for word in re.findall(r"[^\W\d_]+", " ".join(told(version))):
            assert not (re.search("[A-Za-z]", word) and re.search("[а-яёәғқңөұүһі]", word.lower())), word


def test_each_text_is_in_its_language() -> None:
    for version in everything_written():
        for text in told(version):
            kazakh = sum(letter in KAZAKH_LETTERS for letter in text.lower())
            if version.language == "ru":
                # A ru article may quote a line of Kazakh.
                assert kazakh < len(text) / 20, text
            elif len(text) > 80:
                assert kazakh > len(text) / 20, text


def test_the_site_is_credited_where_the_story_says() -> None:
    for version in everything_written():
        first, *rest = (block.text for block in version.body)
        credited = first.rstrip(".").endswith(NAME)
        assert credited == (version.credited_to == NAME), f"{version.story} {version.language}"
        assert not any(NAME.lower() in text.lower() for text in [version.lead, version.headline, *rest])


def test_twins_are_wholly_in_their_script() -> None:
    twins = [version for story in load_stories(2) for version in story.versions if version.script != "Cyrl"]
    for twin in twins:
        assert not twin.modified
        assert not re.search("[а-яёәғқңөұүһі]", " ".join(told(twin)).lower()), twin.url


def test_transliteration() -> None:
    assert latin("Түркістан облысы, ЮНЕСКО, Июнь") == "Türkıstan oblysy, İUNESKO, İiun"
    assert arabic("Жарияланды: бүгін, 7,8 млрд") == "جاريالاندى: بۇگىن، 7,8 ملرد"
    assert arabic("тәртіп") == "ٴتارتىپ"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('template = "A"', 'template = "Z"', "template is 'Z'"),
        ("+05:00", "+06:00", "Almaty then had"),
        ('scope = "regional"', 'scope = "world"', "does not go with its regions"),
        ("slug = ", "slugg = ", "unknown keys: slugg"),
        ("headline = ", "# ", "lacks headline"),
        ('template = "A"', "template = A", "Invalid value"),
    ],
)
def test_a_bad_story_file_is_named_with_its_fault(tmp_path: Path, before: str, after: str, complaint: str) -> None:
    text = (STORIES / "sko-poultry.toml").read_text(encoding="utf-8")
    assert before in text
    bad = tmp_path / "bad-story.toml"
    bad.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(StoryError, match=r"bad-story\.toml") as raised:
        read_story(bad, 1)
    assert complaint in str(raised.value)


def test_there_are_two_days_only() -> None:
    with pytest.raises(ValueError, match="no snapshot of day 3"):
        load_stories(3)


def test_a_story_knows_its_versions() -> None:
    story: Story = next(story for story in load_stories(1) if story.name == "vaccination")
    kazakh = story.version("kk")
    assert kazakh
    assert set(story.alternates(kazakh)) == {"ru", "kk-Latn", "kk-Arab"}
    assert story.version("ru", "Latn") is None


def test_the_saved_pages_are_those_of_the_site(tmp_path: Path) -> None:
    on_disk = {path.name: path.read_bytes() for path in EXAMPLES.glob("*.html")}
    assert on_disk == saved_pages(), "run: python -m tests.newsroom.save examples/newsroom.test"
    stale = tmp_path / "Stale.html"
    stale.write_text("old")
    assert save(tmp_path) == len(on_disk)
    assert not stale.exists()


def test_the_saved_pages_have_names_for_every_system() -> None:
    pages = saved_pages()
    assert all(re.fullmatch(r"[A-Za-z0-9 ._()]{1,120}", name) for name in pages)
    assert len({name.lower() for name in pages}) == len(pages)
    assert sum(map(len, pages.values())) < 2_500_000
    for body in pages.values():
        assert re.search(r"<html[^>]*><!--\n Page saved with SingleFile \n url: https://newsroom\.test/", body.decode())
