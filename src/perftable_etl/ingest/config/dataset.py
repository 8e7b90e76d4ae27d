"""What the publisher of a data set says about it."""

from __future__ import annotations

from perftable_etl.ingest.config.values import TomlTable
from perftable_etl.load.export.dataset import Dataset

_USUAL = Dataset()


class DatasetSettings(TomlTable):
    """How exported data are named and cited; `license` is an identifier of SPDX, `doi` begins with 10."""

    title: str = _USUAL.title
    description: str = _USUAL.description
    authors: tuple[str, ...] = ()
    license: str = ""
    url: str = ""
    doi: str = ""

    def dataset(self, version: str) -> Dataset:
        """The data set in this version."""
        return Dataset(self.title, self.description, self.authors, self.license, self.url, self.doi, version)
