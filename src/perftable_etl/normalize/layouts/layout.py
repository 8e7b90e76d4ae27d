"""Layouts: what the labels of a family of forms mean, as data.

A layout is a TOML file in `layouts/`. It names the labels and what each stands for, the columns of the indicator table
and the money unit. Adding a family is adding a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from perftable_etl.normalize.layouts.labels import LONGEST_LABEL, Labels, label_key
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FieldName, FormKind

FieldLabels = Labels[FieldName]
SideLabels = Labels[Literal["side"]]


@dataclass(frozen=True, slots=True)
class Claim:
    """Which labels a form must print (`all`, one of `any`, `enough` of `marks`) and must not (`none`)."""

    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    enough: int = 0

    def holds(self, printed: frozenset[str]) -> bool:
        """Whether a form that prints these labels is claimed."""
        return (
            self.all <= printed
            and not self.none & printed
            and (not self.any or bool(self.any & printed))
            and len(self.marks & printed) >= self.enough
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """One variant of one family of forms.

    `labels` are those of header fields and goals; `funds` has a set for each block of money, its leading label first;
    `columns` head the indicator table; `sides` are printed beside blocks of rows and mean nothing more.
    """

    name: str
    form_kind: FormKind
    money_unit: str
    labels: FieldLabels
    funds: tuple[FieldLabels, ...]
    columns: FieldLabels
    sides: SideLabels
    claims: tuple[Claim, ...]

    def claims_form(self, printed: frozenset[str]) -> bool:
        """Whether this layout reads a form that prints these labels (as `printed_labels` gives them)."""
        return all(claim.holds(printed) for claim in self.claims)


def printed_labels(texts: Iterable[str]) -> frozenset[str]:
    """What claims are held against: every text folded, without colon and bracket, and what stands before a colon."""
    keys: set[str] = set()
    for text in texts:
        if 0 < len(text) <= LONGEST_LABEL:
            folded = fold(text)
            keys.add(folded)
            if not folded.isalnum():
                keys.update((label_key(text), folded.split(":")[0]))
    return frozenset(keys)


def claimants(printed: frozenset[str]) -> tuple[Layout, ...]:
    """The layouts that claim a form with these printed labels; exactly one is right."""
    return tuple(layout for layout in load_layouts() if layout.claims_form(printed))


@lru_cache(maxsize=1)
def load_layouts() -> tuple[Layout, ...]:
    """Every layout that comes with the package."""
    folder = files("perftable_etl.normalize.layouts")
    sources = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(layout for source in sources for layout in parse_layouts(source.read_text("utf-8")))


def parse_layouts(toml: str) -> tuple[Layout, ...]:
    """The variants one layout file describes. Raises ValueError for a field name that no record has."""
    data = tomllib.loads(toml)
    family = _claim(data["claim"])
    return tuple(
        Layout(
            name=variant["name"],
            form_kind=_form_kind(data["form_kind"]),
            money_unit=data["money_unit"],
            labels=_labels(data["labels"]),
            funds=tuple(_labels(block) for block in data["funds"]),
            columns=_labels(data["columns"]),
            sides=Labels(dict.fromkeys(data["sides"], "side")),
            claims=(family, _claim(variant)),
        )
        for variant in data["variants"]
    )


def _labels(table: Mapping[str, list[str]]) -> FieldLabels:
    unknown = set(table) - set(get_args(FieldName))
    if unknown:
        raise ValueError(f"a layout names fields that no record has: {', '.join(sorted(unknown))}")
    return Labels({spelling: cast(FieldName, field) for field, spellings in table.items() for spelling in spellings})


def _form_kind(printed: str) -> FormKind:
    if printed not in get_args(FormKind):
        raise ValueError(f"a layout is of a kind that no record has: {printed}")
    return cast(FormKind, printed)


def _claim(table: Mapping[str, Any]) -> Claim:
    keys = {name: frozenset(map(fold, table[name])) for name in ("all", "any", "none", "marks") if name in table}
    return Claim(**keys, enough=table.get("enough", 0))
