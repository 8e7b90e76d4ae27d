"""A terminal of 80 columns shows everything whole, or elided where it can still be told apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions

from perftable_etl.ingest.ledger import Stamp, pending
from perftable_etl.ingest.loading import Summary
from perftable_etl.load.concerns import Concern
from perftable_etl.load.result import LeftAlone, LoadResult, counted, result_of
from perftable_etl.load.rows import reading_of
from perftable_etl.load.status import database_status
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Status
from perftable_etl.report.terminal.console import elided
from perftable_etl.report.terminal.status import show_status
from perftable_etl.report.terminal.summary import MANY, show_summary
from perftable_etl.report.wording import duration
from perftable_etl.system.clock import now
from tests.outcomes import outcome_of
from tests.report.test_run_report import RUN

T = TypeVar("T")

LONG = "2025年度上海市某某区财政项目支出绩效目标申报表汇总公开（含部门预算及所属单位）最终版.pdf"


class Terminal(io.StringIO):
    """What is written to it, as a terminal has it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


Shown = Callable[..., list[str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Shows something on a terminal of 80 columns, and gives the lines that are then there."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")

    def lines(show: Callable[[T], None], what: T) -> list[str]:
        with redirect_stdout(Terminal()) as terminal:
            show(what)
        written = terminal.getvalue().splitlines()
        assert [line for line in written if cell_len(line) > 80] == []
        return [line.rstrip() for line in written]

    return lines


def result(name: str, status: Status = "ok") -> LoadResult:
    return result_of(reading_of(outcome_of(name.encode(), name, status=status)), "new")


@pytest.mark.parametrize(
    ("word", "width", "expected"),
    [
        ("a.pdf", 5, "a.pdf"),
        ("cac-2025.chromium.pdf", 11, "cac-2…m.pdf"),
        ("绩效目标申报表.pdf", 9, "绩效….pdf"),
        ("绩效目标申报表.pdf", 10, "绩效….pdf"),
        ("绩效目标", 1, "…"),
    ],
)
def test_a_name_that_is_too_long_loses_its_middle(word: str, width: int, expected: str) -> None:
    assert elided(word, width) == expected
    assert cell_len(expected) <= width


def test_a_long_name_is_one_line_of_the_summary(shown: Shown) -> None:
    lines = shown(show_summary, Summary(RUN, (result(LONG, "review"), result("a.pdf"))))
    (line,) = [line for line in lines if line.startswith("2025年")]
    assert line.split()[0].endswith(".pdf")
    assert " review " in line
    assert not [line for line in lines if line.startswith("度")]


@pytest.mark.parametrize("columns", [50, 60, 80])
def test_a_narrow_terminal_shows_which_file_is_which_and_says_what_it_leaves_out(
    columns: int, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "size", ConsoleDimensions(columns, 25))
    lines = shown(show_summary, Summary(RUN, (result(LONG, "review"), result("2024.pdf", "failed"))))
    assert max(map(cell_len, lines)) <= columns
    assert [line.split()[:2] for line in lines if ".pdf" in line][1] == ["2024.pdf", "failed"]
    titles = next(line for line in lines if line.startswith("File")).split()
    left_out = " ".join(lines).partition("A wider terminal also shows ")[2].partition(".")[0].replace(",", "").split()
    assert len({*titles, *left_out}) == len([*titles, *left_out]) == 9
    assert bool(left_out) == (columns < 80)


def test_names_of_a_list_are_not_broken(shown: Shown) -> None:
    names = ("cac-2025.chromium.pdf", "cac-2025.weasyprint.pdf", LONG, "d.pdf")
    lines = shown(
        show_summary, Summary(RUN, (), concerns=(Concern("unit_contradicts_name", "warning", 12_345, names),))
    )
    text = "\n".join(lines)
    for name in names[:2]:
        assert name in text
    assert "and 1 more" in " ".join(text.split())
    assert "unit_contradicts_name" in text


def test_a_pipe_gets_names_whole(capsys: pytest.CaptureFixture[str]) -> None:
    show_summary(Summary(RUN, (result(LONG),)))
    assert LONG in capsys.readouterr().out


def test_a_large_run_lists_the_files_with_trouble_and_counts_all(shown: Shown) -> None:
    fine = [result(f"{number}.pdf") for number in range(MANY)]
    lines = shown(show_summary, Summary(RUN, (*fine, result("doubtful.pdf", "review"), result("broken.pdf", "failed"))))
    assert lines[0] == f"2 of {MANY + 2} documents failed or need review. Only these are listed."
    assert [line.split()[0] for line in lines if ".pdf" in line] == ["doubtful.pdf", "broken.pdf"]
    (total,) = [line.split() for line in lines if line.startswith("Total")]
    assert total[1] == str(MANY + 2)


def test_a_large_run_without_trouble_has_its_sums_alone(shown: Shown) -> None:
    lines = shown(show_summary, Summary(RUN, tuple(result(f"{number}.pdf") for number in range(MANY + 1))))
    assert not [line for line in lines if ".pdf" in line]
    assert lines[0] == f"None of the {MANY + 1} documents failed or needs review. None is listed."


def test_a_run_of_a_few_files_lists_them_all(shown: Shown) -> None:
    lines = shown(show_summary, Summary(RUN, tuple(result(f"{number}.pdf") for number in range(MANY))))
    assert len([line for line in lines if ".pdf" in line]) == MANY


def test_the_status_of_a_database_fits(shown: Shown, tmp_path: Path) -> None:
    db = tmp_path / "work.duckdb"
    with Warehouse(db) as warehouse:
        warehouse.finish_run(counted(warehouse.start_run(), (), LeftAlone()))
        entry = pending(None, f"file:///inbox/{LONG}", "ingest", Stamp(), now())
        warehouse.note([entry._replace(state="failed", reason="it is empty (0 bytes); fetch the file again")])
    lines = shown(show_status, database_status(db))
    assert [line.split() for line in lines if line.startswith("Run")] == [
        ["Run", "Started", "(UTC)", "Took", "Read", "New", "Changed", "Failed", "Skipped", "Missed"]
    ]
    assert "fetch the file again" in " ".join(" ".join(lines).split())


def test_durations_are_minutes_or_hours() -> None:
    assert [duration(timedelta(seconds=seconds)) for seconds in (0, 61.4, 7325)] == ["0:00", "1:01", "2:02:05"]
