"""One file as it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from perftable_etl.records import Declaration, Finding, Funding, Indicator, Outcome, Severity
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
    FUNDING_LABELS,
    HEADER_LABELS,
    money,
    pages,
    percent,
    seconds,
    understood,
)

_INDICATOR_COLUMNS = ("Indicator 指标", "Printed 指标值", "Understood as")
_GRAVEST_FIRST: tuple[Severity, ...] = ("error", "warning", "info")


def show_outcome(outcome: Outcome) -> None:
    """One file as it was understood, its findings first: what is wrong should not be scrolled away."""
    projects = [_project(declaration) for declaration in outcome.declarations]
    name = printable(outcome.file_name, "bold")
    show(Group(name, _findings(outcome.findings), "", _document_facts(outcome), *projects))
    if outcome.status == "failed":
        show_failure(outcome.error_message)


def _document_facts(outcome: Outcome) -> Table:
    return facts(
        [
            ("Title 标题", outcome.title or BLANK),
            ("Published by 预算单位", outcome.organization or BLANK),
            ("Year 年度", str(outcome.fiscal_year or BLANK)),
            ("Pages", str(outcome.page_count or BLANK)),
            ("Status", outcome.status),
            ("Coverage", percent(outcome.coverage)),
            ("Seconds", seconds(outcome.seconds)),
        ]
    )


def _project(declaration: Declaration) -> RenderableType:
    where = f"  {pages(declaration.first_page, declaration.last_page)}, layout {declaration.layout}"
    heading = Text.assemble((f"Project {declaration.ordinal}", "bold"), (where, "dim"))
    return Group("", heading, _header(declaration), indented(_indicators(declaration.indicators)))


def _header(declaration: Declaration) -> RenderableType:
    rows = [(label, str(getattr(declaration, field) or BLANK)) for field, label in HEADER_LABELS]
    funds = _fund_rows(declaration.funding)
    goals = [
        ("Overall goal 项目总目标", declaration.overall_goal),
        ("Annual goal 年度总体目标", declaration.annual_goal),
    ]
    return facts([*rows, *funds, *((label, goal or BLANK) for label, goal in goals)])


def _fund_rows(funding: Funding) -> list[tuple[str, str]]:
    amounts = [(label, money(getattr(funding, field))) for field, label in FUNDING_LABELS]
    width = max(len(amount) for _, amount in amounts)
    return [(label, amount.rjust(width)) for label, amount in amounts]


def _indicators(indicators: Sequence[Indicator]) -> RenderableType:
    table = new_table(*_INDICATOR_COLUMNS, "Page", right=("Page",), prose=_INDICATOR_COLUMNS)
    for levels, group in groupby(indicators, key=lambda indicator: (indicator.level1, indicator.level2)):
        table.add_row(Text(" › ".join(level or BLANK for level in levels), "bold cyan"))
        for indicator in group:
            table.add_row(*_indicator_cells(indicator))
    return table


def _indicator_cells(indicator: Indicator) -> tuple[Text, Text, Text, str]:
    printed = indicator.target.raw.replace("\n", "")
    name = printable(f"  {indicator.level3}")
    return name, printable(printed or BLANK), printable(understood(indicator.target)), str(indicator.place.page)


def _findings(findings: Sequence[Finding]) -> RenderableType:
    if not findings:
        return Group("", "No findings.")
    table = new_table("Severity", "Page", "Project", "Code", "Finding", right=("Page", "Project"), prose=("Finding",))
    for finding in sorted(findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)):
        table.add_row(*_finding_cells(finding))
    return Group("", Text("Findings", "bold"), table)


def _finding_cells(finding: Finding) -> tuple[Text, str, str, Text, Text]:
    printed = f" [{finding.raw}]".replace("\n", "") if finding.raw else ""
    page = str(finding.place.page) if finding.place else BLANK
    project = str(finding.project or BLANK)
    severity = printable(finding.severity, SEVERITY_STYLES[finding.severity])
    return severity, page, project, printable(finding.code), printable(finding.message + printed)
