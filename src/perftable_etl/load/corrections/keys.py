"""What a decision is about, by what is printed: equal keys mean the same, in whatever file, format or reading."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from perftable_etl.characters.code_points import printed
from perftable_etl.characters.look_alikes import FOLDED
from perftable_etl.load.correction_row import CorrectionRow


@lru_cache(maxsize=1 << 13)
def folded(text: str) -> str:
    """A text without what differs between two prints of it: white space, widths, look-alikes."""
    return "".join(printed(text).translate(FOLDED).split())


def folded_name(text: str | None) -> str | None:
    """A name folded; None where nothing is printed."""
    return folded(text or "") or None


class Owner(NamedTuple):
    """The project, or its indicator, that a decision is about. What is not printed is None."""

    unit: str | None
    fiscal_year: int | None
    form_kind: str | None
    project_name: str | None
    phase: str | None = None
    level2: str | None = None
    level3: str | None = None


class Subject(NamedTuple):
    """What of it: a field, or else a finding of a code, or else the row itself; and the text printed there."""

    field: str | None
    code: str | None
    printed_raw: str


class Key(NamedTuple):
    """What a decision is about; `occurrence` says which of several alike in one file, in the order of the form."""

    owner: Owner
    subject: Subject
    occurrence: int


OF_ROWS = frozenset({"removed", "added", "kept_apart"})
"""The verdicts on whole rows: their finding goes with what they change."""


def key_of(correction: CorrectionRow) -> Key:
    """The key of a decision. One on a value or a row names its finding, but does not need it."""
    owner = Owner(
        folded_name(correction.unit),
        correction.fiscal_year,
        correction.form_kind,
        folded_name(correction.project_name),
        correction.phase,
        folded_name(correction.level2),
        folded_name(correction.level3),
    )
    is_about_finding = correction.field is None and correction.verdict not in OF_ROWS
    subject = Subject(correction.field, correction.code if is_about_finding else None, folded(correction.printed_raw))
    return Key(owner, subject, correction.occurrence or 1)
