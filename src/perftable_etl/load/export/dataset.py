"""What a data set is called, whose it is, and how it is cited: what only its publisher knows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from perftable_etl.system.clock import now


class Dataset(NamedTuple):
    """A data set as its publisher describes it. Empty texts are not said."""

    title: str = "Budget performance targets of Chinese departments (财政项目支出绩效目标)"
    description: str = (
        "Targets that Chinese departments set for their budget projects and what became of them, read from published "
        "forms (绩效目标申报表, 绩效自评表). Each value has its text as printed and its place in the file."
    )
    authors: tuple[str, ...] = ()
    license: str = ""
    url: str = ""
    doi: str = ""
    version: str = ""

    @property
    def release(self) -> str:
        """The version; the day where none is given."""
        return self.version or self.day.isoformat().replace("-", ".")

    @property
    def day(self) -> date:
        """The day of the release (UTC)."""
        return now().date()

    @property
    def all_authors(self) -> tuple[str, ...]:
        """Who is cited; where nobody is named, who wrote the forms."""
        return self.authors or ("Departments that published the forms",)
