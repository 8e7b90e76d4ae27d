"""Small disclosures that are published again with changes, for tests of what becomes of them."""

from __future__ import annotations

from dataclasses import replace

from tests.drawing.forms import DrawnDisclosure, Printed
from tests.drawing.sources import source


def publication(project: str = "网络宣传", *, funds: int = 120_000, target: str | None = None) -> DrawnDisclosure:
    """One project with two indicators, the first of which has this target."""
    whole = source("cac-2024")
    first = whole.projects[0]
    row, *others = first.indicators[:2]
    row = replace(row, target=replace(row.target, text=target)) if target else row
    amount = Printed.money(f"{funds:,}.00")
    drawn = replace(
        first,
        name=Printed.plain(project),
        annual_funds=amount,
        annual_fiscal_appropriation=amount,
        indicators=(row, *others),
    )
    return replace(whole, projects=(drawn,))
