"""The rows of decisions that persons made: what they are about, by what is printed, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from perftable_etl.records import FormKind, IndicatorPhase

Verdict = Literal["corrected", "confirmed", "dismissed", "removed", "added", "kept_apart"]


class CorrectionRow(NamedTuple):
    """One row per decision of a person, keyed by what is printed: so it holds for every copy and every reader."""

    correction_id: Annotated[str, "Hash of what it is about and of what was decided"]
    document_sha256: Annotated[str, "sha256 of the file in which it was decided"]
    unit: Annotated[str | None, "Key: department or unit that publishes, as in documents.organization"]
    fiscal_year: Annotated[int | None, "Key: budget year (年度) of the project"]
    form_kind: Annotated[FormKind | None, "Key: kind of form"]
    project_name: Annotated[str | None, "Key: name of the project"]
    phase: Annotated[IndicatorPhase | None, "Key: time for which a target holds; NULL: about the project"]
    level2: Annotated[str | None, "Key: level 2 of the indicator; NULL: none, or about the project"]
    level3: Annotated[str | None, "Key: name of the indicator; NULL: about the project"]
    occurrence: Annotated[int | None, "Key: which of several alike, from 1, in the order of the form"]
    field: Annotated[str | None, "Key: column that it is about, as in projects or indicators; NULL: the row"]
    code: Annotated[str | None, "Key: code of the finding that it is about; NULL: about no finding"]
    printed_raw: Annotated[str, "Key: text as printed, white space left out; empty where nothing is printed"]
    old_value: Annotated[str | None, "Value that the program read"]
    new_value: Annotated[str | None, "Value that holds instead; NULL: no value, or no other"]
    verdict: Annotated[
        Verdict,
        "corrected; confirmed; dismissed (a finding); removed (a row that is none); added (a row that was not read); "
        "kept_apart (two publications do not replace one another)",
    ]
    reason: Annotated[str | None, "Reason that the person gave"]
    author: Annotated[str, "Who decided"]
    decided_at: Annotated[datetime, "When it was decided (UTC)"]
