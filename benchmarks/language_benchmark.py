"""Language and script: ours beside lingua and py3langid, headlines and articles apart."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any, NamedTuple

from benchmarks.labelled_sets import NOW, half_cases, labelled_article
from benchmarks.peers import Peer, load_peers
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import OURS, Answered, Case, Figure, Mistake, Program, StepBenchmark, share
from newscrawler.article import Article
from newscrawler.vocabulary import Vocabulary
from pipelines.clean import clean
from pipelines.language import language
from pipelines.step import StepContext

_KINDS = {"headline": "headlines", "article": "articles"}
_LANGUAGES = ("kk", "ru", "en", "ky", "uz", "tt", "uk", "tr", "az", "ba", "mn", "zh")
# languages.md, rule 5: a program that knows none of these may say so.
_MAY_BE_UNKNOWN = frozenset({"tr", "az", "ba", "mn", "zh"})
_UNKNOWN = "und"


class Told(NamedTuple):
    """A language (BCP 47) and a script (ISO 15924, None where a program tells none)."""

    language: str
    script: str | None = None


class Text(NamedTuple):
    """A text as it is written, and as the cleaned article that our step gets."""

    written: str
    article: Article


def language_benchmark(
    vocabulary: Vocabulary, halves: Collection[Half], *, with_peers: bool
) -> StepBenchmark[Text, Told]:
    """The benchmark of `pipelines.language` on `halves` of the set `languages`."""
    context = StepContext(vocabulary=vocabulary, now=NOW)

    def given(record: dict[str, Any]) -> Text:
        headline, *body = record["text"].split("\n")
        article = labelled_article({"id": record["id"], "headline": headline, "lead": None, "body": body})
        return Text(record["text"], clean(article, context))

    def ours(text: Text) -> Told:
        told = language(text.article, context)
        return Told(told.language, told.script)

    peers, missing = load_peers(_PEERS) if with_peers else ([], [])
    return StepBenchmark(
        name="language",
        cases=half_cases("languages", halves, given),
        programs=[Program(OURS, "", ours), *peers],
        figures=_figures,
        mistake=_mistake,
        not_run=missing,
    )


def _is_right(case: Case[Text], told: Told) -> bool:
    wanted = case.truth["language"]
    return told.language == wanted or (told.language == _UNKNOWN and wanted in _MAY_BE_UNKNOWN)


def _figures(answered: Answered[Text, Told]) -> list[Figure]:
    figures = []
    for kind, shown in _KINDS.items():
        of_kind = [(case, told) for case, told in answered if case.truth["kind"] == kind]
        figures.append(share(shown, (_is_right(case, told) for case, told in of_kind)))
        figures += [
            share(f"{shown} in {code}", (_is_right(case, told) for case, told in of_kind if _is_in(case, code)))
            for code in _LANGUAGES
        ]
        scripts = ((told.script, case.truth["script"]) for case, told in of_kind if told.script is not None)
        figures.append(share(f"script of {shown}", (found == wanted for found, wanted in scripts)))
    return figures


def _is_in(case: Case[Text], code: str) -> bool:
    wanted: str = case.truth["language"]
    return wanted == code


def _mistake(case: Case[Text], told: Told) -> Mistake | None:
    if _is_right(case, told) and told.script in (None, case.truth["script"]):
        return None
    return Mistake(
        name=f"{case.truth['id']} ({case.truth['trap'] or 'plain'})",
        text=case.given.written,
        expected=f"{case.truth['language']} {case.truth['script']}",
        given=" ".join(part for part in told if part),
    )


def _lingua() -> Callable[[Text], Told]:
    lingua = import_module("lingua")
    codes = [getattr(lingua.IsoCode639_1, code.upper(), None) for code in _LANGUAGES]
    known = [lingua.Language.from_iso_code_639_1(code) for code in codes if code is not None]
    detector = lingua.LanguageDetectorBuilder.from_languages(*known).build()

    def answer(text: Text) -> Told:
        found = detector.detect_language_of(text.written)
        return Told(_UNKNOWN if found is None else found.iso_code_639_1.name.lower())

    return answer


def _langid() -> Callable[[Text], Told]:
    langid = import_module("py3langid.langid")
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages([code for code in _LANGUAGES if code in identifier.labels])
    return lambda text: Told(str(identifier.classify(text.written)[0]))


# Each is told which of the set's languages may come, as far as it knows them: that can only help it.
_PEERS: tuple[Peer[Text, Told], ...] = (
    ("lingua", "lingua-language-detector", _lingua),
    ("py3langid", "py3langid", _langid),
)
