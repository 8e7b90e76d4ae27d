"""Sites drawn at random: a sync never stumbles over them, and never takes more than its source may."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from perftable_etl.errors import ReadError, WrongContent
from perftable_etl.ingest.config import Config
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.sources import web
from perftable_etl.ingest.sources.client import LARGEST_PAGE, MOST_REDIRECTS
from perftable_etl.ingest.sources.links import LinkPage, WebLink, read_links
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.robots import LONGEST_DELAY
from perftable_etl.ingest.stored_archive import archive_at
from perftable_etl.ingest.sync import sync
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.warehouse import Warehouse
from tests.ingest.random_site import DEEP, LONGEST_ANSWER, RandomSite, Replies, random_replies, random_site
from tests.ingest.sources.conftest import Clock
from tests.outcomes import outcome_of

NIGHTS = 2
MOST_PAGES, MOST_FILES, RETRIES, DEPTH = 4, 8, 1, 2
MOST_BYTES, MOST_TOTAL_BYTES = 50_000, 80_000
MOST_SECONDS = 600.0
IN_BUFFERS = 16 << 20
"""Bytes that the system takes from a server and the client never reads."""

SETTINGS = {
    "kind": "web",
    "name": "it",
    "follow": "",
    "links": r"(?i)\.(pdf|txt)$|odd",
    "depth": DEPTH,
    "interval": 0,
    "retries": RETRIES,
    "timeout": 5,
    "max_pages": MOST_PAGES,
    "max_files": MOST_FILES,
    "max_bytes": MOST_BYTES,
    "max_total_bytes": MOST_TOTAL_BYTES,
    "max_seconds": 300,
    "max_run_seconds": MOST_SECONDS,
}


class PlainLinkReader:
    """Reads pages in this process, so that no error of ours is hidden as a crash of the worker."""

    def close(self) -> None:
        """Nothing to end."""

    def read(self, page: LinkPage) -> tuple[WebLink, ...]:
        """As the worker does."""
        try:
            return read_links(page)
        except ReadError as error:
            raise WrongContent(str(error)) from error


class Night(NamedTuple):
    """What a run did, and what it took of the site."""

    summary: Summary
    site: RandomSite
    seconds: float
    archive: Path


def read_nothing(paths: Iterable[Path]) -> Generator[FileRows]:
    for path in paths:
        outcome = outcome_of(path.read_bytes(), path.name, status="no_forms", declarations=(), findings=())
        yield reading_of(outcome)


def run(replies: Replies, warehouse: Warehouse, folder: Path) -> Iterator[Night]:
    """Night after night of a source whose site answers so."""
    clock = Clock()
    with random_site(replies, clock.sleep) as site:
        source = {**SETTINGS, "pages": [site.url("/")]}
        config = Config.model_validate({"db": "work.duckdb", "source": [source]}, context={"folder": folder})
        for _ in range(NIGHTS):
            clock.time = 0.0
            site.asked.clear()
            with open_sources(config, Pace(clock.sleep, clock.now)) as sources:
                summary = sync(sources, warehouse, archive_at(config.archive), read_nothing, lambda _: None)
            yield Night(summary, site, clock.time, folder / "archive")


def assert_sound(night: Night, seed: int) -> None:
    """Nothing came up that nobody foresaw, all can be told, and nothing half-fetched is left."""
    assert night.summary.exit_code in {0, 1}, seed
    for trouble in night.summary.troubles:
        assert trouble.code != "internal", (seed, trouble)
        assert f"{trouble.uri} {trouble.message}".encode(), seed
    assert list(night.archive.rglob(".partial-*")) == [], seed


def assert_within_limits(night: Night, seed: int) -> None:
    asked = night.site.asked
    deepest = max((int(path.removeprefix(DEEP)) for path in asked if path.startswith(DEEP)), default=0)
    sizes = [path.stat().st_size for path in night.archive.rglob("*") if path.is_file()]
    assert night.seconds <= MOST_SECONDS + LONGEST_ANSWER + LONGEST_DELAY, seed
    assert len(asked) <= (1 + MOST_PAGES + MOST_FILES) * (1 + RETRIES) * (1 + MOST_REDIRECTS), seed
    assert deepest <= 1 + DEPTH, seed
    assert night.site.most_sent <= LARGEST_PAGE + IN_BUFFERS, seed
    assert max(sizes, default=0) <= MOST_BYTES, seed


def check_sites(seeds: range, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(web, "LinkReader", PlainLinkReader)
    with Warehouse(folder / "work.duckdb") as warehouse:
        for seed in seeds:
            place = folder / str(seed)
            place.mkdir()
            for night in run(random_replies(Random(seed)), warehouse, place):
                assert_sound(night, seed)
                assert_within_limits(night, seed)


def test_random_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_sites(range(20), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 500))
def test_two_thousand_random_sites(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_sites(range(first, first + 500), tmp_path, monkeypatch)
