"""Many machines read one share each into parts, and a database takes the parts in: as if one machine had read all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from perftable_etl.errors import Interrupted, UsageError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.ingest import loading, shards
from perftable_etl.ingest.destinations import into_parts
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import plan
from perftable_etl.ingest.loading import ParseAll, Summary
from perftable_etl.ingest.means import Means
from perftable_etl.ingest.parts import LoadSummary, load_parts
from perftable_etl.ingest.shards import Share, share_of, shared
from perftable_etl.load.parts.manifest import NAME
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import parse
from tests.cli.script import command, run_script
from tests.drawing.flatten import tabbed
from tests.drawing.mupdf import draw
from tests.exports import export
from tests.publications import publication

READER = "reader"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication and its revision, the text of it, copies in other folders, a broken file, a letter, and others."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "附件").mkdir()
    (folder / "01.pdf").write_bytes(draw(publication()))
    (folder / "02.pdf").write_bytes(draw(publication(funds=150_000)))
    (folder / "03.txt").write_text(tabbed(publication(funds=150_000)), encoding="utf-8")
    shutil.copy(folder / "01.pdf", folder / "附件" / "04.pdf")
    shutil.copy(folder / "01.pdf", folder / "00.pdf")
    (folder / "05.pdf").write_bytes(b"%PDF-1.7\nand then nothing")
    (folder / "06.txt").write_text("没有表格的一封信。", encoding="utf-8")
    for number in range(7, 11):
        (folder / "附件" / f"{number:02}.pdf").write_bytes(draw(publication(f"项目{number}")))
    return folder


@pytest.fixture(scope="module")
def expected(files: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one machine makes of them."""
    db = tmp_path_factory.mktemp("one") / "one.duckdb"
    assert run_script("ingest", files, "--db", db).returncode == 1  # one file is broken
    return export(db)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "DOCUMENTS_PER_PART", 2)
    monkeypatch.setattr(loading, "DOCUMENTS_AT_ONCE", 1)


def really_parse_all(paths: Iterable[Path]) -> Generator[FileRows]:
    for path in paths:
        yield reading_of(parse(path).model_copy(update={"fingerprint": READER}))


def read(files: Path, share: Share, to: Path) -> Summary:
    with into_parts(to, Means(READER, really_parse_all), share) as destination:
        planned = plan(shared(find_files([files]), [files], share), destination.known)
        return destination.ingest(planned, lambda _: None)


def load(db: Path, *folders: Path) -> LoadSummary:
    with Warehouse(db, READER) as warehouse:
        return load_parts(folders, warehouse, lambda _: None)


def told_by(db: Path) -> str:
    """All rows, as the package's own reader would have signed them."""
    return export(db).replace(f'"{READER}"', f'"{fingerprint()}"')


def test_every_file_is_in_one_share_wherever_its_folder_is(files: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mounted elsewhere"
    shutil.copytree(files, elsewhere)
    here = [shared(find_files([files]), [files], Share(number, 3)).files for number in (1, 2, 3)]
    there = [shared(find_files([elsewhere]), [elsewhere], Share(number, 3)).files for number in (1, 2, 3)]
    assert sorted(str(path) for share in here for path in share) == sorted(map(str, find_files([files]).files))
    assert [[str(path).removeprefix(str(files)) for path in share] for share in here] == [
        [str(path).removeprefix(str(elsewhere)) for path in share] for share in there
    ]


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "/2", "²/3"])
def test_what_is_no_share_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="is no share"):
        share_of(text)


def test_shards_in_any_order_and_however_often_are_what_one_machine_reads(
    files: Path, expected: str, tmp_path: Path
) -> None:
    folders = []
    for number in (1, 2, 3):
        read(files, Share(number, 3), tmp_path / "parts")
        folders.append(tmp_path / "parts" / f"shard-{number}-of-3")
    for order, given in enumerate([folders, folders[::-1], folders[1:] + folders[:1]]):
        db = tmp_path / f"{order}.duckdb"
        for folder in (*given, *given):
            load(db, folder)
        assert told_by(db) == expected


def test_parts_given_again_change_nothing(files: Path, tmp_path: Path) -> None:
    read(files, Share(1, 1), tmp_path / "parts")
    db = tmp_path / "db.duckdb"
    first = load(db, tmp_path / "parts")
    again = load(db, tmp_path / "parts", tmp_path / "parts" / "shard-1-of-1")
    assert (first.loaded, first.known) == (5, 0)
    assert (again.loaded, again.known, again.merged.documents) == (0, 5, 0)


def test_a_shard_goes_on_after_an_interruption(files: Path, expected: str, tmp_path: Path) -> None:
    """What was taken in before it stays, sealed, and is not read again."""
    means = Means(READER, interrupted_after(3))
    with pytest.raises(Interrupted), into_parts(tmp_path / "parts", means, Share(1, 1)) as destination:
        destination.ingest(plan(find_files([files]), destination.known), lambda _: None)
    rest = read(files, Share(1, 1), tmp_path / "parts")
    assert (rest.run.documents, rest.run.skipped) == (6, 3)
    load(tmp_path / "db.duckdb", tmp_path / "parts")
    assert told_by(tmp_path / "db.duckdb") == expected


def interrupted_after(count: int) -> ParseAll:
    def parse_some(paths: Iterable[Path]) -> Generator[FileRows]:
        for number, reading in enumerate(really_parse_all(paths)):
            if number == count:
                raise Interrupted("It was interrupted.")
            yield reading

    return parse_some


def test_two_shards_of_which_one_is_killed_and_started_again(files: Path, expected: str, tmp_path: Path) -> None:
    moments = random.Random(3)
    parts = tmp_path / "parts"
    other = subprocess.Popen(
        command("ingest", files, "--shard", "1/2", "--to", parts), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(3):
        kill_in_small_parts(files, parts, moments.uniform(0.5, 2.0))
    assert run_script("ingest", files, "--shard", "2/2", "--to", parts).returncode in {0, 1}
    assert other.wait(60) in {0, 1}
    db = tmp_path / "db.duckdb"
    assert run_script("load", parts, "--db", db).returncode == 1  # one document had failed
    assert export(db) == expected
    assert run_script("load", parts, "--db", db).returncode == 0
    assert export(db) == expected


def kill_in_small_parts(files: Path, parts: Path, seconds: float) -> None:
    script = (
        "import sys; from perftable_etl.ingest import shards; shards.DOCUMENTS_PER_PART = 1;"
        "from perftable_etl.__main__ import main; main()"
    )
    arguments = ("ingest", str(files), "--shard", "2/2", "--to", str(parts))
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_parts_that_are_half_written_changed_or_foreign_are_named_and_left_out(files: Path, tmp_path: Path) -> None:
    read(files, Share(1, 1), tmp_path / "parts")
    half, changed, foreign, old, _ = sorted((tmp_path / "parts" / "shard-1-of-1").glob("part-*"))
    (half / NAME).unlink()
    with (changed / "indicators.parquet").open("ab") as file:
        file.write(b"x")
    (foreign / NAME).write_text('{"format": "another"}', encoding="utf-8")
    manifest = (old / NAME).read_text("utf-8")
    (old / NAME).write_text(manifest.replace('"schema_version": ', '"schema_version": 9'), encoding="utf-8")
    summary = load(tmp_path / "db.duckdb", tmp_path / "parts")
    assert summary.loaded == 1
    assert summary.exit_code == 1
    told = {part.folder.name: part.reason for part in summary.left_out}
    assert list(told) == [half.name, foreign.name, old.name, changed.name]
    assert "half-written" in told[half.name]
    assert "indicators.parquet has changed" in told[changed.name]
    assert "not one of perftable-etl" in told[foreign.name]
    assert "its tables have version" in told[old.name]


def test_what_the_database_has_read_itself_stays(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "db.duckdb"
    assert run_script("ingest", files / "附件", "--db", db).returncode == 0
    before = export(db)
    read(files, Share(1, 1), tmp_path / "parts")
    with Warehouse(db) as warehouse:
        load_parts([tmp_path / "parts"], warehouse, lambda _: None)
    kept = [line for line in before.splitlines() if '"": "indicators"' in line]
    assert set(kept) <= set(export(db).splitlines())


def test_a_later_reader_s_reading_takes_the_place_of_an_earlier_one_s(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "db.duckdb"
    read(files, Share(1, 1), tmp_path / "earlier")
    with into_parts(tmp_path / "later", Means("later reader", later_parse_all), Share(1, 1)) as destination:
        destination.ingest(plan(find_files([files]), destination.known), lambda _: None)
    load(db, tmp_path / "later")
    later = export(db)
    assert load(db, tmp_path / "earlier").merged.documents == 0
    assert export(db) == later
    other = tmp_path / "other.duckdb"
    load(other, tmp_path / "earlier")
    load(other, tmp_path / "later")
    assert export(other) == later


def later_parse_all(paths: Iterable[Path]) -> Generator[FileRows]:
    for reading in really_parse_all(paths):
        yield reading.with_document(fingerprint="later reader")


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一封信", encoding="utf-8")
    alone = run_script("ingest", tmp_path / "a.txt", "--shard", "1/2")
    assert alone.returncode == 2
    assert "--shard needs --to DIR" in alone.stderr
    both = run_script("ingest", tmp_path / "a.txt", "--to", tmp_path / "parts", "--db", tmp_path / "x.duckdb")
    assert both.returncode == 2
    assert "--to writes parts, and --db names a database" in both.stderr
    assert not (tmp_path / "parts").exists()
    nowhere = run_script("load", tmp_path / "nowhere", "--db", tmp_path / "x.duckdb")
    assert nowhere.returncode == 2
    assert "is no folder" in nowhere.stderr
