from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from perftable_etl.ingest.config import Config
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.source import PublicationSource
from tests.servers import Site, site

Opener = Callable[..., PublicationSource]


class Clock:
    """Time that passes only where someone waits for it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with site() as served:
        yield served


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def opener(clock: Clock, tmp_path: Path) -> Iterator[Opener]:
    """Opens one source with these settings; it is closed with the test."""
    with ExitStack() as stack:

        def opened(**settings: object) -> PublicationSource:
            config = Config.model_validate(
                {"db": "it.duckdb", "source": [{"name": "it", **settings}]}, context={"folder": tmp_path}
            )
            (source,) = stack.enter_context(open_sources(config, Pace(clock.sleep, clock.now)))
            return source

        yield opened
