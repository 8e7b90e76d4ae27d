from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from perftable_etl.load.visit import VisitRow
from perftable_etl.load.visits import Silence, silences
from perftable_etl.load.warehouse import Warehouse

FIRST = datetime(2026, 11, 1, 18, 0)


def visits(source: str, given: str, silent_after: int = 3, idle_after: int = 5) -> list[VisitRow]:
    """A visit each night: ".": nothing listed, "-": nothing new, "+": something new, " ": no visit."""
    return [
        VisitRow(f"run {night}", source, FIRST + timedelta(days=night), "-+".find(kind) + 1, int(kind == "+"),
                 silent_after, idle_after)
        for night, kind in enumerate(given)
        if kind != " "
    ]  # fmt: skip


def told(warehouse: Warehouse) -> tuple[Silence, ...]:
    return silences(warehouse._connection, None)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("+-----", ("idle", 5)),
        ("+----", None),
        ("+---+", None),
        ("+..", None),
        ("+...", ("empty", 3)),
        ("...", ("empty", 3)),
        ("..", None),
        ("+-. ..", ("empty", 3)),
        ("...+", None),
        ("+--...", ("empty", 3)),
        ("+----.", ("idle", 5)),
    ],
)
def test_a_source_is_silent_for_the_nights_since_it_gave_something(
    tmp_path: Path, given: str, found: tuple[str, int] | None
) -> None:
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        warehouse.note_visits(visits("it", given))
        assert [(silence.kind, silence.nights) for silence in told(warehouse)] == ([found] if found else [])


def test_a_night_counts_once_however_often_it_was_asked(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        for hour in range(5):
            warehouse.note_visits([VisitRow(f"{hour}", "it", FIRST + timedelta(hours=hour), 0, 0, 2, 0)])
        assert told(warehouse) == ()
        warehouse.note_visits([VisitRow("next", "it", FIRST + timedelta(days=1), 0, 0, 2, 0)])
        assert told(warehouse) == (Silence(source="it", kind="empty", nights=2),)


def test_limits_are_those_of_the_last_visit_and_none_where_they_are_0(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        warehouse.note_visits(
            [*visits("never", "......", 0, 0), *visits("later", ".....", 2), *visits("now", "......", 2)]
        )
        assert [silence.source for silence in told(warehouse)] == ["now"]  # the last run did not ask "later"
        warehouse.note_visits([VisitRow("last", "now", FIRST + timedelta(days=6), 0, 0, 9, 0)])
        assert told(warehouse) == ()
