"""Traps: addresses that lead to no article, to an article twice, to another server, or nowhere at all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tests.answering_site import NOT_FOUND, Answer, redirect
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.pages import TITLE, article_page, front_page, list_page, template
from tests.hostile_newsroom.site import A_PAGE, LANGUAGES, HostileSite, list_address

_TRACKING: Final = ("utm_source=telegram&utm_medium=post", "fbclid=IwAR0x", "yclid=77", "from=main", "gclid=x#top")
_GONE_HEADLINE: Final = "Кешіріңіз, бұл материал енді қолжетімсіз"
_GONE_TEXT: Final = (
    (
        "Сіз іздеген материал редакцияның шешімімен жарияланымнан алынды немесе басқа бөлімге көшірілді, сондықтан оны "
        "осы сілтеме арқылы ашу мүмкін емес."
    ),
    (
        "Біздің сайтта күн сайын еліміздің барлық өңірінен ондаған жаңа мақала шығады, олардың ішінен өзіңізге қажет "
        "тақырыпты іздеу жолағы арқылы оңай таба аласыз."
    ),
    (
        "Егер сілтемені досыңыз жіберсе, одан мақаланың атауын сұрап, басты беттен қарап көріңіз, ал қателік туралы "
        "хабарлағыңыз келсе, редакцияға хат жазыңыз."
    ),
    (
        "Редакция ұжымы оқырмандарға түсіністік танытқаны үшін алғыс айтады және жаңа материалдарды назарларыңызға "
        "ұсынады, олар төмендегі тізімде берілген."
    ),
)


def tracking_parameters(site: HostileSite) -> None:
    """The lists link articles with parameters that follow readers, otherwise each time, and the pages name no address
    of their own."""
    articles = site.take(8)
    tracked = {
        article.path: [f"{article.path}?{_TRACKING[(place + more) % len(_TRACKING)]}" for more in (0, 1)]
        for place, article in enumerate(articles)
    }
    site.lists_as({path: links[0] for path, links in tracked.items()})
    for article in articles:
        page = Answer(article_page(article, site.url, canonical=False))
        site.answers[article.path] = page
        site.make_answer(f"{article.path}?", page)
        site.entries[article.language].append((tracked[article.path][1], article.headline))


def session_addresses(site: HostileSite) -> None:
    """Every page of the lists gives the articles another session's address."""
    sessions = count(1)
    links: dict[str, list[tuple[str, str]]] = {language: [] for language in LANGUAGES}
    for place, article in enumerate(site.take(6)):
        sign = (";jsessionid=", "?PHPSESSID=")[place // 2 % 2]
        page = Answer(article_page(article, site.url, canonical=False))
        site.answers[article.path] = page
        site.make_answer(f"{article.path}{sign}", page)
        links[article.language].append((f"{article.path}{sign}", article.headline))

    def of_session(target: str) -> Answer:
        session = f"{next(sessions):08X}"
        return Answer(list_page(target[1:3], [(f"{link}{session}", headline) for link, headline in links[target[1:3]]]))

    for language in LANGUAGES:
        site.lists.append(f"/{language}/sessions")
        site.make_answer(f"/{language}/sessions", of_session)


def _dead_below(site: HostileSite, folder: str, page: str, number: int) -> None:
    """Shows the page at every address of the folder, and names so many of them."""
    site.make_answer(folder, Answer(page))
    for place in range(number):
        site.trap(f"{folder}{4100 + place}-zhoq")


def dead_to_front_page(site: HostileSite) -> None:
    """Addresses that lead nowhere show the front page, with status 200."""
    _dead_below(site, "/kk/news/2-oshken/", front_page(site.articles), 3)


def dead_to_template(site: HostileSite) -> None:
    """Addresses that lead nowhere show, with status 200, a text of the newsroom that says so at length."""
    content = "".join(f"<p>{text}</p>" for text in _GONE_TEXT)
    head = f'<meta charset="utf-8"><title>{_GONE_HEADLINE} | {TITLE}</title>'
    page = template("kk", head, f"<article><h1>{_GONE_HEADLINE}</h1><div class='body'>{content}</div></article>")
    _dead_below(site, "/kk/news/3-oshken/", page, 4)


def dead_to_old_article(site: HostileSite) -> None:
    """Addresses that lead nowhere show, with status 200, an article that stands elsewhere."""
    article = site.take(1, "kk")[0]
    _dead_below(site, "/kk/news/4-oshken/", article_page(article, site.url, canonical=False), 4)


def redirects_in_circles(site: HostileSite) -> None:
    """Addresses redirect to themselves, to each other, and to ever new ones."""
    site.trap("/kk/news/9050-aynalym", redirect("/kk/news/9050-aynalym"))
    site.trap("/kk/news/9051-aynalym", redirect("/kk/news/9052-aynalym"))
    site.trap("/kk/news/9052-aynalym", redirect("/kk/news/9051-aynalym"))
    numbers = count(1)
    site.trap("/kk/news/9053-aynalym", redirect("/kk/news/9053-aynalym?n=0"))
    site.make_answer("/kk/news/9053-aynalym?", lambda _: redirect(f"/kk/news/9053-aynalym?n={next(numbers)}"))


def redirects_inside(site: HostileSite) -> None:
    """Addresses redirect, and pages link, to a server inside the crawler's network."""
    canary = f"http://{site.canary.address}"
    for number, host in enumerate(("127.0.0.1", "127.1", "2130706433")):
        path = f"/kk/news/{9060 + number}-ishki"
        site.trap(path, redirect(f"{canary.replace('127.0.0.1', host)}{path}"))
        site.canary.pages[path] = site.lure()
    for article in site.take(2):
        linked = f'<img src="{canary}/x.png"><iframe src="{canary}/y"></iframe><a href="{canary}/kk/news/9069">x</a>'
        site.answers[article.path] = Answer(article_page(article, site.url, before_text=linked))


def calendar(site: HostileSite) -> None:
    """An archive has a page for every day that ever was and will be, each with the newest articles and a link on."""

    def day_page(target: str) -> Answer:
        try:
            day = date.fromisoformat(target.rpartition("/")[2])
        except ValueError:
            return NOT_FOUND
        days = "".join(f'<a href="/kk/calendar/{day + timedelta(days=away)}">x</a>' for away in (1, 30, -30))
        before = f"/kk/calendar/{day - timedelta(days=1)}"
        return Answer(list_page("kk", site.entries["kk"][:5], before).replace("</main>", f"{days}</main>"))

    site.lists.append("/kk/calendar/2024-05-14")
    site.make_answer("/kk/calendar/", day_page)


def endless_paging(site: HostileSite) -> None:
    """The lists never end: after the last page the newest articles stand again, on page after page."""

    def far_page(target: str) -> Answer:
        parts = urlsplit(target)
        language, number = parts.path[1:3], int(parse_qs(parts.query)["page"][0])
        own = site.entries[language][(number - 1) * A_PAGE : number * A_PAGE] or site.entries[language][:A_PAGE]
        return Answer(list_page(language, own, list_address(language, number + 1)))

    for language in LANGUAGES:
        site.make_answer(f"/{language}/news?page=", far_page)


def asks_for_manners(site: HostileSite) -> None:
    """robots.txt forbids addresses that the lists name, and asks for five seconds between requests."""
    site.disallowed = ("/kk/news/907",)
    rules = "User-agent: *\nCrawl-delay: 5\nDisallow: /kk/news/907\n"
    site.answers["/robots.txt"] = Answer(rules, headers={"Content-Type": "text/plain"})
    site.trap("/kk/news/9070-zhabyq", site.answers[site.articles[0].path])
    site.trap("/kk/news/9071-zhabyq", site.answers[site.articles[1].path])


TRAP_FAULTS: Final = (
    Fault("soft 404: front page", dead_to_front_page),
    Fault("soft 404: template", dead_to_template),
    Fault("soft 404: old article", dead_to_old_article),
    Fault("tracking parameters", tracking_parameters),
    Fault("session addresses", session_addresses),
    Fault("redirect circles", redirects_in_circles),
    Fault("redirects inside", redirects_inside),
    Fault("calendar", calendar),
    Fault("endless paging", endless_paging),
    Fault("robots.txt", asks_for_manners),
)
