from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Alternate, Article, Relation, mint_article_id
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.store.addresses import mark_done
from newscrawler.store.articles import save_article
from newscrawler.store.neighbours import StoreNeighbours
from newscrawler.vocabulary import Vocabulary
from pipelines.dedupe import dedupe
from pipelines.near_text import sampled_hashes
from pipelines.same_event import event_hashes
from pipelines.step import Neighbours, StepContext
from tests.conftest import NOW, an_article
from tests.pipelines.memory_neighbours import MemoryNeighbours

SITE = "https://newsroom.test"
TEXT = [
    "Түркістан облысында көктемгі су тасқынының алдын алу үшін он екі ауданда бөгеттер тексерілді.",
    "Құтқарушылар өзен арнасын мұздан тазартып, жағалаудағы тұрғындарды алдын ала ескертіп шықты.",
    "Облыс әкімдігінің мәліметінше, қауіпті учаскелерде тәулік бойы кезекшілік ұйымдастырылған.",
    "Мамандар су деңгейін сағат сайын өлшеп, деректерді жедел штабқа жіберіп отыр.",
]
OTHER_TEXT = [
    "Қостанайда орталық кітапхананың күрделі жөндеуі аяқталып, оқырмандарға есігін қайта ашты.",
    "Ғимараттың шатыры ауыстырылып, іргетасы бекітілді және алғаш рет көтергіш орнатылды.",
    "Оқу залы енді кешке дейін жұмыс істейді, ал демалыс күндері дәрістер өтеді.",
]
RUSSIAN = [
    "В Туркестанской области перед паводком проверили плотины в двенадцати районах.",
    "Спасатели очистили русло реки ото льда и предупредили жителей прибрежных сёл.",
]
LATIN = [
    "Túrkistan oblysynda kóktemgі sý tasqynynyń aldyn alý úshіn on ekі aýdanda bógetter tekserіldі.",
    "Qutqarýshylar ózen arnasyn muzdan tazartyp, jaǵalaýdaǵy turǵyndardy aldyn ala eskertіp shyqty.",
]


Arrive = Callable[..., Article]


@pytest.fixture(params=["memory", "store"])
def neighbours(request: pytest.FixtureRequest) -> Iterator[tuple[Neighbours, Callable[[Article], None]]]:
    """Neighbours, and how an article becomes one of them."""
    if request.param == "memory":
        memory = MemoryNeighbours()
        yield memory, memory.keep
        return
    with open_store("sqlite:///:memory:") as store:

        def keep(article: Article) -> None:
            hashes = sampled_hashes(article) | event_hashes(article)
            urls = article.addresses or [article.url]
            with store.write() as connection:
                save_article(connection, article, facets_of=lambda _: [], hashes=hashes, now=NOW)
                mark_done(connection, article.newsroom, urls, article.id, run=1, now=NOW)

        yield StoreNeighbours(store), keep


@pytest.fixture
def arrive(neighbours: tuple[Neighbours, Callable[[Article], None]], vocabulary: Vocabulary) -> Arrive:
    """Takes an article through the step, keeps it, and gives it as the step left it."""
    known, keep = neighbours
    newsroom = Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site=SITE,
        hosts=("newsroom.test", "www.newsroom.test"),
        languages=("kk", "ru"),
    )

    def take(article: Article, now: datetime = NOW) -> Article:
        deduped = dedupe(article, StepContext(vocabulary=vocabulary, now=now, newsroom=newsroom, neighbours=known))
        keep(deduped)
        return deduped

    return take


def at(path: str, **values: Any) -> Article:
    """An article as the page at `path` gives it, its canonical address being its own."""
    url = values.pop("canonical", SITE + path)
    values.setdefault("newsroom", "newsroom_test")
    values.setdefault("body", [f"{path} туралы жалғыз сөйлем осы жерде тұр.", "Одан басқа мұнда ештеңе жоқ."])
    values.setdefault("headline", f"{path} тақырыбы")
    return an_article(
        id=mint_article_id(values["newsroom"], url),
        url=values.pop("url", SITE + path),
        canonical_url=url,
        addresses=[SITE + path],
        **values,
    )


def links(**targets: str) -> list[Alternate]:
    return [Alternate(url=SITE + path, hreflang=mark.replace("_", "-")) for mark, path in targets.items()]


def test_without_a_store_an_article_passes_as_it_is(vocabulary: Vocabulary) -> None:
    article = at("/kk/1")
    assert dedupe(article, StepContext(vocabulary=vocabulary, now=NOW)) is article


def test_a_new_article_leads_a_story_of_its_own(arrive: Arrive) -> None:
    article = at("/kk/1")
    first = arrive(article)
    assert first == replace(article, story=article.id, relation=None)
    second = arrive(at("/kk/2", body=OTHER_TEXT))
    assert (second.story, second.relation) == (second.id, None)


def test_the_step_changes_no_article_that_it_is_given(arrive: Arrive) -> None:
    arrive(at("/kk/1", body=TEXT))
    article = at("/kk/2", body=TEXT)
    before = replace(article)
    arrive(article)
    assert article == before


def test_a_copy_follows_the_first_whatever_newsroom_it_is_in(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    same = arrive(at("/kk/2", body=[" ".join(TEXT).upper()]))
    elsewhere = arrive(at("/kk/3", body=TEXT, newsroom="other"))
    assert (same.story, same.relation) == (first.id, Relation.SAME_TEXT)
    assert (elsewhere.story, elsewhere.relation) == (first.id, Relation.SAME_TEXT)


def test_a_reprint_with_edits_is_a_near_copy(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    reprint = arrive(at("/kk/2", body=["Бұл туралы агенттік хабарлады.", *TEXT[:3]], newsroom="other"))
    assert (reprint.story, reprint.relation) == (first.id, Relation.NEAR_TEXT)


def test_a_copy_of_a_copy_follows_the_leader_of_the_story(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    arrive(at("/kk/2", body=TEXT[:3]))
    third = arrive(at("/kk/3", body=TEXT[:3]))
    assert third.story == first.id
    assert third.relation in {Relation.SAME_TEXT, Relation.NEAR_TEXT}


def test_the_same_text_two_weeks_later_is_another_story(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    soon = arrive(at("/kk/2", body=TEXT), now=NOW + timedelta(days=14))
    assert soon.story == first.id
    late = arrive(at("/kk/3", body=TEXT), now=NOW + timedelta(days=14, seconds=1))
    assert (late.story, late.relation) == (late.id, None)


def test_reports_from_one_template_are_stories_of_their_own(arrive: Arrive) -> None:
    report = (
        "Ұлттық банк {} мамырға арналған ресми валюта бағамын белгіледі. Бір АҚШ доллары {} теңге тұрады. "
        "Бір еуро {} теңгеге, Ресей рублі {} теңгеге бағаланды, деп хабарлайды реттеуші."
    )
    arrive(at("/kk/1", body=[report.format(14, "442,15", "477,08", "4,84")]))
    second = arrive(at("/kk/2", body=[report.format(15, "441,60", "478,21", "4,87")]))
    assert (second.story, second.relation) == (second.id, None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_second_of_two_versions_is_the_translation_as_their_alternates_say(
    order: tuple[int, int], arrive: Arrive
) -> None:
    versions = [
        at("/kk/1", body=TEXT, alternates=links(ru="/ru/1")),
        at("/ru/1", body=RUSSIAN, language="ru", alternates=links(kk="/kk/1")),
    ]
    first, second = (arrive(versions[number]) for number in order)
    assert (first.story, first.relation) == (first.id, None)
    assert (second.story, second.relation) == (first.id, Relation.TRANSLATION)


@pytest.mark.parametrize(
    "url", ["http://newsroom.test/kk/1", "https://www.newsroom.test/kk/1?utm_source=hreflang", f"{SITE}/kk/1#top"]
)
def test_an_alternate_may_be_written_in_any_form_of_its_address(url: str, arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    second = arrive(at("/ru/1", body=RUSSIAN, language="ru", alternates=[Alternate(url=url, hreflang="kk")]))
    assert (second.story, second.relation) == (first.id, Relation.TRANSLATION)


def test_an_alternate_in_the_same_language_or_of_another_newsroom_is_no_translation(arrive: Arrive) -> None:
    arrive(at("/kk/1", body=TEXT))
    arrive(at("/en/1", body=RUSSIAN, newsroom="other", language="en"))
    same_language = arrive(at("/kk/2", body=OTHER_TEXT, alternates=links(ru="/kk/1", en="/en/1")))
    assert (same_language.story, same_language.relation) == (same_language.id, None)


def test_a_page_is_no_version_of_itself(arrive: Arrive) -> None:
    for language in ("kk", "ru"):
        article = arrive(at("/kk/1", body=TEXT, language=language, alternates=links(kk="/kk/1", ru="/kk/1")))
        assert (article.story, article.relation) == (article.id, None)


REPORT = {
    "kk": [
        "Екібастұздан 30 шақырым жерде қуаты жүз мегаватт жел станциясы салынады.",
        "Инвестор өкілі Ян Вуйчик құрылыста үш жүз адам жұмыс істейтінін айтты.",
    ],
    "ru": [
        "В 30 километрах от Экибастуза появится ветряная станция на 100 мегаватт.",
        "По словам представителя инвестора Яна Вуйчика, на стройке займут триста человек.",
    ],
}


def report(language: str, path: str = "1", hours: float = 0, **values: Any) -> Article:
    values.setdefault("body", REPORT[language])
    return at(f"/{language}/{path}", language=language, date_published=NOW + timedelta(hours=hours), **values)


@pytest.mark.parametrize("first_language", ["kk", "ru"])
def test_two_reports_of_one_event_in_two_languages_are_translations_without_a_link(
    first_language: str, arrive: Arrive
) -> None:
    second_language = {"kk": "ru", "ru": "kk"}[first_language]
    first = arrive(report(first_language, hours=3))
    second = arrive(report(second_language))
    assert (first.story, first.relation) == (first.id, None)
    assert (second.story, second.relation) == (first.id, Relation.TRANSLATION)


@pytest.mark.parametrize(
    "other",
    [
        report("ru", hours=37),
        report("ru", hours=-37),
        report("ru", newsroom="other"),
        replace(report("ru"), date_published=None),
    ],
    ids=["later", "earlier", "of another newsroom", "undated"],
)
def test_a_report_of_another_day_or_newsroom_or_without_a_date_is_no_translation(
    other: Article, arrive: Arrive
) -> None:
    arrive(report("kk"))
    arrived = arrive(other)
    assert (arrived.story, arrived.relation) == (other.id, None)


def test_a_story_has_one_translation_found_by_its_text(arrive: Arrive) -> None:
    arrive(report("kk"))
    arrive(report("ru"))
    body = [REPORT["ru"][0], "Ян Вуйчик пообещал триста рабочих мест, сообщили в акимате, и новую дорогу."]
    later = arrive(report("ru", "2", hours=5, body=[body[1], body[0].replace("появится", "строится")]))
    assert later.relation is not Relation.TRANSLATION


SCRIPTS = {"kk": "/kk/1", "kk_Latn": "/lat/1", "kk_Arab": "/arab/1", "ru": "/ru/1"}


@pytest.mark.parametrize(
    "alternates",
    [
        links(**SCRIPTS),
        links(**dict(reversed(SCRIPTS.items()))),
        links(ru="/ru/1", kk_Arab="/arab/1", kk_Cyrl_KZ="/kk/1"),
        links(kk_Arab="/arab/1", kk_KZ="/kk/1"),
        [Alternate(url=f"{SITE}/amp/lat/1", kind="amp"), *links(kk="/lat/1"), *links(kk="/kk/1")],
        [Alternate(url="http://www.newsroom.test/kk/1?utm_source=x", hreflang="KK")],
    ],
)
@pytest.mark.parametrize("original_first", [True, False])
def test_the_same_article_in_another_script_follows_the_cyrillic_one(
    original_first: bool, alternates: list[Alternate], arrive: Arrive
) -> None:
    original = at("/kk/1", body=TEXT, alternates=links(**SCRIPTS))
    twin = at("/lat/1", body=LATIN, script="Latn", alternates=alternates)
    pages = [original, twin] if original_first else [twin, original]
    arrived = {article.script: article for article in map(arrive, pages)}
    assert (arrived["Cyrl"].story, arrived["Cyrl"].relation) == (original.id, None)
    assert (arrived["Latn"].story, arrived["Latn"].relation) == (original.id, Relation.OTHER_SCRIPT)


def test_a_twin_without_an_original_leads_its_own_story(arrive: Arrive) -> None:
    twin = arrive(at("/lat/1", body=LATIN, script="Latn", alternates=links(kk_Arab="/arab/1", kk="/lat/1")))
    assert (twin.story, twin.relation) == (twin.id, None)
    english = arrive(at("/en/1", body=["One sentence."], language="en", script="Latn", alternates=links(en="/en/2")))
    assert (english.story, english.relation) == (english.id, None)


def test_a_translation_is_not_tied_to_a_twin(arrive: Arrive) -> None:
    arrive(at("/lat/1", body=LATIN, script="Latn", alternates=links(kk="/kk/1", ru="/ru/1")))
    russian = arrive(at("/ru/1", body=RUSSIAN, language="ru", alternates=links(kk_Latn="/lat/1")))
    assert (russian.story, russian.relation) == (russian.id, None)


def test_a_twin_of_a_copy_follows_the_leader_of_the_story(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT, newsroom="other"))
    arrive(at("/kk/2", body=TEXT))
    twin = arrive(at("/lat/2", body=LATIN, script="Latn", alternates=links(kk="/kk/2")))
    assert (twin.story, twin.relation) == (first.id, Relation.OTHER_SCRIPT)


def test_a_known_article_keeps_its_story_whatever_becomes_of_its_text(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    copy = arrive(at("/kk/2", body=TEXT))
    rewritten = arrive(at("/kk/2", body=OTHER_TEXT, headline="Басқа тақырып"))
    assert (rewritten.id, rewritten.story, rewritten.relation) == (copy.id, first.id, Relation.SAME_TEXT)
    again = arrive(at("/kk/1", body=OTHER_TEXT))
    assert (again.story, again.relation) == (first.id, None)


def test_a_page_found_under_another_address_is_the_same_article(arrive: Arrive) -> None:
    first = arrive(at("/kk/1"))
    again = arrive(at("/post/1", canonical=f"{SITE}/kk/1", headline="/kk/1 тақырыбы", body=first.body))
    assert (again.id, again.canonical_url, again.relation) == (first.id, first.canonical_url, None)


def test_an_article_keeps_its_id_when_its_canonical_address_changes(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    moved = arrive(at("/kk/1", canonical=f"{SITE}/kk/1-zhana-slug", body=TEXT))
    assert (moved.id, moved.story) == (first.id, first.id)
    assert moved.id != mint_article_id("newsroom_test", moved.canonical_url)


def test_an_edited_article_under_a_new_form_of_its_address_is_known_by_text_or_headline(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    canonical = f"{SITE}/kk/1"
    edited = arrive(at("/m/1", canonical=canonical, body=[*TEXT, "Жаңа абзац."], headline="Жаңа тақырып"))
    same_headline = arrive(at("/n/1", canonical=canonical, body=OTHER_TEXT, headline="Жаңа тақырып"))
    assert [edited.id, same_headline.id] == [first.id, first.id]


def test_a_canonical_link_that_leads_to_another_article_is_not_believed(arrive: Arrive) -> None:
    first = arrive(at("/kk/1", body=TEXT))
    url = "https://www.newsroom.test/kk/2?utm_source=tg"
    lied = arrive(at("/kk/2", canonical=f"{SITE}/kk/1", url=url, body=OTHER_TEXT))
    assert (lied.id, lied.canonical_url) == (mint_article_id("newsroom_test", f"{SITE}/kk/2"), f"{SITE}/kk/2")
    assert (lied.addresses, lied.story, lied.relation) == ([f"{SITE}/kk/2"], lied.id, None)
    assert lied.sources["canonical_url"] == "address, as the canonical link leads to another article"
    again = arrive(at("/kk/1", body=TEXT))
    assert again.id == first.id
    assert arrive(at("/kk/2", canonical=f"{SITE}/kk/1", url=url, body=OTHER_TEXT)).id == lied.id


def test_one_wrong_canonical_link_in_a_template_does_not_make_all_articles_one(arrive: Arrive) -> None:
    pages = [at(f"/kk/{number}", canonical=f"{SITE}/kk/1") for number in range(1, 6)]
    for _ in range(2):
        arrived = [arrive(page) for page in pages]
        assert len({article.id for article in arrived}) == 5
        assert [article.story for article in arrived] == [article.id for article in arrived]


def test_an_article_keeps_its_id_when_its_canonical_link_begins_to_lie(arrive: Arrive) -> None:
    arrive(at("/kk/1", body=TEXT))
    second = arrive(at("/post/2", canonical=f"{SITE}/kk/2", body=OTHER_TEXT))
    lied = arrive(at("/post/2", canonical=f"{SITE}/kk/1", body=OTHER_TEXT))
    assert (lied.id, lied.story) == (second.id, second.story)


@given(
    paragraphs=st.lists(st.lists(st.text(max_size=40), max_size=3), min_size=1, max_size=4),
    hreflang=st.none() | st.text("kKrRuU-_LatnCyrl", max_size=10),
    url=st.text(max_size=20),
)
def test_any_texts_and_links_give_every_article_a_story_that_is_there_or_its_own(
    paragraphs: list[list[str]], hreflang: str | None, url: str, vocabulary: Vocabulary
) -> None:
    known = MemoryNeighbours()
    context = StepContext(vocabulary=vocabulary, now=NOW, neighbours=known)
    for number, body in enumerate(paragraphs):
        alternates = [Alternate(url=url, hreflang=hreflang), *links(ru=f"/kk/{number - 1}")]
        article = dedupe(at(f"/kk/{number}", body=body, alternates=alternates), context)
        leader = known.get(article.story or "")
        assert (article.story == article.id) is (article.relation is None)
        assert leader is None or leader.story == leader.id
        known.keep(article)
