"""ingest and sync are killed at random moments: nothing is lost, nothing is doubled.

After each kill the database opens, each document is in it whole or not at all, the ledger agrees with it, and what the
archive holds is whole. The run after the kills ends in the very rows of a run that nobody disturbed.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Literal

import duckdb
import pytest

from perftable_etl.system.disk import hash_of
from tests.drawing.flatten import tabbed
from tests.drawing.mupdf import draw
from tests.endings import (
    Ending,
    killed,
    killed_while_a_file_changes,
    killed_with_a_stopped_worker,
    on_a_full_disk,
)
from tests.exports import documents, export
from tests.jobs import Job
from tests.publications import publication
from tests.servers import Answer, Site, site

pytestmark = pytest.mark.apart

Command = Literal["ingest", "sync"]
KILLS_BEFORE_A_RUN = 2

SOURCES = """
db = "work.duckdb"
[defaults]
interval = 0
[[source]]
name = "folder"
kind = "local"
folders = ["{folder}"]
include = ["*.txt"]
[[source]]
name = "site"
kind = "urls"
urls = [{urls}]
"""

AN_OLDER_VERSION_READ_IT = """
UPDATE documents SET fingerprint = 'other', record_hash = 'other' WHERE status <> 'failed';
UPDATE ledger SET fingerprint = 'other' WHERE state <> 'failed';
UPDATE projects SET name = name || '?';
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication and its revision, the text of it, a copy, a broken file, a letter, and some others."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "01.pdf").write_bytes(draw(publication()))
    (folder / "02.pdf").write_bytes(draw(publication(funds=150_000)))
    (folder / "03.txt").write_text(tabbed(publication(funds=150_000)), encoding="utf-8")
    shutil.copy(folder / "01.pdf", folder / "04.pdf")
    (folder / "05.pdf").write_bytes(b"%PDF-1.7\nand then nothing")
    (folder / "06.txt").write_text("没有表格的一封信。", encoding="utf-8")
    for number in range(7, 11):
        (folder / f"{number:02}.pdf").write_bytes(draw(publication(f"项目{number}")))
    return folder


@pytest.fixture(scope="module")
def web(files: Path) -> Iterator[Site]:
    """Serves all files."""
    with pytest.MonkeyPatch.context() as patch, site() as served:
        patch.setenv("NO_PROXY", "*")
        for path in files.iterdir():
            served.serve(f"/{path.name}", Answer(path.read_bytes(), headers={"ETag": f'"{path.name}"'}))
        yield served


def test_two_kills_of_a_sync(files: Path, web: Site, tmp_path: Path) -> None:
    """It does all that ingest does, and fetches."""
    check_kills("sync", files, web, tmp_path, 2)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["ingest", "sync"])
def test_hundred_kills(command: Command, files: Path, web: Site, tmp_path: Path) -> None:
    check_kills(command, files, web, tmp_path, 100)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["ingest", "sync"])
@pytest.mark.parametrize("end", [killed_with_a_stopped_worker, on_a_full_disk])
def test_twenty_other_ends(command: Command, end: Ending, files: Path, web: Site, tmp_path: Path) -> None:
    check_kills(command, files, web, tmp_path, 20, end)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["ingest", "sync"])
def test_twenty_kills_while_a_file_changes(command: Command, files: Path, web: Site, tmp_path: Path) -> None:
    """What the file was for a moment may have been read, too, and is a document of its own then."""
    other = "另一封信。".encode()
    end = killed_while_a_file_changes(files / "06.txt", other)
    check_kills(command, files, web, tmp_path, 20, end, sha256(other).hexdigest())


def check_kills(  # noqa: PLR0913, PLR0917 - what a test is made of
    command: Command, files: Path, web: Site, tmp_path: Path, kills: int, end: Ending = killed, passing: str = ""
) -> None:
    """`passing` is the document that was there for a moment."""
    undisturbed = new_job(command, files, web, tmp_path / "undisturbed")
    duration = undisturbed.run()
    older = read_by_an_older_version(undisturbed, tmp_path / "older")
    moments = random.Random(5)
    beginnings = cycle([None, older])
    for number, beginning in zip(range(0, kills, KILLS_BEFORE_A_RUN), beginnings, strict=False):
        job = new_job(command, files, web, tmp_path / f"killed-{number}")
        if beginning:
            shutil.copytree(beginning, job.folder, dirs_exist_ok=True)
        before = documents(job.db) if job.db.exists() else {}
        for _ in range(KILLS_BEFORE_A_RUN):
            job.run_until(moments.uniform(0, duration), end)
            check_consistent(job, before, documents(undisturbed.db), passing)
        job.run()
        assert without(passing, export(job.db).splitlines()) == export(undisturbed.db).splitlines()
        assert without(passing, contents(job.archive)) == without(passing, contents(undisturbed.archive))
        shutil.rmtree(job.folder)


def without(passing: str, lines: list[str]) -> list[str]:
    """All but the lines about that document, and about its folder in the archive."""
    return [line for line in lines if not passing or (passing not in line and line != passing[:2])]


def new_job(command: Command, files: Path, web: Site, folder: Path) -> Job:
    folder.mkdir()
    if command == "ingest":
        return Job(folder, ("ingest", f"{files}", f"--db={folder}/work.duckdb", f"--archive={folder}/archive"))
    urls = ", ".join(f'"{web.url(f"/{path.name}")}"' for path in sorted(files.iterdir()))
    (folder / "sources.toml").write_text(SOURCES.format(folder=files, urls=urls), encoding="utf-8")
    return Job(folder, ("sync", f"--config={folder}/sources.toml"))


def read_by_an_older_version(job: Job, folder: Path) -> Path:
    """The same as if an older version of the program had read it, and differently."""
    shutil.copytree(job.folder, folder)
    with duckdb.connect(folder / "work.duckdb") as connection:
        connection.execute(AN_OLDER_VERSION_READ_IT)
    return folder


def check_consistent(job: Job, before: dict[str, list[str]], after: dict[str, list[str]], passing: str) -> None:
    if not has_tables(job.db):
        return
    for document_id, rows in documents(job.db).items():
        assert document_id == passing or rows in (before.get(document_id), after.get(document_id))
    with duckdb.connect(job.db, read_only=True) as connection:
        assert connection.execute(DISAGREEMENTS, [passing]).fetchall() == []
    for path in whole_files(job.archive):
        assert hash_of(path) == path.stem


def has_tables(db: Path) -> bool:
    """Not where the kill came before they were made."""
    if not db.exists():
        return False
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute("SELECT 1 FROM duckdb_tables()").fetchone() is not None


DISAGREEMENTS = """
SELECT ledger.source_uri, state, status FROM ledger LEFT JOIN documents USING (document_id)
WHERE state <> 'pending' AND state IS DISTINCT FROM status
UNION ALL
SELECT source_uri, NULL, status FROM documents ANTI JOIN ledger USING (source_uri, document_id)
WHERE document_id <> $1 AND source_uri NOT IN (SELECT source_uri FROM ledger WHERE document_id = $1)
"""
"""A place that was last seen with the passing document ($1) keeps that of before, too."""


def whole_files(archive: Path) -> list[Path]:
    return [path for path in archive.rglob("*.*") if path.is_file() and ".partial-" not in str(path)]


def contents(archive: Path) -> list[str]:
    """All that is in it, whole or not."""
    return sorted(str(path.relative_to(archive)) for path in archive.rglob("*"))
