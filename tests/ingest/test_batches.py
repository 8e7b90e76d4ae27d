"""Batches as other machines read them, here one after the other in this process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import pytest

from perftable_etl.ingest import batches
from perftable_etl.ingest.batches import Batch, ingest_batches
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import plan
from perftable_etl.ingest.loading import Event, Summary
from perftable_etl.ingest.means import Means
from perftable_etl.load.parts.known import KnownParts
from perftable_etl.load.result import LoadResult
from perftable_etl.load.rows import FileRows, reading_of
from tests.outcomes import fake_parse

READER = "reader"


def parse_all(files: Iterable[Path]) -> Generator[FileRows]:
    for file in files:
        yield reading_of(fake_parse(file).model_copy(update={"fingerprint": READER}))


def read_all(read: Callable[[Batch], Summary], found: Iterator[Batch]) -> Iterator[Summary]:
    return map(read, found)


def ingest(folder: Path, to: Path, on_event: Callable[[Event], None] = lambda _: None) -> Summary:
    means = Means(READER, parse_all)
    planned = plan(find_files([folder]), KnownParts(to, READER))
    return ingest_batches(planned, to, means, read_all, on_event)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(batches, "FILES_PER_BATCH", 2)
    (tmp_path / "parts").mkdir()
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"file {number}", encoding="utf-8")
    return folder


def test_each_batch_has_a_folder_of_its_own_and_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    heard: list[Event] = []
    first = ingest(folder, tmp_path / "parts", heard.append)
    assert (first.run.documents, first.run.new) == (5, 5)
    assert sum(isinstance(event, LoadResult) for event in heard) == 5
    assert len(list((tmp_path / "parts").glob("batch-*/part-00001/manifest.json"))) == 3
    again = ingest(folder, tmp_path / "parts")
    assert (again.run.documents, again.run.skipped) == (0, 5)


def test_a_batch_that_was_lost_half_way_is_read_again(folder: Path, tmp_path: Path) -> None:
    ingest(folder, tmp_path / "parts")
    lost = sorted((tmp_path / "parts").glob("batch-*/part-00001/manifest.json"))[0]
    lost.unlink()
    again = ingest(folder, tmp_path / "parts")
    assert again.run.documents in {1, 2}
    assert len(list((tmp_path / "parts").glob("*/*/manifest.json"))) == 3


def test_a_file_that_has_gone_meanwhile_is_none_of_a_batch(folder: Path, tmp_path: Path) -> None:
    means = Means(READER, parse_all)
    planned = plan(find_files([folder]), KnownParts(tmp_path / "parts", READER))
    (folder / "0.txt").unlink()
    summary = ingest_batches(planned, tmp_path / "parts", means, read_all, lambda _: None)
    assert summary.run.documents == 4
