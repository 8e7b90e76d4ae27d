"""Layouts: what words alone cannot tell of a family of forms, as data.

A layout is a TOML file. It says by which labels the family and its variants are known, what kind of form it is, and in
which unit its amounts count where none is printed. Words that only this family has stand in it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from perftable_etl.normalize.layouts.labels import LONGEST_LABEL, label_key
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import Strict, Words
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FormKind

MoneyUnit = Literal["元", "千元", "万元", "百万元", "千万元", "亿元"]


def _keys(labels: object) -> object:
    return (
        [fold(label) if isinstance(label, str) else label for label in labels] if isinstance(labels, list) else labels
    )


Keys = Annotated[frozenset[str], BeforeValidator(_keys)]
"""Labels as they are compared: folded."""


class Claim(Strict):
    """Which labels a form must print (`all`, one of `any`, `enough` of `marks`) and must not (`none`)."""

    all: Keys = frozenset()
    any: Keys = frozenset()
    none: Keys = frozenset()
    marks: Keys = frozenset()
    enough: Annotated[int, Field(ge=0)] = 0

    def holds(self, printed: frozenset[str]) -> bool:
        """Whether a form that prints these labels is claimed."""
        return (
            self.all <= printed
            and not self.none & printed
            and (not self.any or bool(self.any & printed))
            and len(self.marks & printed) >= self.enough
        )

    def may_hold(self, text: str) -> bool:
        """Whether a form in this text, all of a document's without white space, may be claimed.

        Half of the labels that it must print will do: other text may stand between two lines of one.
        """
        found = sum(label.rstrip(":") in text for label in self.all | self.any | self.marks)
        return found * 2 >= len(self.all) + self.enough


class Variant(Claim):
    """One variant of a family: its name, and the labels that tell it from the others."""

    name: str


class Family(Words):
    """One family of forms, as its file describes it."""

    form_kind: FormKind
    money_unit: MoneyUnit
    claim: Claim
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Layout:
    """One variant of one family of forms, and the words it is read by: its family's own before those of all forms."""

    name: str
    form_kind: FormKind
    money_unit: MoneyUnit
    claims: tuple[Claim, ...]
    vocabulary: Vocabulary

    def claims_form(self, printed: frozenset[str]) -> bool:
        """Whether this layout reads a form that prints these labels (as `printed_labels` gives them)."""
        return all(claim.holds(printed) for claim in self.claims)


def printed_labels(texts: Iterable[str]) -> frozenset[str]:
    """What claims are held against: every text folded, without colon and bracket, and what stands before a colon."""
    short = {text for text in texts if 0 < len(text) <= LONGEST_LABEL}
    return frozenset(chain.from_iterable(map(_keys_of, short)))


@remembered(16384)
def _keys_of(text: str) -> tuple[str, ...]:
    folded = fold(text)
    return (folded,) if folded.isalnum() else (folded, label_key(text), folded.split(":")[0])
