"""Random histories of publications against a small model: nothing valid is hidden, nothing replaced is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftable_etl.load.relation_findings import RELATION_CODES
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Funding, MediaType, Outcome
from tests.examples import examples
from tests.load.test_relations import remove
from tests.outcomes import DECLARATION, outcome_of

PUBLISHERS = ("水务局", "民政局", "档案馆")
BRANCHES = ("", "信息中心")
NAMES = ("宣传", "信息化运维", "设备购置", "培训")
YEARS = (2025, 2026)
FORMATS: tuple[MediaType, ...] = ("application/pdf", "text/plain")


class Subject(NamedTuple):
    """What makes projects of two publications the same."""

    publisher: str
    year: int
    branch: str
    name: str


@dataclass(frozen=True)
class Publication:
    """A file: who publishes it for which year, in which format, and the amount of each project."""

    number: int
    media_type: MediaType
    amounts: tuple[tuple[Subject, int], ...]

    @property
    def file_name(self) -> str:
        return f"{self.number}.pdf"

    @property
    def outcome(self) -> Outcome:
        first = self.amounts[0][0]
        return outcome_of(
            self.file_name.encode(),
            self.file_name,
            media_type=self.media_type,
            organization=first.publisher,
            fiscal_year=first.year,
            declarations=tuple(self._declaration(ordinal) for ordinal in range(len(self.amounts))),
            findings=(),
            status="ok",
        )

    def _declaration(self, ordinal: int) -> Declaration:
        subject, amount = self.amounts[ordinal]
        return DECLARATION.model_copy(
            update={
                "ordinal": ordinal + 1,
                "fiscal_year": subject.year,
                "name": subject.name,
                "competent_department": subject.publisher,
                "implementing_unit": subject.publisher + subject.branch,
                "funding": Funding(annual_funds=Decimal(amount)),
            }
        )


@dataclass
class History:
    """What was published in order, and what of it is in the database: files may be taken out of it again."""

    publications: list[Publication] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    related: set[int] = field(default_factory=set)
    amounts: dict[Subject, int] = field(default_factory=dict)

    @property
    def remaining(self) -> list[Publication]:
        return [publication for publication in self.publications if publication.number not in self.removed]

    def current(self) -> set[tuple[Subject, int]]:
        """The model: of each project in each format the amount counts that was published last; an old one said again is
        old. What text says counts only where no PDF says it.
        """
        last: dict[tuple[Subject, MediaType], tuple[int, int]] = {}
        first: dict[tuple[Subject, int], int] = {}
        in_pdf = set()
        for publication in self.remaining:
            for statement in publication.amounts:
                first.setdefault(statement, publication.number)
                if publication.media_type == "application/pdf":
                    in_pdf.add(statement)
        for publication in self.remaining:
            for subject, amount in publication.amounts:
                key, said = (subject, publication.media_type), (first[subject, amount], amount)
                last[key] = max(last.get(key, said), said)
        return {
            (subject, amount)
            for (subject, media_type), (_, amount) in last.items()
            if media_type == "application/pdf" or (subject, amount) not in in_pdf
        }


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Publications that are partial, corrected, copied into the other format, and removed."""
    history = History()
    for number in range(draw(st.integers(2, 8))):
        copied = [one for one in history.publications if _can_be_copied(one, history)]
        if copied and draw(st.integers(0, 2)) == 0:
            history.publications.append(_copy(draw(st.sampled_from(copied)), number))
        else:
            history.publications.append(_publication(draw, history, number))
        if draw(st.integers(0, 3)) == 0:
            history.removed.add(draw(st.integers(0, number)))
        if draw(st.booleans()):
            history.related.add(number)
    return history


def _can_be_copied(publication: Publication, history: History) -> bool:
    """Text may be copied from a PDF as often as one likes; a second PDF of an old text is a new publication."""
    return publication.media_type == "application/pdf" or not any(
        set(other.amounts) & set(publication.amounts) and other.media_type != publication.media_type
        for other in history.publications
    )


def _copy(publication: Publication, number: int) -> Publication:
    (other,) = (media_type for media_type in FORMATS if media_type != publication.media_type)
    return Publication(number, other, publication.amounts)


def _publication(draw: st.DrawFn, history: History, number: int) -> Publication:
    publisher, year = draw(st.sampled_from(PUBLISHERS)), draw(st.sampled_from(YEARS))
    possible = [Subject(publisher, year, branch, name) for branch in BRANCHES for name in NAMES]
    chosen = draw(st.lists(st.sampled_from(possible), min_size=1, unique=True))
    for index, subject in enumerate(chosen):
        if subject not in history.amounts or draw(st.booleans()):
            history.amounts[subject] = 100 * (number + 1) + index  # never published before
    media_type = draw(st.sampled_from(FORMATS))
    return Publication(number, media_type, tuple((subject, history.amounts[subject]) for subject in chosen))


def play(history: History, path: Path) -> None:
    """Publishes and removes all in its order, and relates what is there now and then, and at the end."""
    with Warehouse(path) as warehouse:
        for publication in history.publications:
            warehouse.store(publication.outcome)
            if publication.number in history.related:
                warehouse.relate()
        if not history.removed:
            warehouse.relate()
    if history.removed:
        remove(path, *(f"{number}.pdf" for number in history.removed))
        with Warehouse(path) as warehouse:
            warehouse.relate()


def query(database: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return database.execute(sql).fetchall()


def shown(database: duckdb.DuckDBPyConnection) -> list[tuple[Subject, int]]:
    rows = query(
        database,
        "SELECT competent_department, fiscal_year, implementing_unit, name, annual_funds::BIGINT FROM current_projects",
    )
    return sorted(
        (Subject(publisher, year, unit.removeprefix(publisher), name), amount)
        for publisher, year, unit, name, amount in rows
    )


def related(database: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """All that follows from how documents relate."""
    return [
        *query(database, "SELECT project_id, superseded_by, duplicate_of FROM projects ORDER BY ALL"),
        *query(database, "SELECT document_id, superseded_by, status FROM documents ORDER BY ALL"),
        *query(database, "SELECT * FROM findings ORDER BY ALL"),
    ]


def check(history: History) -> None:
    with TemporaryDirectory() as folder:
        played, anew = Path(folder, "played.duckdb"), Path(folder, "anew.duckdb")
        play(history, played)
        play(History(history.remaining), anew)
        with duckdb.connect(played, read_only=True) as database, duckdb.connect(anew, read_only=True) as fresh:
            assert shown(database) == sorted(history.current())
            _check_findings(database)
            _check_missing(history, database)
            assert related(database) == related(fresh), "it depends on what is gone, or on when it was related"


def _check_findings(database: duckdb.DuckDBPyConnection) -> None:
    codes = ", ".join(f"'{code}'" for code in RELATION_CODES if code != "not_published_again")
    pairs = (
        "SELECT project_id, coalesce(superseded_by, duplicate_of) AS other_id FROM projects"
        " WHERE coalesce(superseded_by, duplicate_of) IS NOT NULL"
    )
    told = f"SELECT project_id FROM findings WHERE code IN ({codes})"
    assert not query(database, f"SELECT * FROM ({pairs}) WHERE project_id NOT IN ({told})")
    assert not query(database, f"SELECT * FROM ({pairs}) WHERE other_id NOT IN ({told})")
    warned = "SELECT document_id FROM findings WHERE severity <> 'info'"
    assert not query(database, f"SELECT * FROM documents WHERE (status = 'review') <> (document_id IN ({warned}))")


def _check_missing(history: History, database: duckdb.DuckDBPyConnection) -> None:
    """What a PDF has, and a later PDF of the same unit and year that shares a project with it has not, is told."""
    told = set(
        query(
            database,
            "SELECT file_name, implementing_unit, name FROM findings JOIN projects USING (document_id, project_id)"
            " JOIN documents USING (document_id) WHERE code = 'not_published_again'",
        )
    )
    pdfs = [one for one in history.remaining if one.media_type == "application/pdf"]
    current = query(
        database,
        "SELECT file_name, implementing_unit, name FROM current_projects JOIN documents USING (document_id)",
    )
    for index, publication in enumerate(pdfs):
        subjects = {subject for subject, _ in publication.amounts}
        if any(subjects & {subject for subject, _ in later.amounts} for later in pdfs[index + 1 :]):
            rows = {(publication.file_name, one.publisher + one.branch, one.name) for one in subjects}
            assert rows & set(current) <= told


@examples(12)
@given(histories())
def test_what_counts_is_what_was_published_last(history: History) -> None:
    check(history)


@pytest.mark.slow
@settings(max_examples=600)
@given(histories())
def test_what_counts_is_what_was_published_last_in_many_histories(history: History) -> None:
    check(history)
