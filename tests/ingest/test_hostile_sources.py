"""Sources that do harm beside a good one, night after night: the good files are there, none is blamed for others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from perftable_etl.errors import InternalFault
from perftable_etl.ingest import crew
from perftable_etl.ingest import sync as sync_module
from perftable_etl.ingest.config import Config
from perftable_etl.ingest.limits import DEFAULT_LIMITS
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.web import WebSource
from perftable_etl.ingest.stored_archive import archive_at
from perftable_etl.ingest.sync import sync
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.clock import now
from tests.ingest.sources.conftest import Clock
from tests.outcomes import fake_parse
from tests.servers import Answer, Site, site

NIGHTS = 5
GOOD = [f"good-{number}.pdf" for number in range(5)]
ENDLESS = Answer(status=503, headers={"Retry-After": "300"})


def page(html: str, **headers: str) -> Answer:
    return Answer(html.encode(), headers={"Content-Type": "text/html", **headers})


def links(*names: str) -> str:
    return "".join(f'<a href="{name}">{name}</a>' for name in names)


def pdf(name: str) -> Answer:
    return Answer(b"%PDF-1.7\n" + name.encode(), headers={"ETag": f'"{name}"'})


@pytest.fixture
def good(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server with five files that can be had."""
    monkeypatch.setenv("NO_PROXY", "*")
    with site() as served:
        for name in GOOD:
            served.serve(f"/{name}", pdf(name))
        yield served


@pytest.fixture
def bad(good: Site) -> Iterator[Site]:
    """Another server on the same host."""
    with site() as served:
        yield served


class Night(NamedTuple):
    """What a run did, and how long it took on the clock of the sources, in seconds."""

    summary: Summary
    seconds: float


class Job(NamedTuple):
    """A database and an archive in a folder, and the sources that fill them."""

    folder: Path
    sources: tuple[dict[str, object], ...]
    monkeypatch: pytest.MonkeyPatch

    def run(self, night: int) -> Night:
        clock = Clock()
        self.monkeypatch.setattr(sync_module, "now", lambda: now() + timedelta(days=night))
        config = Config.model_validate({"db": "work.duckdb", "source": self.sources}, context={"folder": self.folder})
        with Warehouse(config.db) as warehouse, open_sources(config, Pace(clock.sleep, clock.now)) as sources:
            summary = sync(sources, warehouse, archive_at(config.archive), read_one_by_one, lambda _: None)
        return Night(summary, clock.time)

    def ledger(self) -> dict[str, str]:
        """The state of each file by its name."""
        with Warehouse(self.folder / "work.duckdb") as warehouse:
            return {uri.rpartition("/")[2]: row.state for uri, row in warehouse.ledger().items()}


def read_one_by_one(files):  # type: ignore[no-untyped-def]
    return crew.parse_all(files, fake_parse, 1, DEFAULT_LIMITS)


def web(name: str, address: str, **settings: object) -> dict[str, object]:
    return {"kind": "web", "name": name, "pages": [address], "interval": 0, "retries": 1, **settings}


def assert_good_files_are_read(job: Job) -> None:
    states = job.ledger()
    assert {states[name] for name in GOOD} <= {"ok", "review"}


def test_five_nights_beside_all_of_them(good: Site, bad: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead link among the good ones, a nested page, an encoding that is none, a server in endless maintenance."""
    good.serve("/", page(links("http://127.0.0.1:1/dead.pdf", *GOOD)))
    nested = bad.serve("/nested", page("<div>" * 15_000 + links("never.pdf")))
    undefined = bad.serve("/undefined", page('<meta charset="undefined">' + links("odd.pdf")))
    bad.serve("/odd.pdf", pdf("odd"))
    with site() as resting:
        late = [f"late-{number}.pdf" for number in range(20)]
        index = resting.serve("/", page(links(*late)))
        for name in late:
            resting.serve(f"/{name}", ENDLESS)
        sources = (
            web("nested", nested),
            web("undefined", undefined),
            web("resting", index, retries=3),
            web("good", good.url("/")),
        )
        job = Job(tmp_path, sources, monkeypatch)
        nights = [job.run(night) for night in range(NIGHTS)]
    assert_good_files_are_read(job)
    states = job.ledger()
    assert states["odd.pdf"] in {"ok", "review"}
    assert {states[name] for name in late if name in states} <= {"pending"}
    assert all(night.seconds < 3600 for night in nights)
    assert [night.summary.exit_code for night in nights] == [1] * NIGHTS
    said = " ".join(trouble.message for trouble in nights[-1].summary.troubles)
    for word in ("127.0.0.1:1", "nests more than", "asked us to wait"):
        assert word in said


def test_a_dead_port_leaves_the_other_ports_of_its_host_alone(
    good: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ["http://127.0.0.1:1/dead.pdf", *(good.url(f"/{name}") for name in GOOD)]
    job = Job(tmp_path, ({"kind": "urls", "name": "it", "urls": addresses, "interval": 0, "retries": 0},), monkeypatch)
    summary = job.run(0).summary
    assert_good_files_are_read(job)
    assert [trouble.code for trouble in summary.troubles] == ["not_asked"]


def test_what_was_not_asked_for_keeps_its_state(good: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [good.url(f"/{name}") for name in GOOD]
    job = Job(tmp_path, ({"kind": "urls", "name": "it", "urls": addresses, "interval": 0, "retries": 0},), monkeypatch)
    job.run(0)
    before = job.ledger()
    good.serve("/robots.txt", Answer(status=503))
    nights = [job.run(night) for night in range(1, 1 + NIGHTS)]
    assert job.ledger() == before
    assert {night.summary.exit_code for night in nights} == {1}


def test_a_source_has_its_time_and_no_more(good: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file fails slowly, and the rest is left for the next night."""
    slow = [f"slow-{number}.pdf" for number in range(50)]
    good.serve("/", page(links(*slow, *GOOD)))
    for name in slow:
        good.serve(f"/{name}", Answer(status=500))
    settings = web("it", good.url("/"), retries=3, max_run_seconds=120)
    night = Job(tmp_path, (settings,), monkeypatch).run(0)
    assert night.seconds <= 120
    assert {trouble.code for trouble in night.summary.troubles} == {"unreachable", "over_budget"}
    assert any("max_run_seconds" in trouble.message for trouble in night.summary.troubles)


@pytest.mark.parametrize("stage", ["list", "fetch"])
def test_a_fault_of_ours_in_one_source_ends_that_source_alone(
    good: Site, bad: Site, stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good.serve("/", page(links(*GOOD)))
    faulty = bad.serve("/", page(links("x.pdf")))
    sound = getattr(WebSource, stage)

    def stumble(source: WebSource, *arguments: object) -> object:
        if source.name == "faulty":
            raise RuntimeError("not\nforeseen")
        return sound(source, *arguments)

    monkeypatch.setattr(WebSource, stage, stumble)
    job = Job(tmp_path, (web("faulty", faulty), web("good", good.url("/"))), monkeypatch)
    summary = job.run(0).summary
    assert_good_files_are_read(job)
    (trouble,) = summary.troubles
    assert (trouble.code, summary.exit_code) == ("internal", InternalFault.exit_code) == ("internal", 70)
    assert "RuntimeError: not foreseen" in trouble.message
