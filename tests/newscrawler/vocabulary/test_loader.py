"""The shipped vocabulary, and an operator's laid over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.errors import VocabularyError
from newscrawler.vocabulary import Vocabulary, load_vocabulary
from newscrawler.vocabulary.entries import PlaceKind

REGION_SLUGS = """abai akmola aktobe almaty-region atyrau west-kazakhstan zhambyl zhetisu karaganda kostanay kyzylorda
mangystau pavlodar north-kazakhstan turkistan ulytau east-kazakhstan astana almaty shymkent"""
REGION_CODES = "10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71 75 79"
DISTRICTS = "10 17 14 9 7 12 10 8 9 16 7 5 10 13 14 2 11 6 8 5"
TOPIC_SLUGS = """culture crime emergency economy education environment health human-interest labour lifestyle politics
religion science society sport conflict weather"""


def test_slugs_are_parts_of_addresses_and_never_change(vocabulary: Vocabulary) -> None:
    codes = [f"KZ-{number}" for number in REGION_CODES.split()]
    assert {region.slug: region.code for region in vocabulary.regions} == dict(
        zip(REGION_SLUGS.split(), codes, strict=True)
    )
    assert {topic.slug: topic.medtop for topic in vocabulary.topics} == {
        slug: f"medtop:{number:02}000000" for number, slug in enumerate(TOPIC_SLUGS.split(), 1)
    }


def test_every_region_has_all_its_districts(vocabulary: Vocabulary) -> None:
    """As of 2024, those of the cities Aktobe (2) and Karaganda (2) included; from general knowledge, not from KATO."""
    found = [sum(place.kind is PlaceKind.DISTRICT for place in region.places) for region in vocabulary.regions]
    assert found == [int(number) for number in DISTRICTS.split()]


def test_every_region_and_topic_has_three_names(vocabulary: Vocabulary) -> None:
    names = [entry.names for entry in vocabulary.regions] + [entry.names for entry in vocabulary.topics]
    assert all(known[language] for known in names for language in ("kk", "ru", "en"))


def test_every_topic_has_many_words_in_both_languages(vocabulary: Vocabulary) -> None:
    for topic in vocabulary.topics:
        assert all(len(topic.stems[language]) >= 40 for language in ("kk", "ru")), topic.slug


def test_words_of_no_topic_are_added_to(tmp_path: Path, vocabulary: Vocabulary) -> None:
    write(tmp_path, "topics.toml", '[no_topic]\nru.strong = ["гороскоп"]')
    added = load_vocabulary([tmp_path]).no_topic
    assert added["ru"] == {**vocabulary.no_topic["ru"], "гороскоп": 2.0}
    assert added["kk"] == vocabulary.no_topic["kk"]
    assert len(added["kk"]) >= 40


def test_look_up_by_code_and_slug(vocabulary: Vocabulary) -> None:
    assert vocabulary.region("KZ-61").slug == "turkistan"
    assert vocabulary.topic("economy").medtop == "medtop:04000000"
    with pytest.raises(VocabularyError, match="KZ-99"):
        vocabulary.region("KZ-99")
    with pytest.raises(VocabularyError, match="did you mean 'economy'"):
        vocabulary.topic("econmy")


def test_the_seat_of_government(vocabulary: Vocabulary) -> None:
    assert [region.slug for region in vocabulary.regions if region.seat_of_government] == ["astana"]


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_an_operator_adds_places_and_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    write(tmp_path, "regions.toml", '[[regions]]\ncode = "KZ-61"\nplaces = [{ kind = "village", kk = "Жаңатүркі" }]')
    write(tmp_path, "topics.toml", '[[topics]]\nslug = "sport"\nkk.decisive = ["қошқар сүзіс"]')
    mine = load_vocabulary([tmp_path])
    assert mine.region("KZ-61").places == (*vocabulary.region("KZ-61").places, mine.region("KZ-61").places[-1])
    assert mine.region("KZ-61").places[-1].kk == ("Жаңатүркі",)
    assert mine.region("KZ-61").names == vocabulary.region("KZ-61").names
    assert mine.topic("sport").stems["kk"] == vocabulary.topic("sport").stems["kk"] | {"қошқар сүзіс": 4.0}
    assert mine.topic("sport").stems["ru"] == vocabulary.topic("sport").stems["ru"]


def test_an_operator_replaces_places_and_words(tmp_path: Path) -> None:
    write(
        tmp_path,
        "regions.toml",
        '[[regions]]\ncode = "KZ-71"\nreplace = true\nplaces = [{ kind = "city", kk = "Сарайшық" }]',
    )
    write(
        tmp_path,
        "topics.toml",
        '[[topics]]\nslug = "sport"\nreplace = true\nnames = { ru = "Игры" }\nru.strong = ["лапт"]',
    )
    mine = load_vocabulary([tmp_path])
    assert [place.kk for place in mine.region("KZ-71").places] == [("Сарайшық",)]
    assert mine.region("KZ-71").seat_of_government
    assert mine.topic("sport").stems == {"kk": {}, "ru": {"лапт": 2.0}}
    assert mine.topic("sport").names == {"kk": "Спорт", "ru": "Игры", "en": "sport"}


def test_a_later_folder_wins_over_an_earlier_one(tmp_path: Path) -> None:
    first = write(tmp_path / "first", "topics.toml", '[[topics]]\nslug = "sport"\nnames = { ru = "Первое" }')
    second = write(tmp_path / "second", "topics.toml", '[[topics]]\nslug = "sport"\nnames = { ru = "Второе" }')
    assert load_vocabulary([first, second]).topic("sport").names["ru"] == "Второе"


def test_lists_of_wordings_are_added_to(tmp_path: Path, vocabulary: Vocabulary) -> None:
    write(tmp_path, "wordings.toml", 'read_also = ["Мына мақаланы оқыңыз"]')
    assert load_vocabulary([tmp_path]).wordings.read_also == (*vocabulary.wordings.read_also, "Мына мақаланы оқыңыз")


def test_files_that_hold_the_same_give_the_same_object_and_changed_ones_another(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    before = load_vocabulary([folder])
    assert load_vocabulary([folder]) is before
    folder.mkdir()
    write(folder, "topics.toml", '[no_topic]\nru.strong = ["гороскоп"]')
    added = load_vocabulary([folder])
    write(folder, "topics.toml", '[no_topic]\nru.strong = ["гороскол"]')
    changed = load_vocabulary([folder])
    assert ["гороскоп" in one.no_topic["ru"] for one in (before, added, changed)] == [False, True, False]
    assert load_vocabulary([folder]) is changed


def test_a_folder_that_is_missing_holds_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert load_vocabulary([tmp_path / "none"]).regions == vocabulary.regions


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("regions.toml", "[[regions]\n", "not valid TOML"),
        ("regions.toml", '[[regions]]\ncode = "KZ-61"\nplaecs = []', "plaecs' (did you mean 'places'?)"),
        ("regions.toml", '[[regions]]\ncode = "KZ-61"\nplaces = [{ kind = "town" }]', "a place needs a name"),
        ("regions.toml", '[[regions]]\ncode = "KZ-61"\nplaces = [{ kind = "twon", kk = "А" }]', "kind"),
        (
            "regions.toml",
            '[[regions]]\ncode = "KZ-98"\nslug = "new"',
            "KZ-98 is new, and lacks names.kk, names.ru, names.en.",
        ),
        (
            "regions.toml",
            '[[regions]]\ncode = "KZ-98"\nnames = { kk = "А", ru = "А" }',
            "KZ-98 is new, and lacks slug, names.en.",
        ),
        ("regions.toml", '[[regions]]\ncode = "KZ-61"\nslug = "Түркістан"', "slug: needs small Latin letters and -, a"),
        ("regions.toml", '[[regions]]\ncode = "KZ-61"\nslug = "astana"', "have one slug, 'astana'"),
        ("topics.toml", '[[topics]]\nslug = "chess"', "chess is new, and lacks medtop, names.kk, names.ru, names.en."),
        (
            "topics.toml",
            '[[topics]]\nslug = "chess"\nmedtop = "15"',
            "medtop: needs an IPTC code, such as medtop:04000000, not '15'",
        ),
        ("topics.toml", '[[topics]]\nslug = "sport"\nkk.weak = ["от"]', "too short"),
        ("wordings.toml", "read_also = 1", "read_also"),
        ("region.toml", "", "no such word list (did you mean 'regions.toml'?)"),
        ("languages.toml", "", "part of the program"),
    ],
)
def test_a_broken_file_is_named_with_its_mistake(tmp_path: Path, name: str, text: str, mistake: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(VocabularyError) as raised:
        load_vocabulary([tmp_path])
    assert name in str(raised.value)
    assert mistake in str(raised.value)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").write_text("")
    with pytest.raises(VocabularyError, match=r"vocabulary is a file\. Make it a folder of word lists: regions\.toml"):
        load_vocabulary([tmp_path / "vocabulary"])


def test_the_dates_of_an_operator_are_left_to_their_own_reader(tmp_path: Path) -> None:
    write(tmp_path, "dates.toml", "anything = 1")
    assert len(load_vocabulary([tmp_path]).regions) == 20


@pytest.mark.parametrize("slug", ["all", "national", "world", "feeds", "index", "newsrooms"])
def test_a_slug_that_means_something_else_in_addresses_is_refused(slug: str, tmp_path: Path) -> None:
    names = 'names = { kk = "А", ru = "А", en = "A" }'
    (tmp_path / "topics.toml").write_text(
        f'[[topics]]\nslug = "{slug}"\nmedtop = "medtop:99000000"\n{names}\n', encoding="utf-8"
    )
    with pytest.raises(VocabularyError, match="none of all, national"):
        load_vocabulary([tmp_path])
