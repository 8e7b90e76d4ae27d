"""One finding, with what it is about and what to do."""

from __future__ import annotations

from perftable_etl.explanations.explanation import finding_explanations
from perftable_etl.load.review import ReviewRow
from perftable_etl.report.terminal.console import Group, facts, printable, show
from perftable_etl.report.terminal.styles import SEVERITY_STYLES
from perftable_etl.report.wording import BLANK


def show_finding(finding: ReviewRow) -> None:
    """What was found, where, what is printed and what was read of it."""
    heading = printable(f"{finding.code} ({finding.severity})", SEVERITY_STYLES[finding.severity])
    explanation = finding_explanations().get(finding.code)
    said = (
        ("Finding", finding.finding_id),
        ("File", finding.file_name),
        ("Page", BLANK if finding.page is None else str(finding.page)),
        ("Place", BLANK if finding.box is None else ", ".join(f"{side:.1f}" for side in finding.box)),
        ("Project 项目", finding.project_name or BLANK),
        ("Indicator 指标", finding.level3 or BLANK),
        ("Printed", finding.raw or BLANK),
        ("Column", finding.field or BLANK),
        ("Read as", finding.old_value or BLANK),
        ("What was found", finding.message),
        ("What to do", explanation.words["en"].action if explanation else BLANK),
    )
    show(Group(heading, facts(said), ""))
