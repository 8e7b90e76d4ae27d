"""The sources a config names, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from perftable_etl.ingest.config import Config, FsspecSettings, LocalSettings, SourceSettings, WebSettings
from perftable_etl.ingest.sources.local import LocalSource
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.source import PublicationSource
from perftable_etl.ingest.sources.stores import FsspecSource
from perftable_etl.ingest.sources.web import UrlsSource, WebSource


@contextmanager
def open_sources(config: Config, pace: Pace | None = None) -> Iterator[tuple[PublicationSource, ...]]:
    """All sources of a config, in its order; their connections end with the block. Raises ConfigError.

    They share one `pace`, so that two sources on one host are not twice as hasty.
    """
    shared = pace or Pace()
    with ExitStack() as stack:
        yield tuple(_open(settings, shared, stack) for settings in config.sources)


def _open(settings: SourceSettings, pace: Pace, stack: ExitStack) -> PublicationSource:
    match settings:
        case LocalSettings():
            return LocalSource(settings)
        case FsspecSettings():
            return FsspecSource(settings)
        case WebSettings():
            return stack.enter_context(closing(WebSource(settings, pace)))
        case _:
            return stack.enter_context(closing(UrlsSource(settings, pace)))
