"""A field that forms print is defined once: whatever goes through fields has it."""

from __future__ import annotations

import json
from typing import Annotated, get_args

import pytest

from perftable_etl.fields import Term, printed_fields
from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS, FieldName, IndicatorFields, ProjectFields
from perftable_etl.load.columns import table_of
from perftable_etl.load.ddl import ddl
from perftable_etl.load.form_rows import ProjectRow
from perftable_etl.load.tables import INDICATORS, PROJECTS
from perftable_etl.normalize.layouts.words import ColumnName, FieldLabel, GoalLabel
from perftable_etl.records import Declaration, Indicator
from perftable_etl.report.terminal.outcome import show_outcome
from perftable_etl.report.wording import label
from perftable_etl.schema.documents import schema_text
from perftable_etl.schema.names import SchemaFile
from tests.outcomes import DECLARATION, EVALUATION, outcome_of


def test_every_field_has_a_name_that_findings_and_sources_can_use() -> None:
    assert {*FIELDS, *INDICATOR_FIELDS} == set(get_args(FieldName))


@pytest.mark.parametrize(
    ("record", "fields"), [(Declaration, ProjectFields), (Indicator, IndicatorFields)], ids=["project", "indicator"]
)
def test_a_record_has_the_fields_that_are_defined_and_no_other(record: type, fields: type) -> None:
    assert list(printed_fields(record)) == list(printed_fields(fields))


def test_every_field_has_a_column() -> None:
    assert set(FIELDS) <= {column.name for column in PROJECTS.columns}
    columns = {column.name for column in INDICATORS.columns}
    assert {name for name in INDICATOR_FIELDS if not {name, f"{name}_raw"} & columns} == set()


class _WithOneMore(ProjectFields):
    attribute: Annotated[str | None, Term("项目属性", "Attribute", "Attribute (项目属性)", since=99)] = None


def test_one_more_field_is_one_more_column_at_the_end() -> None:
    table = table_of("projects", ProjectRow, prints=_WithOneMore)
    assert table.columns[:-1] == PROJECTS.columns
    column = table.columns[-1]
    assert (column.name, column.sql_type, column.comment, column.since) == (
        "attribute", "VARCHAR", "Attribute (项目属性)", 99
    )  # fmt: skip
    own = ProjectRow("p", "d", 1, "province", 2025, 1, 2, None, "declaration", None, None, None)
    row = table.row(own, _WithOneMore(fiscal_year=2025, attribute="延续"))
    assert (row[0], row[-1], len(row)) == ("p", "延续", len(table.columns))


def test_every_field_is_read_by_its_sort_or_by_itself() -> None:
    sorts = {field.sort for field in (*FIELDS.values(), *INDICATOR_FIELDS.values())}
    assert sorts == {"text", "goal", "date", "money", "number", "other"}
    assert [name for name, field in INDICATOR_FIELDS.items() if field.sort == "other"] == ["target", "actual"]


def test_a_file_may_name_every_field_that_has_a_label_or_a_head() -> None:
    assert set(get_args(ColumnName)) > set(INDICATOR_FIELDS) - {"area"}
    assert set(get_args(FieldLabel)) | set(get_args(GoalLabel)) <= set(FIELDS)


def test_views_follow_what_a_later_publication_may_change() -> None:
    view = ddl().partition("VIEW revisions")[2].partition("CREATE OR REPLACE VIEW")[0]
    assert [name for name in FIELDS if f" AS {name}" not in view] == ["fiscal_year", "name"]
    assert [name for name in INDICATOR_FIELDS if f" AS {name}" not in view] == ["level1"]


def test_schemas_say_what_a_field_is() -> None:
    schema = json.loads(schema_text(SchemaFile.DECLARATION))
    properties = schema["properties"] | schema["$defs"]["Funding"]["properties"]
    assert {name: properties[name]["description"] for name in FIELDS} == {
        name: field.printed.comment for name, field in FIELDS.items()
    }
    rows = schema["$defs"]["Indicator"]["properties"]
    assert {name: rows[name]["description"] for name in INDICATOR_FIELDS} == {
        name: field.printed.comment for name, field in INDICATOR_FIELDS.items()
    }


def test_the_terminal_lists_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    show_outcome(outcome_of(declarations=(EVALUATION,)))
    shown = capsys.readouterr().out
    assert [label(field) for field in FIELDS.values() if label(field) not in shown] == []
    rare = [field.printed for field in INDICATOR_FIELDS.values() if field.printed.is_rare]
    assert [printed.title for printed in rare if f"{printed.title} {printed.term}" not in shown] == []
    assert all(text in shown for text in ("建成一座。", "1.05万元/次", "单价下降", "浦东新区"))


def test_a_form_without_rare_fields_has_no_lines_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    bare = [row.model_copy(update={"weight": None}) for row in DECLARATION.indicators]
    show_outcome(outcome_of(declarations=(DECLARATION.model_copy(update={"indicators": tuple(bare)}),)))
    shown = capsys.readouterr().out
    fields = (*FIELDS.values(), *INDICATOR_FIELDS.values())
    assert [field.name for field in fields if field.printed.is_rare and field.printed.term in shown] == []
