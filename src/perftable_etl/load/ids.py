"""Ids: hashes of content and position, the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import json
from unicodedata import normalize

from perftable_etl.records import Declaration, Indicator

_JSON = json.JSONEncoder(ensure_ascii=False, default=str)  # made once: a new one costs as much as what it encodes


def project_id(document_id: str, project: int) -> str:
    """The id of a document's project, by its ordinal."""
    return hash_of("project", document_id, project)


def indicator_id(document_id: str, project: int, indicator: int) -> str:
    """The id of a project's indicator, by both ordinals."""
    return hash_of("indicator", document_id, project, indicator)


def content_hash(declaration: Declaration) -> str:
    """What makes two declarations one, wherever and however they are printed: whose, what for, how much, which targets.

    Goals are left out: copied text seldom keeps all their characters.
    """
    rows = sorted(map(_row_key, declaration.indicators))
    units = declaration.competent_department, declaration.implementing_unit
    names = [_bare(name or "") for name in (declaration.name, *units)]
    funds = [None if amount is None else f"{amount:.2f}" for _, amount in declaration.funding]
    evaluation = [f"{part}" for part in (declaration.score, declaration.grade) if part is not None]
    return hash_of("content", declaration.form_kind, declaration.fiscal_year, *names, *funds, rows, *evaluation)


def _row_key(row: Indicator) -> tuple[str, ...]:
    """What makes two rows one: their texts, and what only some forms print."""
    actual = None if row.actual is None else _bare(row.actual.raw)
    beyond = (("phase", row.phase if row.phase != "year" else None), ("area", row.area), ("actual", actual))
    printed = [f"{name} {value}" for name, value in beyond if value is not None]
    return row.level2 or "", _bare(row.level3), _bare(row.target.raw), *printed


def _bare(text: str) -> str:
    """A text without what differs between two prints of it: blanks, widths, radicals for ordinary characters.

    Unicode's NFKC takes ⼾ for 戶, which the mainland writes 户.
    """
    return "".join(normalize("NFKC", text).replace("戶", "户").split())


def hash_of(*parts: object) -> str:
    """The id that is made of these parts."""
    return digest(*parts)[:32]


def digest(*parts: object) -> str:
    """sha256 of these parts, in hex."""
    return hashlib.sha256(_JSON.encode(parts).encode()).hexdigest()
