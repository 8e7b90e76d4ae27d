"""A printed name as it is compared: what is the same however it is printed, and what is left without its fillers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from perftable_etl.characters.look_alikes import FOLDED
from perftable_etl.linking.wording import FILLERS, MEASURES, NARROWING, PROJECT_FILLERS, RATES, SYNONYMS

Of = Literal["project", "indicator"]

_BLANK = regex.compile(r"\s+")
_NUMBERING = regex.compile(r"^(?:指标)?[(]?\d{1,2}(?:[)、:]|\.(?!\d))(?=.)")
_YEAR = regex.compile(r"(?<!\d)(20\d\d)(?:年度?(?!底|末|前|\d{1,2}月)|(?!\d))")
_SIGNS = regex.compile(r"(?<!\d)\.|\.(?!\d)|[^\P{P}.]|\p{S}")
_MARKS = regex.compile(
    r"\d+(?:\.\d+)?|[a-z]+|(?<=第)[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=[期批类级号届季标年月])|[①-⑳]"
)
_MEASURE = regex.compile("(?:{})$".format("|".join(f"(?P<{kind}>{words})" for kind, words in MEASURES.items())))
_RATE = tuple(regex.compile(f"(?:{words})$") for words in RATES)


@dataclass(frozen=True, slots=True)
class ComparedName:
    """A name in the forms in which it is compared.

    `key` is the same for equal prints. `core` has neither fillers nor the words for what is measured, which `measure`
    names; `marks` are its numbers and Latin words, and `narrowing` the words that say which part is meant: both tell
    things apart.
    """

    key: str
    core: str
    measure: str | None
    marks: tuple[str, ...]
    narrowing: tuple[str, ...]

    @property
    def sense(self) -> tuple[str, str | None]:
        """What is the same for names that differ in their fillers only."""
        return self.core, self.measure


@lru_cache(maxsize=1 << 13)
def name_of(text: str, of: Of, year: int) -> ComparedName:
    """A printed name, of a form for `year`: years in it count from there, as they move with the form's."""
    key = key_of(text, year)
    core, measure = (key, None) if of == "project" else _measured(key)
    for word, standard in SYNONYMS:
        core = core.replace(word, standard)
    fillers = PROJECT_FILLERS if of == "project" else FILLERS
    return ComparedName(
        key,
        fillers.sub("", core) or core,
        measure,
        tuple(sorted(_MARKS.findall(key))),
        tuple(sorted(NARROWING.findall(key))),
    )


@lru_cache(maxsize=1 << 13)
def key_of(text: str, year: int | None = None) -> str:
    """A text without what differs between two prints of it: widths, blanks, punctuation, numbering, the form's year."""
    folded = _NUMBERING.sub("", _BLANK.sub("", text.translate(FOLDED)).lower())
    if year is not None:
        folded = _YEAR.sub(lambda found: _from(year, int(found[1])), folded)
    return _SIGNS.sub("", folded) or folded


def _from(year: int, other: int) -> str:
    """How far a year in a name is from the form's: nothing where it is the form's own."""
    return "" if other == year else f"年{'后' if other > year else '前'}{abs(other - year)}"


def _measured(key: str) -> tuple[str, str | None]:
    """An indicator's name without the words for what is measured, and what that is."""
    found = _MEASURE.search(key)
    if found is None or found.start() == 0:
        return key, None
    core = key[: found.start()]
    if found.lastgroup != "rate":
        return core, found.lastgroup
    for number, words in enumerate(_RATE):
        if qualified := words.search(core):
            return core[: qualified.start()] or core, f"rate {number}"
    return core, f"rate of {core[-2:]}"
