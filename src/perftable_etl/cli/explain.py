"""What a code means."""

from __future__ import annotations

from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.streams import print_line


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of a finding, or of a file that failed.")],
    as_json: AsJson = False,
) -> None:
    """Explain a code: what it means, and what to do.

    docs/findings.md has all codes.
    """
    from perftable_etl.explanations.lookup import explanation_of
    from perftable_etl.report.explanations import explanation_json, explanation_text

    found = explanation_of(code)
    print_line(explanation_json(found) if as_json else explanation_text(found))
