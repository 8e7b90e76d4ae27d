"""What a declaration means: typed, immutable records, each value with its raw text and its place beside it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from perftable_etl.entries import Amount, OtherField, Task, UnreadCell
from perftable_etl.form_fields import (
    FIELDS,
    INDICATOR_FIELDS,
    FieldName,
    Funding,
    IndicatorFields,
    ProjectFields,
)
from perftable_etl.messages import Details, Message, details_of
from perftable_etl.target import Kind, Operator, Place, Polarity, Record, Remark, Target

__all__ = [
    "FIELDS", "INDICATOR_FIELDS", "Amount", "Declaration", "Direction", "FieldName", "Finding", "FindingCode",
    "FormKind", "Funding", "Indicator", "IndicatorPhase", "Kind", "MediaType", "Operator", "OtherField", "Outcome",
    "Place", "Polarity", "Record", "Remark", "Scheme", "Severity", "Source", "Status", "Target", "Task", "UnreadCell",
]  # fmt: skip

Direction = Literal["higher", "lower"]
FormKind = Literal["declaration", "self_evaluation", "department", "transfer"]
"""What a form is for: it declares targets (申报表), reports on them (自评表), or is of a whole department
(部门整体) or of a transfer (转移支付)."""

IndicatorPhase = Literal["year", "half_year", "total"]
"""For which time a target holds: the year, its first half, or the project's whole life (中期, 长期, 实施期)."""
Severity = Literal["info", "warning", "error"]
Status = Literal["ok", "review", "no_forms", "failed"]
MediaType = Literal[
    "application/pdf",
    "text/plain",
    "text/html",
    "multipart/related",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
]
Scheme = Literal["2015", "2021"]

FindingCode = Literal[
    "alignment_doubtful",
    "attachments_not_read",
    "bad_bytes",
    "bracket_open",
    "cells_by_alignment",
    "comment_on_form",
    "copies_differ",
    "damaged_file",
    "dates_outside_year",
    "dates_reversed",
    "day_inferred",
    "does_not_fit",
    "duplicate",
    "duplicate_row",
    "escaped_entities",
    "foot_in_row",
    "form_not_rebuilt",
    "form_without_rules",
    "formula_not_computed",
    "goals_parted",
    "group_twice",
    "has_duplicate",
    "head_in_row",
    "hidden_left_out",
    "hidden_text_layer",
    "illegible_character",
    "label_nearly_known",
    "label_twice",
    "labels_uncertain",
    "layout_ambiguous",
    "layout_generic",
    "layout_unclaimed",
    "level1_differs",
    "level1_inferred",
    "level1_spelling",
    "level1_unknown",
    "level2_missing",
    "level2_spelling",
    "level2_unknown",
    "level_blank",
    "level_columns_missing",
    "level_in_row",
    "lines_apart",
    "lines_close",
    "mojibake",
    "money_unit_assumed",
    "money_unit_conflict",
    "name_from_heading",
    "no_fiscal_year",
    "no_funds",
    "no_indicators",
    "no_name",
    "no_project_name",
    "no_target",
    "noise_left_out",
    "not_a_date",
    "not_money",
    "not_plain_text",
    "not_published_again",
    "page_by_ocr",
    "page_not_full",
    "page_number_in_row",
    "page_printed_twice",
    "page_without_text",
    "pages_out_of_order",
    "project_twice",
    "quoted_mail",
    "readings_differ",
    "recognition_doubtful",
    "recognition_unsure",
    "restated",
    "row_doubtful",
    "row_in_two_groups",
    "row_perhaps_cut",
    "rows_perhaps_lost",
    "second_reading",
    "sign_underlined",
    "sum_differs",
    "superseded",
    "supersedes",
    "target_damaged",
    "target_unit_missing",
    "target_unknown_unit",
    "target_unread",
    "text_as_picture",
    "text_layer_illegible",
    "text_off_line",
    "text_partly_hidden",
    "text_ruled_through",
    "texts_overlap",
    "unit_contradicts_name",
    "unit_of_money_doubtful",
    "unknown_cell",
    "unknown_line",
    "unread_passage",
    "value_doubtful",
    "year_inferred",
]
"""What a finding can be about, one name a line so that two additions never meet."""


class Source(Record):
    """The printed source of one value: its field, its raw text and its place.

    `anchor` is the place as a person can follow it, where the file has no pages: Sheet1!C7; table 2, row 7.
    """

    field: FieldName
    raw: str
    place: Place
    anchor: str | None = None


class _Numbered(Record):
    ordinal: int


class Indicator(IndicatorFields, _Numbered):
    """One row of the indicator tree.

    `level1` and `level2` are the catalogue's names, or None where they are unknown; `level1_raw` and `level2_raw`
    are the printed texts ('' where none is printed). `place` spans the row's name and target.
    `readings_agree` says whether a second reader found the same row; None where the form was read once.
    `confidence`, 0 to 1, is the confidence of text recognition in the least certain character of its name, its target
    and its levels; None where they come from a text layer.
    """

    level1_raw: str
    level2_raw: str
    level3_raw: str
    phase: IndicatorPhase = "year"
    direction: Direction | None = None
    scheme: Scheme | None = None
    readings_agree: bool | None = None
    confidence: float | None = None
    place: Place
    sources: tuple[Source, ...] = ()


class _FormRecord(_Numbered):
    layout: str
    form_kind: FormKind = "declaration"
    first_page: int
    last_page: int


class Declaration(ProjectFields, _FormRecord):
    """One form: what it says of one project, or of one department.

    `amounts` are all printed amounts, also those of `funding`; `tasks` stand on forms of whole departments;
    `other_fields` and `unread_cells` keep what no other field holds.
    `readings_agree` says whether a second reader found the same header fields and no other row; None where the form was
    read once.
    """

    amounts: tuple[Amount, ...] = ()
    tasks: tuple[Task, ...] = ()
    other_fields: tuple[OtherField, ...] = ()
    unread_cells: tuple[UnreadCell, ...] = ()
    readings_agree: bool | None = None
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()


class Finding(Record):
    """Something that a person may want to check, with its severity and place. Ordinals name project and indicator.

    `details` are what `message` is made of, so that it can be said otherwise; None where nothing in it varies.
    """

    code: FindingCode
    severity: Severity
    message: str
    raw: str = ""
    place: Place | None = None
    project: int | None = None
    indicator: int | None = None
    details: Details | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_details(cls, data: Any) -> Any:
        message = data.get("message") if isinstance(data, dict) else None
        return {"details": message.details, **data, "message": str(message)} if isinstance(message, Message) else data

    def __hash__(self) -> int:
        return hash((self.code, self.message, self.raw, self.place, self.project, self.indicator))

    @property
    def said(self) -> str:
        """The message, to be a part of another."""
        return Message.again(self.message, self.details)

    def saying(self, message: str) -> Finding:
        """The same finding with another message."""
        return self.model_copy(update={"message": str(message), "details": details_of(message)})


class Outcome(Record):
    """The result of reading one file. `status` is `failed` exactly when `error_code` is set.

    `coverage` is the share of the forms' characters that became a field, a known label or known noise. Text that
    looks like part of a form but is in none (`unread_passage`) counts too. None without forms and without such text.
    `fingerprint` identifies the reader (`perftable_etl.fingerprint`); None where it is unknown.
    """

    document_id: str
    file_name: str
    source_uri: str
    media_type: MediaType | None
    byte_size: int
    page_count: int | None = None
    title: str | None = None
    organization: str | None = None
    fiscal_year: int | None = None
    status: Status
    coverage: float | None = None
    error_code: str | None = None
    error_message: str | None = None
    declarations: tuple[Declaration, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    fingerprint: str | None = None

    def __repr__(self) -> str:
        """Short enough for a prompt: what was read of which file; all else is in the fields."""
        if self.status == "failed":
            return f"<Outcome of {self.file_name}: failed ({self.error_code})>"
        indicators = sum(len(declaration.indicators) for declaration in self.declarations)
        coverage = "" if self.coverage is None else f", coverage {self.coverage:.4f}"
        return (
            f"<Outcome of {self.file_name}: {self.status}, projects: {len(self.declarations)}, "
            f"indicators: {indicators}, findings: {len(self.findings)}{coverage}>"
        )

    __str__ = __repr__
