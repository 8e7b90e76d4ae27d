from __future__ import annotations

import os
from pathlib import Path

import pytest

from perftable_etl.errors import WorkerError
from perftable_etl.ingest.batch import parse_all
from perftable_etl.records import Outcome
from tests.outcomes import fake_parse


def die(path: Path) -> Outcome:
    os._exit(1)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number:02}.pdf" for number in range(12)]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    return paths


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_the_order_of_the_files(files: list[Path], workers: int) -> None:
    outcomes = parse_all(files, fake_parse, workers)
    assert [outcome.file_name for outcome in outcomes] == [path.name for path in files]


def test_a_dead_worker_is_an_error_of_ours(files: list[Path]) -> None:
    with pytest.raises(WorkerError, match="--workers 1"):
        list(parse_all(files, die, 2))
