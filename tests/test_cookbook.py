"""docs/cookbook.md shows real output: every query and program in it is run on a small database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cookbook import PAGE, Question, answer, make_database, questions


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("cookbook"))


def test_there_are_many_questions_and_each_has_its_answer() -> None:
    queries = [question for question in questions() if question.language == "sql"]
    assert len(queries) == PAGE.read_text("utf-8").count("```sql") >= 25
    assert all(question.shown for question in questions())


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.code.strip().splitlines()[0][:60])
def test_each_answer_is_the_one_that_is_shown(question: Question, database: Path) -> None:
    assert answer(question, database) == question.shown
