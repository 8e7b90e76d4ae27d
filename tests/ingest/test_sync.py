"""sync over and over against a real web server: what is fetched, what is read, what waits, what is left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from perftable_etl.cli import app
from perftable_etl.ingest.ledger import MOST_ATTEMPTS
from perftable_etl.ingest.sources.local import LocalSource
from tests.exports import CONTENT
from tests.outcomes import fake_parse
from tests.servers import Answer, Site, site

SOURCES = """
db = "work.duckdb"
[defaults]
interval = 0
retries = 0
[[source]]
name = "site"
kind = "web"
pages = ["{index}"]
"""
FOLDER = """
[[source]]
name = "folder"
kind = "local"
folders = ["disclosures"]
"""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with site() as served:
        served.serve("/", page("a.pdf", "b.pdf", "c.pdf"))
        for name in "abc":
            serve(served, name, f"content of {name}")
        yield served


@pytest.fixture
def job(web: Site, tmp_path: Path) -> Path:
    """The folder with sources.toml, the database and the archive."""
    (tmp_path / "sources.toml").write_text(SOURCES.format(index=web.url("/")), encoding="utf-8")
    return tmp_path


def page(*names: str) -> Answer:
    """A page that links to files."""
    return Answer(links(*names), headers={"Content-Type": "text/html"})


def links(*names: str) -> bytes:
    return "".join(f'<a href="/{name}">{name}</a>' for name in names).encode()


def pdf(content: str) -> bytes:
    return b"%PDF-1.7\n" + content.encode()


def serve(web: Site, name: str, content: str, tag: str = "1") -> None:
    web.serve(f"/{name}.pdf", Answer(pdf(content), headers={"ETag": f'"{tag}"'}))


def refuse(web: Site, name: str, status: int) -> None:
    web.serve(f"/{name}.pdf", Answer(status=status))


def sync(job: Path, *options: str) -> dict[str, Any]:
    """What the command prints for programs, and its exit code."""
    arguments = ["sync", f"--config={job}/sources.toml", "--json", *options]
    result = CliRunner().invoke(app, arguments, obj=fake_parse)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return {**json.loads(result.stdout), "exit_code": result.exit_code}


def read(report: dict[str, Any]) -> list[str]:
    return [document["file_name"] for document in report["documents"]]


@contextmanager
def nothing_downloaded(web: Site) -> Iterator[None]:
    """But the page of links."""
    sent = web.sent
    yield
    assert web.sent - sent == len(links("a.pdf", "b.pdf", "c.pdf"))


def query(job: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(job / "work.duckdb") as connection:
        return connection.execute(sql).fetchall()


def state_of(job: Path, name: str) -> tuple[Any, ...]:
    (row,) = query(job, f"SELECT state, attempts, reason FROM ledger WHERE source_uri LIKE '%/{name}.pdf'")
    return row


def let_time_come(job: Path) -> None:
    """What waits has waited long enough."""
    query(job, "UPDATE ledger SET retry_at = TIMESTAMP '2000-01-01' WHERE retry_at IS NOT NULL")


def archived(job: Path) -> set[str]:
    return {path.name for path in (job / "archive").rglob("*.*")}


def everything(job: Path) -> dict[str, bytes]:
    """All files of a job and their bytes; what a lock says of its holder left out."""
    return {str(path): path.read_bytes() for path in job.rglob("*") if path.is_file() and path.suffix != ".lock"}


def test_a_second_sync_downloads_nothing(job: Path, web: Site) -> None:
    first = sync(job)
    assert (read(first), first["exit_code"]) == (["a.pdf", "b.pdf", "c.pdf"], 0)
    assert archived(job) == {f"{sha256(pdf(f'content of {name}')).hexdigest()}.pdf" for name in "abc"}
    with nothing_downloaded(web):
        again = sync(job)
    assert (read(again), again["run"]["skipped"], again["exit_code"]) == ([], 3, 0)
    assert web.asked == {"/": 2, "/a.pdf": 2, "/b.pdf": 2, "/c.pdf": 2}


def test_a_changed_file_is_read_again(job: Path, web: Site) -> None:
    sync(job)
    serve(web, "b", "another content", tag="2")
    assert read(sync(job)) == ["b.pdf"]
    assert query(job, "SELECT count(*) FROM documents") == [(4,)]
    assert query(job, "SELECT count(*), count(DISTINCT document_id) FROM ledger") == [(3, 3)]
    assert len(archived(job)) == 4


def test_a_server_that_fails_is_asked_again_when_the_time_has_come(job: Path, web: Site) -> None:
    refuse(web, "b", 500)
    first = sync(job)
    assert (read(first), first["run"]["unreached"], first["exit_code"]) == (["a.pdf", "c.pdf"], 1, 1)
    (trouble,) = first["troubles"]
    assert (trouble["source"], trouble["uri"], trouble["code"]) == ("site", web.url("/b.pdf"), "unreachable")
    serve(web, "b", "recovered")
    waiting = sync(job)
    assert (read(waiting), waiting["run"]["waiting"], waiting["exit_code"]) == ([], 1, 0)
    assert web.asked["/b.pdf"] == 1
    let_time_come(job)
    assert read(sync(job)) == ["b.pdf"]
    assert state_of(job, "b") == ("review", 0, None)


def test_what_fails_night_after_night_is_quarantined_with_the_reason(job: Path, web: Site) -> None:
    refuse(web, "b", 404)
    for night in range(MOST_ATTEMPTS):
        assert len(sync(job)["troubles"]) == 1
        assert state_of(job, "b")[1] == night + 1
        if night + 1 < MOST_ATTEMPTS:
            let_time_come(job)
    state, _, reason = state_of(job, "b")
    assert state == "quarantined"
    assert reason.startswith("not_found: ")
    quiet = sync(job)
    assert (quiet["run"]["quarantined"], quiet["troubles"]) == (1, [])
    assert web.asked["/b.pdf"] == MOST_ATTEMPTS


def test_what_was_read_stays_read_when_the_server_fails_later(job: Path, web: Site) -> None:
    sync(job)
    refuse(web, "b", 500)
    assert sync(job)["exit_code"] == 1
    assert query(job, "SELECT count(*) FROM documents WHERE status = 'review'") == [(3,)]
    serve(web, "b", "content of b")
    let_time_come(job)
    assert read(sync(job)) == []
    assert state_of(job, "b") == ("review", 0, None)


def test_what_cannot_be_read_is_tried_again_from_the_archive(job: Path, web: Site) -> None:
    web.serve("/", page("d.txt"))
    web.serve("/d.txt", Answer(b"bad", headers={"ETag": '"1"'}))
    assert sync(job)["run"]["failed"] == 1
    assert sync(job)["run"]["waiting"] == 1
    let_time_come(job)
    again = sync(job)
    assert (again["run"]["failed"], again["run"]["unchanged"]) == (1, 1)
    assert query(job, "SELECT attempts, reason LIKE 'encrypted: d.txt: %' FROM ledger") == [(2, True)]
    web.serve("/d.txt", Answer(b"mended", headers={"ETag": '"2"'}))
    let_time_come(job)
    assert read(sync(job)) == ["d.txt"]
    assert query(job, "SELECT state, attempts FROM ledger") == [("review", 0)]


def test_a_file_that_disappears_is_not_lost(job: Path, web: Site) -> None:
    sync(job)
    before = query(job, "SELECT last_seen_at FROM ledger WHERE source_uri LIKE '%/b.pdf'")
    web.serve("/", page("a.pdf", "c.pdf"))
    gone = sync(job)
    assert (gone["run"]["skipped"], gone["exit_code"]) == (2, 0)
    assert query(job, "SELECT last_seen_at FROM ledger WHERE source_uri LIKE '%/b.pdf'") == before
    assert query(job, "SELECT count(*) FROM documents") == [(3,)]
    assert len(archived(job)) == 3


def test_an_interrupted_reading_goes_on_from_the_archive(job: Path, web: Site) -> None:
    sync(job)
    forget(job, "b.pdf")
    with nothing_downloaded(web):
        assert read(sync(job)) == ["b.pdf"]
    assert state_of(job, "b") == ("review", 0, None)


def forget(job: Path, name: str) -> None:
    """As if the job had been killed before it stored what it had fetched."""
    ((document_id,),) = query(job, f"SELECT document_id FROM documents WHERE file_name = '{name}'")
    for table in CONTENT:
        query(job, f"DELETE FROM {table.name} WHERE document_id = '{document_id}'")
    query(job, f"UPDATE ledger SET state = 'pending', fingerprint = NULL WHERE source_uri LIKE '%/{name}'")


def test_another_version_reads_all_again_from_the_archive(job: Path, web: Site) -> None:
    sync(job)
    query(job, "UPDATE ledger SET fingerprint = 'other'")
    query(job, "UPDATE documents SET fingerprint = 'other', record_hash = 'other'")
    with nothing_downloaded(web):
        again = sync(job)
    assert (read(again), again["run"]["changed"]) == (["a.pdf", "b.pdf", "c.pdf"], 3)
    assert sync(job)["run"]["skipped"] == 3


def test_what_the_archive_has_lost_is_fetched_again(job: Path, web: Site) -> None:
    sync(job)
    kept = archived(job)
    for path in (job / "archive").rglob("*.pdf"):
        path.unlink()
    again = sync(job)
    assert (read(again), again["left_out"]["copies"], again["run"]["skipped"]) == ([], 0, 3)
    assert archived(job) == kept


def test_two_sources_of_the_same_bytes_are_one_document(job: Path) -> None:
    folder = job / "disclosures"
    folder.mkdir()
    (folder / "mine.pdf").write_bytes(pdf("content of b"))
    with (job / "sources.toml").open("a", encoding="utf-8") as config:
        config.write(FOLDER)
    first = sync(job)
    assert (len(read(first)), first["left_out"]["copies"]) == (3, 1)
    found = query(
        job,
        "SELECT origin, state FROM ledger JOIN documents USING (document_id) WHERE file_name = 'b.pdf' ORDER BY origin",
    )
    assert found == [("folder", "review"), ("site", "review")]
    assert sync(job)["run"]["skipped"] == 4


def test_a_local_file_that_was_another_for_a_moment_is_read_again(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put it back put its clock back, too."""
    path = job / "disclosures" / "mine.pdf"
    path.parent.mkdir()
    path.write_bytes(pdf("mine"))
    with (job / "sources.toml").open("a", encoding="utf-8") as config:
        config.write(FOLDER)
    status, fetch = path.stat(), LocalSource.fetch

    def change_and_fetch(*arguments: Any) -> Any:
        path.write_bytes(pdf("yours"))
        return fetch(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(LocalSource, "fetch", change_and_fetch)
        assert "mine.pdf" in read(sync(job))
    path.write_bytes(pdf("mine"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read(sync(job)) == ["mine.pdf"]


def test_an_unfinished_list_is_a_trouble_and_what_it_has_is_read(job: Path, web: Site) -> None:
    pages = f'{web.url("/")}", "{web.url("/more")}'
    (job / "sources.toml").write_text(SOURCES.format(index=pages), encoding="utf-8")
    web.serve("/more", Answer(status=500))
    report = sync(job)
    assert (read(report), report["exit_code"]) == (["a.pdf", "b.pdf", "c.pdf"], 1)
    ((source, uri, code),) = [(trouble["source"], trouble["uri"], trouble["code"]) for trouble in report["troubles"]]
    assert (source, uri, code) == ("site", None, "incomplete_listing")


def test_what_is_over_budget_comes_with_the_next_runs(job: Path, web: Site) -> None:
    with (job / "sources.toml").open("a", encoding="utf-8") as config:
        config.write(f"max_total_bytes = {len(pdf('content of a')) + 5}\n")
    for name in "abc":
        report = sync(job)
        assert read(report) == [f"{name}.pdf"]
    assert {trouble["code"] for trouble in report["troubles"]} == set()
    assert query(job, "SELECT DISTINCT state, attempts FROM ledger") == [("review", 0)]


@pytest.mark.parametrize("is_first", [True, False], ids=["before the first", "after one"])
def test_a_dry_run_touches_nothing(job: Path, web: Site, is_first: bool) -> None:
    if not is_first:
        sync(job)
        query(job, "CHECKPOINT")
        serve(web, "b", "another content", tag="2")
    before = everything(job)
    plan = sync(job, "--dry-run")
    assert [(file["uri"], file["errand"]) for file in plan["files"]] == [
        (web.url(f"/{name}.pdf"), "read") for name in "abc"
    ]
    assert plan["exit_code"] == 0
    assert everything(job) == before


def test_a_dry_run_tells_of_a_list_that_is_unfinished(job: Path, web: Site) -> None:
    web.serve("/", Answer(status=500))
    plan = sync(job, "--dry-run")
    assert (plan["files"], len(plan["troubles"]), plan["exit_code"]) == ([], 1, 1)


def form_page(target: str, visitors: int) -> Answer:
    head = (
        "<tr><td>项目名称</td><td colspan=3>河道养护</td></tr><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>"
    )
    row = f"<tr><td>产出指标<td>数量指标<td>巡查次数<td>{target}</tr>"
    counter = f"<table><tr><td>您是第{visitors}位访客<td>{visitors}</tr></table>"
    text = f"<html><body><h1>项目支出绩效目标表</h1><table>{head}{row}</table>{counter}</body></html>"
    return Answer(text.encode(), headers={"Content-Type": "text/html", "ETag": f'"{visitors}"'})


def test_a_page_whose_tables_did_not_change_is_the_document_it_was(job: Path, web: Site) -> None:
    """Though a counter on it goes up every night; the archive keeps a copy for each change of its forms."""
    web.serve("/form", form_page("≥12次", 1))
    sources = f'{SOURCES.format(index=web.url("/form"))}read = ["pages", "links"]\n'
    (job / "sources.toml").write_text(sources, encoding="utf-8")
    assert read(sync(job)) == ["form"]
    web.serve("/form", form_page("≥12次", 2))
    assert (read(sync(job)), len(archived(job))) == ([], 1)
    assert query(job, "SELECT etag, state FROM ledger") == [(None, "review")]
    web.serve("/form", form_page("≥24次", 3))
    assert (read(sync(job)), len(archived(job))) == (["form"], 2)
    assert query(job, "SELECT count(DISTINCT document_id) FROM documents") == [(2,)]
