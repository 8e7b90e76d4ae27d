"""What needs a person, in words: for the report, for mail and for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.load.attention import Attention, Formless, Pile
from perftable_etl.load.visits import Silence
from perftable_etl.report.wording import few, number_of
from perftable_etl.web.addresses import shown


def headline_parts(attention: Attention) -> Iterator[str]:
    """What needs a person, in a few words each, the gravest first."""
    for formless in attention.formless:
        yield f"no known form in {_all_files(formless)}"
    others = sum(len(pile.uris) for pile in _piles(attention, "no_forms"))
    if others:
        yield f"{number_of(others, 'file')} without a known form"
    reviews = sum(len(pile.uris) for pile in attention.documents if pile.status == "review")
    if reviews:
        yield f"{number_of(reviews, 'file')} to review"
    if attention.silences:
        yield f"silent sources: {few([silence.source for silence in attention.silences])}"


def attention_lines(attention: Attention, folders: Sequence[Path]) -> Iterator[str]:
    """What needs a person, with the files and sources and what to do, a line each."""
    yield from map(_formless, attention.formless)
    for pile in _piles(attention, "no_forms"):
        yield f"No known form in {_files(pile, folders)}. Look at one with perftable-etl inspect."
    for pile in attention.documents:
        if pile.status == "review":
            yield f"To review: {_files(pile, folders)}."
    yield from map(_silence, attention.silences)


def _piles(attention: Attention, status: str) -> Iterator[Pile]:
    """The piles of one status, but those of sources none of whose documents has a form: they are told as a whole."""
    whole = {formless.source for formless in attention.formless}
    return (pile for pile in attention.documents if pile.status == status and pile.source not in whole)


def _files(pile: Pile, folders: Sequence[Path]) -> str:
    names = few([shown(uri, *folders) for uri in pile.uris])
    return f"{number_of(len(pile.uris), 'file')}{_of(pile.source)}: {names}"


def _formless(formless: Formless) -> str:
    return f"No known form in {_all_files(formless)}. The form may be new: look at one with perftable-etl inspect."


def _all_files(formless: Formless) -> str:
    files = "the only file" if formless.documents == 1 else f"any of the {formless.documents} files"
    return f"{files}{_of(formless.source)}"


def _of(source: str | None) -> str:
    """Whose files they are; `ingest` is what found files that are no source's, and nothing to be named."""
    return "" if source in (None, "ingest") else f" of {source}"


def _silence(silence: Silence) -> str:
    nights = number_of(silence.nights, "night")
    if silence.kind == "empty":
        return (
            f"{silence.source} has listed no file for {nights}. Check whether its pages moved, and correct the config."
        )
    return (
        f"{silence.source} has brought no new or changed file for {nights}. Check whether it publishes elsewhere now."
    )
