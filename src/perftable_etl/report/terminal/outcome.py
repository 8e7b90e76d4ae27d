"""One file as it was understood."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import groupby

from perftable_etl.fields import Field, Sort
from perftable_etl.formats import PartKind, part_kind_of
from perftable_etl.records import FIELDS, INDICATOR_FIELDS, Declaration, Finding, Indicator, Outcome, Severity, Target
from perftable_etl.report.terminal.console import (
    Group,
    RenderableType,
    Table,
    Text,
    facts,
    indented,
    new_table,
    printable,
    show,
    show_failure,
)
from perftable_etl.report.terminal.styles import SEVERITY_STYLES
from perftable_etl.report.wording import (
    BLANK,
    label,
    money,
    percent,
    seconds,
    span,
    understood,
)

_INDICATOR_COLUMNS = ("Indicator 指标", "Printed 指标值", "Understood as")
_GRAVEST_FIRST: tuple[Severity, ...] = ("error", "warning", "info")


def show_outcome(outcome: Outcome) -> None:
    """One file as it was understood, its findings first: what is wrong should not be scrolled away."""
    unit = part_kind_of(outcome.media_type)
    projects = [_project(declaration, unit) for declaration in outcome.declarations]
    name = printable(outcome.file_name, "bold")
    show(Group(name, _findings(outcome.findings, unit), "", _document_facts(outcome), *projects))
    if outcome.status == "failed":
        show_failure(outcome.error_message)


def _document_facts(outcome: Outcome) -> Table:
    return facts(
        [
            ("Title 标题", outcome.title or BLANK),
            ("Published by 预算单位", outcome.organization or BLANK),
            ("Year 年度", str(outcome.fiscal_year or BLANK)),
            (f"{part_kind_of(outcome.media_type).title()}s", str(outcome.page_count or BLANK)),
            ("Status", outcome.status),
            ("Coverage", percent(outcome.coverage)),
            ("Seconds", seconds(outcome.seconds)),
        ]
    )


def _project(declaration: Declaration, unit: PartKind) -> RenderableType:
    where = f"  {span(unit, declaration.first_page, declaration.last_page)}, layout {declaration.layout}"
    heading = Text.assemble((f"Project {declaration.ordinal}", "bold"), (where, "dim"))
    return Group("", heading, _header(declaration), indented(_indicators(declaration.indicators, unit)))


def _header(declaration: Declaration) -> RenderableType:
    groups: tuple[frozenset[Sort], ...] = (
        frozenset({"text", "date", "number"}), frozenset({"money"}), frozenset({"goal"}),
    )  # fmt: skip
    return facts([row for sorts in groups for row in _rows(declaration, sorts)])


def _rows(declaration: Declaration, sorts: Container[Sort]) -> list[tuple[str, str]]:
    """The fields of some sorts, each with its value; amounts end below one another."""
    fields = [field for field in FIELDS.values() if field.sort in sorts and _is_shown(field, declaration)]
    rows = [(label(field), _shown(field, declaration)) for field in fields]
    width = max(len(value) for _, value in rows) if "money" in sorts else 0
    return [(name, value.rjust(width)) for name, value in rows]


def _is_shown(field: Field, record: Declaration | Indicator) -> bool:
    """Whether a field has a line: a blank is worth one where most forms print the field."""
    return not field.printed.is_rare or field.of(record) is not None


def _shown(field: Field, declaration: Declaration) -> str:
    value = field.of(declaration)
    return money(value) if field.sort == "money" else str(value or BLANK)


def _indicators(indicators: Sequence[Indicator], unit: PartKind) -> RenderableType:
    rare = [field for field in INDICATOR_FIELDS.values() if field.printed.is_rare]
    rare = [field for field in rare if any(_is_shown(field, indicator) for indicator in indicators)]
    titles = [f"{field.printed.title} {field.printed.term}" for field in rare]
    where = unit.title()
    table = new_table(*_INDICATOR_COLUMNS, *titles, where, right=(where,), prose=(*_INDICATOR_COLUMNS, *titles))
    for levels, group in groupby(indicators, key=lambda indicator: (indicator.level1, indicator.level2)):
        table.add_row(Text(" › ".join(level or BLANK for level in levels), "bold cyan"))
        for indicator in group:
            table.add_row(*_indicator_cells(indicator, rare))
    return table


def _indicator_cells(indicator: Indicator, rare: Sequence[Field]) -> list[Text]:
    target = indicator.target
    texts = (f"  {indicator.level3}", _one_line(target.raw), understood(target))
    values = (_one_line(_printed_text(field.of(indicator))) for field in rare)
    return [printable(text) for text in (*texts, *values, str(indicator.place.page))]


def _printed_text(value: object) -> str:
    """A value as the form prints it, where that is kept."""
    return value.raw if isinstance(value, Target) else "" if value is None else str(value)


def _one_line(text: str) -> str:
    return text.replace("\n", "") or BLANK


def _findings(findings: Sequence[Finding], unit: PartKind) -> RenderableType:
    if not findings:
        return Group("", "No findings.")
    where = unit.title()
    table = new_table("Severity", where, "Project", "Code", "Finding", right=(where, "Project"), prose=("Finding",))
    for finding in sorted(findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)):
        table.add_row(*_finding_cells(finding))
    return Group("", Text("Findings", "bold"), table)


def _finding_cells(finding: Finding) -> tuple[Text, str, str, Text, Text]:
    printed = f" [{finding.raw}]".replace("\n", "") if finding.raw else ""
    page = str(finding.place.page) if finding.place else BLANK
    project = str(finding.project or BLANK)
    severity = printable(finding.severity, SEVERITY_STYLES[finding.severity])
    return severity, page, project, printable(finding.code), printable(finding.message + printed)
