"""Files are handed to workers a few at once, read in a moment or handed out again, and fail each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from perftable_etl.errors import Crash
from perftable_etl.ingest import crew, reader
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits
from perftable_etl.ingest.reader import read_some
from perftable_etl.records import Outcome
from tests.outcomes import fake_parse
from tests.parsing import parse_all

BAD = "bad.pdf"


class Here:
    """A worker that is no process. It breaks down over a file of a certain name, as a process would.

    It begins once all files wait.
    """

    calls: list[list[str]]
    begin = Event()

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def call(self, function: Callable[[Any], Any], argument: Path | Sequence[Path]) -> Any:
        assert self.begin.wait(60)
        files = [argument] if isinstance(argument, Path) else argument
        self.calls.append([file.name for file in files])
        if BAD in self.calls[-1]:
            raise Crash("its process ended")
        return function(argument)

    def dismiss(self) -> None: ...


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the files that workers were handed, call by call."""
    made: list[list[str]] = []
    monkeypatch.setattr(Here, "calls", made, raising=False)
    monkeypatch.setattr(Here, "begin", Event())
    monkeypatch.setattr(crew, "Worker", Here)
    return made


def files(folder: Path, names: Sequence[str]) -> list[Path]:
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


NAMES = [f"{number:02}.pdf" for number in range(24)]


def read_all(paths: Sequence[Path]) -> list[tuple[str, str | None]]:
    def each() -> Iterator[Path]:
        yield from paths
        Here.begin.set()

    return [(document.file_name, document.error_code) for document in parse_all(each(), fake_parse, 1, DEFAULT_LIMITS)]


def test_small_files_are_handed_over_together(tmp_path: Path, calls: list[list[str]]) -> None:
    assert read_all(files(tmp_path, NAMES)) == [(name, None) for name in NAMES]
    assert max(map(len, calls)) <= crew._FILES_AT_ONCE
    assert len(calls) < len(NAMES)
    assert [*chain(*calls)] == NAMES


def test_what_a_worker_does_not_come_to_is_handed_out_again(
    tmp_path: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOMENT", 0)
    assert read_all(files(tmp_path, NAMES)) == [(name, None) for name in NAMES]
    assert [handed[0] for handed in calls] == NAMES


def test_files_that_fail_together_are_read_one_by_one(tmp_path: Path, calls: list[list[str]]) -> None:
    names = [*NAMES[:5], BAD, *NAMES[5:]]
    assert read_all(files(tmp_path, names)) == [(name, "crash" if name == BAD else None) for name in names]
    assert [BAD] in calls


def test_a_worker_reads_the_first_file_however_long_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOMENT", 0)
    paths = files(tmp_path, NAMES[:3])
    assert [reading.document.file_name for reading in read_some(parse, 100, paths)] == NAMES[:1]


def parse(path: Path, max_bytes: int) -> Outcome:
    return fake_parse(path)
