"""A newsroom of our own making with two hosts, whose templates the tests choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KK, RU = "https://kaz.zhanalyq.test", "https://zhanalyq.test"


@dataclass(frozen=True, slots=True)
class Story:
    """An article: where it stands, its headline, its day in May 2024, its paragraphs."""

    url: str
    headline: str
    day: int
    paragraphs: Sequence[str]

    @property
    def text(self) -> str:
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)


def stories() -> list[Story]:
    """Five Russian and four Kazakh stories in three sections."""
    ru = [
        ("society", "В Актобе после ремонта открыли детскую библиотеку", 13),
        ("society", "Жители Уральска собрали деньги на новый сквер", 12),
        ("economy", "Экспорт казахстанской муки вырос на треть за квартал", 12),
        ("economy", "Нацбанк сохранил базовую ставку на прежнем уровне", 11),
        ("sport", "Сборная по волейболу вышла в четвертьфинал кубка Азии", 10),
    ]
    kk = [
        ("society", "Ақтөбеде балалар кітапханасы жөндеуден кейін ашылды", 13),
        ("society", "Орал тұрғындары жаңа гүлзарға қаражат жинады", 12),
        ("economy", "Қазақстан ұнының экспорты үштен біріне артты", 11),
        ("sport", "Волейболдан құрама Азия кубогының ширек финалына шықты", 10),
    ]
    found = []
    for number, (section, headline, day) in enumerate(ru):
        text = (
            f"{headline}: об этом рассказали на встрече с журналистами, которая прошла в этот день в городе.",
            f"По словам организаторов, работа заняла {number + 3} месяца, и в ней участвовали десятки местных жителей.",
            "Следующий этап начнётся осенью, тогда же подведут итоги и назовут тех, кто помогал больше других.",
        )
        found.append(Story(f"{RU}/{section}/soobshcheniye-nomer-{number}-{70431 + number}/", headline, day, text))
    for number, (section, headline, day) in enumerate(kk):
        text = (
            f"{headline}: бұл туралы сол күні қалада өткен журналистермен кездесуде айтылды.",
            f"Ұйымдастырушылардың айтуынша, жұмыс {number + 3} айға созылып, оған ондаған тұрғын қатысқан.",
            "Келесі кезең күзде басталады, сол кезде қорытынды шығарылып, көп көмектескендер аталады.",
        )
        found.append(Story(f"{KK}/{section}/habarlama-nomir-{number}-{70531 + number}/", headline, day, text))
    return found


def page(title: str, body: str, head: str = "") -> str:
    """A page with the house's navigation around a body."""
    sections = "".join(f'<a href="/{name}/">{name}</a>' for name in ("society", "economy", "sport"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} — Zhanalyq</title>{head}'
        '<meta property="og:site_name" content="Zhanalyq Newspaper"></head><body>'
        f'<header><nav>{sections}<a href="{RU}/">РУС</a><a href="{KK}/">ҚАЗ</a><a href="/o-nas/">О нас</a>'
        f'<a href="/tag/voda-70999/">вода</a></nav></header><main>{body}</main>'
        "<footer><p>Сетевое издание, свидетельство № 0. Все права защищены.</p></footer></body></html>"
    )


def home(host: str) -> str:
    """A home page: its stories, each with a headline, without dates."""
    links = "".join(
        f'<div class="card"><a href="{story.url}">{story.headline}</a></div>'
        for story in stories()
        if story.url.startswith(f"{host}/")
    )
    return page("Главная", f'<h1>Zhanalyq</h1><div class="grid">{links}</div>')


def plain_article(story: Story) -> str:
    """A template that says everything where the generic reader finds it."""
    return page(
        story.headline,
        f'<h1>{story.headline}</h1><time datetime="2024-05-{story.day}T09:30:00+05:00">{story.day}</time>'
        f'<div class="article-body">{story.text}</div>',
        '<meta property="og:type" content="article">',
    )


def hidden_article(story: Story) -> str:
    """A template that keeps the date in an attribute at the foot of the page, under a name that says nothing, beside
    today's date and a number that a build made."""
    return page(
        story.headline,
        f'<div class="css-1x9ab2">14 мая 2024</div><h1>{story.headline}</h1>'
        f'<div class="article-body">{story.text}</div>'
        f'<div class="wrap"><section class="material-foot"><b class="sc-4411" '
        f'data-published="2024-05-{story.day} 09:30">★</b></section></div>',
        '<meta property="og:type" content="article">',
    )


def site(article: object = plain_article) -> dict[str, str]:
    """Every page of the newsroom by its address, without feeds, sitemaps and lists."""
    assert callable(article)
    pages = {story.url: article(story) for story in stories()}
    return {f"{RU}/": home(RU), f"{KK}/": home(KK), **pages}
