"""The list of sources, `sources.toml`: what it says as a whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.ingest.config.dataset import DatasetSettings
from perftable_etl.ingest.config.notify import NotifySettings, ReportSettings
from perftable_etl.ingest.config.publish import PublishSettings
from perftable_etl.ingest.config.sources import HttpSettings, SourceSettings
from perftable_etl.ingest.config.values import Place, PlaceOrAddress, TomlTable


class Config(TomlTable):
    """What `sources.toml` says; every source has what [defaults] say unless it says otherwise itself.

    `db` is the database that is loaded into, `archive` the folder or the address in a store that keeps the bytes of
    all that was fetched, `layouts` a folder of layouts that are used before the built-in ones.
    """

    db: Place
    archive: Annotated[PlaceOrAddress, Field(validate_default=True)] = Path("archive")
    layouts: Place | None = None
    defaults: HttpSettings = HttpSettings()
    report: ReportSettings | None = None
    notify: NotifySettings | None = None
    publish: PublishSettings = PublishSettings()
    dataset: DatasetSettings = DatasetSettings()
    sources: tuple[Annotated[SourceSettings, Field(discriminator="kind")], ...] = Field(alias="source")

    @property
    def max_bytes(self) -> int:
        """The most bytes of a file that some source may bring in."""
        return max((source.max_bytes for source in self.sources), default=MAX_BYTES)

    @model_validator(mode="after")
    def _require_names_once(self) -> Self:
        for name, count in Counter(source.name for source in self.sources).items():
            if count > 1:
                raise ValueError(f"{count} sources are named {name}; give each its own name")
        return self
