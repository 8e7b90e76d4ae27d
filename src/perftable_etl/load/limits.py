"""What the database cannot hold exactly becomes a finding, never a rounded number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, TypeVar

from perftable_etl.document import Place
from perftable_etl.fields import Money
from perftable_etl.load.column_types import YUAN
from perftable_etl.load.columns import QUANTITY, Exact
from perftable_etl.messages import Message
from perftable_etl.records import FIELDS, Amount, Declaration, Finding, Indicator, Outcome, Record, Source, Target, Task

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Misfit(NamedTuple):
    """A number with more digits than its column keeps."""

    field: str
    value: Decimal
    exact: Exact


def within_limits(outcome: Outcome) -> Outcome:
    """The outcome without the numbers that do not fit, each of which is a finding instead; nearly always the same."""
    findings = tuple(finding for declaration in outcome.declarations for finding in _declaration_findings(declaration))
    if not findings:
        return outcome
    return outcome.model_copy(
        update={
            "declarations": tuple(_fitting_declaration(declaration) for declaration in outcome.declarations),
            "findings": outcome.findings + findings,
            "status": "review",
        }
    )


def _misfits(record: Record, exact: Exact) -> Iterator[Misfit]:
    for field, value in record:
        if isinstance(value, Decimal) and not exact.holds(value):
            yield Misfit(field, value, exact)


def _fitting(record: AnyRecord, exact: Exact) -> AnyRecord:
    return record.model_copy(update={misfit.field: None for misfit in _misfits(record, exact)})


def _fitting_declaration(declaration: Declaration) -> Declaration:
    return _fitting(declaration, QUANTITY).model_copy(
        update={
            "funding": _fitting(declaration.funding, YUAN),
            "amounts": tuple(_fitting(amount, YUAN) for amount in declaration.amounts),
            "tasks": tuple(_fitting(task, YUAN) for task in declaration.tasks),
            "indicators": tuple(_fitting_indicator(indicator) for indicator in declaration.indicators),
        }
    )


def _fitting_indicator(indicator: Indicator) -> Indicator:
    targets = {"target": fitting_target(indicator.target)}
    if indicator.actual:
        targets["actual"] = fitting_target(indicator.actual)
    return _fitting(indicator, QUANTITY).model_copy(update=targets)


def fitting_target(target: Target) -> Target:
    """The target without the numbers that its columns cannot hold exactly."""
    parts = tuple(fitting_target(part) for part in target.parts)
    return _fitting(target, QUANTITY).model_copy(update={"parts": parts})


def _declaration_findings(declaration: Declaration) -> Iterator[Finding]:
    for misfit in (*_misfits(declaration, QUANTITY), *_misfits(declaration.funding, YUAN)):
        source = _source_of(declaration.sources, misfit.field)
        yield _finding(misfit, source.raw if source else "", source.place if source else None, declaration.ordinal)
    entries: tuple[Amount | Task, ...] = (*_amounts_of_no_field(declaration), *declaration.tasks)
    for entry in entries:
        yield from (_finding(misfit, entry.raw, entry.place, declaration.ordinal) for misfit in _misfits(entry, YUAN))
    for indicator in declaration.indicators:
        yield from _indicator_findings(declaration, indicator)


def _indicator_findings(declaration: Declaration, indicator: Indicator) -> Iterator[Finding]:
    for misfit in (*_misfits(indicator, QUANTITY), *_target_misfits(indicator.target)):
        yield _finding(misfit, indicator.target.raw, indicator.place, declaration.ordinal, indicator.ordinal)
    actual = indicator.actual
    for misfit in _target_misfits(actual) if actual else ():
        yield _finding(misfit, actual.raw if actual else "", indicator.place, declaration.ordinal, indicator.ordinal)


def _amounts_of_no_field(declaration: Declaration) -> Iterator[Amount]:
    """The printed amounts that no column of projects stands for: what does not fit is told once."""
    told = {field.printed.money for field in FIELDS.values()}
    return (amount for amount in declaration.amounts if Money(amount.phase, amount.source) not in told)


def _target_misfits(target: Target) -> Iterator[Misfit]:
    yield from _misfits(target, QUANTITY)
    for part in target.parts:
        yield from _target_misfits(part)


def _source_of(sources: tuple[Source, ...], field: str) -> Source | None:
    return next((source for source in sources if source.field == field), None)


def _finding(misfit: Misfit, raw: str, place: Place | None, project: int, indicator: int | None = None) -> Finding:
    return Finding(
        code="does_not_fit",
        severity="error",
        message=Message(
            "{field} {value} has more digits than {type} holds; it was left empty",
            field=misfit.field,
            value=misfit.value,
            type=misfit.exact.sql_type,
        ),
        raw=raw,
        place=place,
        project=project,
        indicator=indicator,
    )
