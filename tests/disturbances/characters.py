"""Characters that look right and are others: look-alikes, variants, characters of no width, lost and mangled ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from tests.disturbances.bases import Base, measured_page, municipal_page, one_page, signed_page
from tests.disturbances.edits import meaning, some_row, with_name
from tests.disturbances.ink import COMPATIBLE, RADICALS
from tests.disturbances.invention import WORDS, Draft
from tests.disturbances.leaves import Leaf, Role, Shown, leaves, written
from tests.disturbances.protocol import Disturbed, at, at_fault, disturbance
from tests.drawing.forms import expected

Change = Callable[[str], str]
LABELS: tuple[Role, ...] = ("label", "head", "goal_label", "side")
TEXTS: tuple[Role, ...] = ("title", *LABELS, "field", "amount", "goal", "level1", "level2", "name", "value")


def _page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def _changed(leaf: Leaf, change: Change, *roles: Role) -> tuple[Leaf, list[Shown]]:
    """The page with the texts of these roles changed, and the cells that this touched."""
    touched = []
    for cell in leaf.of(*roles):
        new = replace(cell, texts=tuple(text._replace(text=change(text.text)) for text in cell.texts))
        if new != cell:
            leaf = leaf.with_cell(cell, new)
            touched.append(new)
    return leaf, touched


def _throughout(draft: Draft, change: Change, *roles: Role) -> Disturbed:
    """A page whose texts of these roles are printed otherwise and mean the same; what is raw may be either."""
    leaf, touched = _changed(_page(draft), change, *roles)
    records = expected(draft.disclosure)
    also = _with_raw(records, change) if "value" in roles else None
    concern = at(1, *touched if touched else leaf.of(*roles), *_rows_with(leaf, touched))
    return Disturbed(written([leaf]), records, concern, also=also)


def _rows_with(leaf: Leaf, touched: list[Shown]) -> list[Shown]:
    """The rows that the touched cells stand beside."""
    return [cell for row in leaf.rows() for cell in row if any(one in row for one in touched)]


def _with_raw(records: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """Records whose raw targets are as printed."""
    again: dict[str, Any] = json.loads(json.dumps(records))
    for project in again["projects"]:
        for row in project["indicators"]:
            row["target_raw"] = change(row["target_raw"])
    return again


def _in_one_value(draft: Draft, chance: Random, change: Change) -> Disturbed:
    """A page with one value printed otherwise, of those that the change does something to."""
    leaf = _page(draft)
    rows = [row for row in leaf.rows() if change(row[1].text) != row[1].text]
    name, value = chance.choice(rows)
    new = replace(value, texts=tuple(text._replace(text=change(text.text)) for text in value.texts))
    records = expected(draft.disclosure)
    also = _with_raw_of(records, name.text, new.text)
    concern = at(1, name, new)
    return Disturbed(written([leaf.with_cell(value, new)]), records, concern, also=also)


def _with_raw_of(records: Mapping[str, Any], name: str, raw: str) -> dict[str, Any]:
    again: dict[str, Any] = json.loads(json.dumps(records))
    for project in again["projects"]:
        for row in project["indicators"]:
            if row["level3"] == name:
                row["target_raw"] = raw
    return again


def _table(pairs: Mapping[str, str]) -> Change:
    codes: dict[int, str] = {ord(plain): other for plain, other in pairs.items()}
    return lambda text: text.translate(codes)


def _swapped(name: str, base: Base, pairs: Mapping[str, tuple[str, ...]], *roles: Role) -> None:
    """Registers a disturbance that prints other characters for some, throughout the page."""

    @disturbance(name, base)
    def swap(draft: Draft, chance: Random) -> Disturbed:
        chosen = {character: chance.choice(others) for character, others in pairs.items()}
        return _throughout(draft, _table(chosen), *roles)

    swap.__module__ = __name__


Pairs = Mapping[str, tuple[str, ...]]


def _each(plain: str, *others: str) -> Pairs:
    """What each character of a row may become: the one at its place in one of the other rows."""
    return dict(zip(plain, zip(*others, strict=True), strict=True))


WIDE_DIGITS = _each("0123456789.,", "０１２３４５６７８９．，")
BOLD_DIGITS = _each("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵")
BRACKETS = _each("()（）", "﹙﹚﹙﹚")
DASHES: Pairs = {"-": ("‐", "‑", "–", "—", "−")}
VARIANTS: Pairs = {plain: (variant,) for plain, variant in COMPATIBLE.items()}
ROOTS: Pairs = {plain: (variant,) for plain, variant in RADICALS.items()}
NAMES: tuple[Role, ...] = ("name", "level1", "level2", "field")

_swapped("look-alike colons in labels", one_page, {"：": ("∶", "﹕", "︰")}, *LABELS)
_swapped("look-alike slashes", one_page, {"/": ("∕", "⁄")}, "head", "value")
_swapped("look-alike brackets in values", measured_page, BRACKETS, "head", "value")
_swapped("look-alike brackets in labels", one_page, BRACKETS, *LABELS)
_swapped("look-alike percent signs", measured_page, {"%": ("﹪", "٪")}, "value")
_swapped("full-width signs in values", measured_page, _each("%()=", "％（）＝"), "value")
_swapped("full-width digits in values", measured_page, WIDE_DIGITS, "value")
_swapped("full-width digits in amounts", one_page, WIDE_DIGITS, "amount")
_swapped("mathematical digits in values", measured_page, BOLD_DIGITS, "value")
_swapped("mathematical digits in amounts", one_page, BOLD_DIGITS, "amount")
_swapped("dashes in dates", municipal_page, DASHES, "field")
_swapped("compatibility ideographs in labels", one_page, VARIANTS, *LABELS)
_swapped("compatibility ideographs in names", one_page, VARIANTS, *NAMES)
_swapped("radicals for ideographs in labels", one_page, ROOTS, *LABELS)
_swapped("radicals for ideographs in names", one_page, ROOTS, *NAMES)
_swapped("other signs of comparison", measured_page, {"≥": ("≧", "⩾"), "≤": ("≦", "⩽")}, "value")
_swapped("double bar for =", measured_page, {"=": ("═",)}, "value")
_swapped("signs of a symbol font", measured_page, {"≥": ("\uf0b3",), "≤": ("\uf0a3",), "=": ("\uf03d",)}, "value")


@disturbance("characters of no width before texts", one_page)
def _no_width(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice("\ufeff\u200b\u200d\u2060")
    roles = chance.choice((TEXTS, LABELS, ("value",), ("amount", "field"), ("level1", "level2", "name")))
    return _throughout(draft, lambda text: mark + text, *roles)


@disturbance("characters of no width within texts", one_page)
def _no_width_within(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice("\u200b\u200c\u00ad\ufe0f")
    roles = chance.choice((TEXTS, LABELS, ("value",), ("amount", "field"), ("level1", "level2", "name")))
    return _throughout(draft, lambda text: text[:1] + mark + text[1:], *roles)


@disturbance("thin spaces in amounts", one_page)
def _thin_spaces(draft: Draft, chance: Random) -> Disturbed:
    space = chance.choice("\u2009\u202f\u00a0")
    return _throughout(draft, _table({",": space}), "amount")


@disturbance("look-alike decimal point in a value", measured_page)
def _decimal_point(draft: Draft, chance: Random) -> Disturbed:
    return _in_one_value(draft, chance, _table({".": chance.choice("·。․•")}))


@disturbance("look-alike decimal point in an amount", one_page)
def _decimal_point_of_money(draft: Draft, chance: Random) -> Disturbed:
    return _throughout(draft, _table({".": chance.choice("·。․")}), "amount")


@disturbance("letter O for the digit", measured_page)
@at_fault
def _letter_for_digit(draft: Draft, chance: Random) -> Disturbed:
    letter = chance.choice("Oo")
    return _misprinted(_in_one_value(draft, chance, lambda text: text.replace("0", letter)))


@disturbance("letter l for the digit", measured_page)
@at_fault
def _letter_for_one(draft: Draft, chance: Random) -> Disturbed:
    return _misprinted(_in_one_value(draft, chance, lambda text: text.replace("1", "l").replace("2", "Z")))


def _misprinted(disturbed: Disturbed) -> Disturbed:
    """A value with a letter for a digit is read as if it had the digit, or kept as a text (docs/values.md, rule 10)."""
    assert disturbed.also is not None
    pairs = zip(*(one["projects"][0]["indicators"] for one in (disturbed.wanted, disturbed.also)), strict=True)
    rows = [
        row if row == other else {**row, "kind": "qualitative", "operator": None, "value": None, "unit": None}
        for other, row in pairs
    ]
    (project,) = disturbed.also["projects"]
    kept = {**disturbed.also, "projects": [{**project, "indicators": rows}]}
    return replace(disturbed, wanted=disturbed.also, also=kept)


@disturbance("sign lost to a question mark", signed_page)
@at_fault
def _lost_sign(draft: Draft, chance: Random) -> Disturbed:
    """Which sign it was nobody can read; the rest stands there."""
    mark = chance.choice(("?", "\ufffd", "□"))
    disturbed = _in_one_value(draft, chance, _table({"≥": mark}))
    assert disturbed.also is not None
    rows = [
        {**row, "operator": None} if mark in row["target_raw"] else row
        for row in disturbed.also["projects"][0]["indicators"]
    ]
    (project,) = disturbed.also["projects"]
    return _misprinted(replace(disturbed, also={**disturbed.also, "projects": [{**project, "indicators": rows}]}))


@disturbance("entity for a sign", signed_page)
def _entity(draft: Draft, chance: Random) -> Disturbed:
    entity = chance.choice(("&ge;", "&#8805;", "&gt;="))
    return _in_one_value(draft, chance, lambda text: text.replace("≥", entity))


@disturbance("mojibake in a value", one_page)
@at_fault
def _mojibake(draft: Draft, chance: Random) -> Disturbed:
    """Its bytes in one encoding, read in another: it is kept as it stands there."""

    def mangled(text: str) -> str:
        return text.encode("gb18030").decode("latin-1") if text in WORDS else text

    leaf = _page(draft)
    names = [row for row in leaf.rows() if mangled(row[1].text) != row[1].text]
    return _in_one_value(draft, chance, mangled) if names else _mojibake_of_a_name(draft, chance, "gb18030")


def _mojibake_of_a_name(draft: Draft, chance: Random, encoding: str) -> Disturbed:
    leaf = _page(draft)
    index, name, value = some_row(leaf, chance)
    mangled = name.text.encode(encoding).decode("latin-1")
    new = name.saying(mangled)
    return meaning(draft, leaf.with_cell(name, new), at(1, new, value), says=with_name(draft, index, mangled))


@disturbance("mojibake in a name", one_page)
@at_fault
def _mojibake_in_a_name(draft: Draft, chance: Random) -> Disturbed:
    return _mojibake_of_a_name(draft, chance, chance.choice(("gb18030", "utf-8")))


@disturbance("blanks within labels", one_page)
def _spaced_labels(draft: Draft, chance: Random) -> Disturbed:
    blank = chance.choice((" ", "\u3000", "\u00a0"))
    leaf = _page(draft)
    touched = []
    for cell in leaf.of(*LABELS):
        spaced = replace(cell, texts=tuple(text._replace(text=blank.join(text.text)) for text in cell.texts))
        if all(text.box.x0 > cell.box.x0 and text.box.x1 < cell.box.x1 for text in spaced.texts):
            leaf = leaf.with_cell(cell, spaced)
            touched.append(spaced)
    return Disturbed(written([leaf]), expected(draft.disclosure), at(1, *touched))
