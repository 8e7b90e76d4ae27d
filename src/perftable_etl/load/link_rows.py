"""The rows of links over the years: links, series, what persons decided, and what was linked last."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from perftable_etl.linking.links import Match, Status, Subject
from perftable_etl.records import FormKind, IndicatorPhase

LinkVerdict = Literal["yes", "no"]

LinkSubject = Annotated[Subject, "What is linked: project or indicator"]
LinkUnit = Annotated[
    str, "Unit that publishes them: its name without blanks and widths; one name for a unit that was renamed"
]


class LinkRow(NamedTuple):
    """One row per link of a project or an indicator of one year with one of a later year of the same unit."""

    subject: LinkSubject
    unit: LinkUnit
    earlier_year: Annotated[int, "Budget year (年度) of the earlier one"]
    later_year: Annotated[int, "Budget year (年度) of the later one"]
    earlier_project_id: Annotated[str, "Earlier project, or that of the earlier indicator: projects.project_id"]
    later_project_id: Annotated[str, "Later project, or that of the later indicator: projects.project_id"]
    earlier_indicator_id: Annotated[str | None, "Earlier indicator: indicators.indicator_id; NULL: a link of projects"]
    later_indicator_id: Annotated[str | None, "Later indicator: indicators.indicator_id; NULL: a link of projects"]
    match: Annotated[
        Match,
        "Why they are linked: exact (they print the same), moved (the same name under another level 2 or unit), "
        "reworded (the same in other words), similar, merged (much of one is in another that has a link of its own)",
    ]
    score: Annotated[float, "How alike they are, 0 to 1; 1 where they print the same"]
    status: Annotated[
        Status, "used (sure; views use it), queued (a person should decide), confirmed or rejected (a person did)"
    ]
    waits: Annotated[bool, "Whether the link of its projects is queued: that decides about this one"]
    series_id: Annotated[str | None, "Series of both, as in series; NULL: it is queued or rejected"]


class SeriesRow(NamedTuple):
    """One row per current project and indicator of a known unit and year: the series over the years it belongs to."""

    subject: LinkSubject
    unit: LinkUnit
    series_id: Annotated[str, "Hash of what the first member of the series prints; the same on every machine"]
    fiscal_year: Annotated[int, "Budget year (年度) of the project"]
    project_id: Annotated[str, "Project, or that of the indicator: projects.project_id"]
    indicator_id: Annotated[str | None, "Indicator: indicators.indicator_id; NULL: a project"]
    added_after: Annotated[
        int | None, "Last year before that its unit published, if nothing of that year is linked to it; else NULL"
    ]
    dropped_in: Annotated[
        int | None, "First year after that its unit published, if nothing of that year is linked to it; else NULL"
    ]


class LinkDecisionRow(NamedTuple):
    """One row per decision about a link, keyed by what both sides print: so it holds for every copy and reader."""

    decision_id: Annotated[str, "Hash of what it is about"]
    subject: LinkSubject
    form_kind: Annotated[FormKind, "Key: kind of form"]
    earlier_publisher: Annotated[str, "Key: unit that publishes the earlier one"]
    earlier_unit: Annotated[str | None, "Key: unit that carries out the earlier project (实施单位)"]
    earlier_year: Annotated[int, "Key: budget year (年度) of the earlier one"]
    earlier_project: Annotated[str, "Key: name of the earlier project"]
    earlier_project_occurrence: Annotated[int, "Key: which of several projects alike, from 1"]
    earlier_level2: Annotated[str | None, "Key: level 2 of the earlier indicator; NULL: none, or a link of projects"]
    earlier_level3: Annotated[str | None, "Key: name of the earlier indicator; NULL: a link of projects"]
    earlier_occurrence: Annotated[int | None, "Key: which of several indicators alike, from 1; NULL: projects"]
    later_publisher: Annotated[str, "Key: unit that publishes the later one"]
    later_unit: Annotated[str | None, "Key: unit that carries out the later project (实施单位)"]
    later_year: Annotated[int, "Key: budget year (年度) of the later one"]
    later_project: Annotated[str, "Key: name of the later project"]
    later_project_occurrence: Annotated[int, "Key: which of several projects alike, from 1"]
    later_level2: Annotated[str | None, "Key: level 2 of the later indicator; NULL: none, or a link of projects"]
    later_level3: Annotated[str | None, "Key: name of the later indicator; NULL: a link of projects"]
    later_occurrence: Annotated[int | None, "Key: which of several indicators alike, from 1; NULL: projects"]
    phase: Annotated[IndicatorPhase | None, "Key: time for which the targets hold; NULL: a link of projects"]
    area: Annotated[str | None, "Key: place whose targets they are; NULL: none, or a link of projects"]
    verdict: Annotated[LinkVerdict, "yes: both are the same; no: they are not"]
    reason: Annotated[str | None, "Reason that the person gave"]
    author: Annotated[str, "Who decided"]
    decided_at: Annotated[datetime, "When it was decided (UTC)"]


class LinkedUnitRow(NamedTuple):
    """One row per unit whose years were linked, so that only units that changed are linked again."""

    unit: LinkUnit
    digest: Annotated[str, "Hash of what was linked, and of the rules"]
