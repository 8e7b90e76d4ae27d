"""Which printed items each decision is about, and which decisions are about nothing that is printed now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.keys import Key, Owner, Subject, key_of
from perftable_etl.load.corrections.printed import Item


class Match(NamedTuple):
    """A decision, and an item that it is about; of an added row the item is its project."""

    correction: CorrectionRow
    item: Item


_Loose = tuple[str | None, str | None, Subject]
"""What an item must have whatever else another reader makes of it: project, indicator, and what is printed."""


def matches(corrections: Iterable[CorrectionRow], items: Iterable[Item]) -> Iterator[Match]:
    """Each decision with every item that it is about, one a file at most; of an added row all the projects."""
    by_print = _by_print(items)
    for correction in corrections:
        key = _sought(correction)
        for document_id, found in by_print.get(_loose(key), {}).items():
            is_same_file = document_id == correction.document_sha256
            if key.owner.project_name is None and not is_same_file:
                continue  # without the name of a project a print may be anybody's
            item = _item_of(key, found, is_same_file=is_same_file)
            if item:
                yield Match(correction, item)


def _sought(correction: CorrectionRow) -> Key:
    key = key_of(correction)
    if correction.verdict != "added":
        return key
    project = key.owner._replace(phase=None, level2=None, level3=None)
    return Key(project, Subject(None, None, ""), 1)


def _by_print(items: Iterable[Item]) -> dict[_Loose, dict[str, list[Item]]]:
    """The items that print the same, file by file."""
    by_print: dict[_Loose, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        by_print[_loose(item.key)][item.document_id].append(item)
    return by_print


def _loose(key: Key) -> _Loose:
    return key.owner.project_name, key.owner.level3, key.subject


def _item_of(key: Key, items: Sequence[Item], *, is_same_file: bool) -> Item | None:
    """The item of one file that has the key; else the only one that another reading of it can be."""
    exact = next((item for item in items if item.key == key), None)
    if exact or not items:
        return exact
    near = [item for item in items if _may_be(key.owner, item.key.owner, is_same_file=is_same_file)]
    if len({item.key.owner for item in near}) != 1:
        return None
    return next((item for item in near if item.key.occurrence == key.occurrence), None)


def _may_be(sought: Owner, found: Owner, *, is_same_file: bool) -> bool:
    """Whether both may be one: a reader may learn a level or a phase, and in the same file whose form it is."""
    is_same_form = is_same_file or (sought[:3] == found[:3])
    return is_same_form and all(
        one is None or other is None or one == other
        for one, other in ((sought.phase, found.phase), (sought.level2, found.level2))
    )
