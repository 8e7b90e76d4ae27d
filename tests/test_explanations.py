"""Every code is explained, in both languages, and the documents say what the command says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from perftable_etl.cli import app
from perftable_etl.errors import ArchiveError, PerftableError, ReadError, SourceError, UsageError
from perftable_etl.explanations.explanation import file_explanations, finding_explanations
from perftable_etl.explanations.lookup import explanation_of
from perftable_etl.explanations.pages import PAGES, page_text
from perftable_etl.records import FindingCode

DOCS = Path(__file__).parent.parent / "docs"


def codes_below(error: type[PerftableError]) -> Iterator[str]:
    yield error.code
    for below in error.__subclasses__():
        yield from codes_below(below)


def test_every_code_of_a_finding_is_explained() -> None:
    assert set(finding_explanations()) == set(get_args(FindingCode))


def test_every_code_of_a_file_that_failed_is_explained() -> None:
    assert set(file_explanations()) == {*codes_below(ReadError), *codes_below(SourceError), ArchiveError.code}


@pytest.mark.parametrize("explanations", [finding_explanations(), file_explanations()])
def test_each_is_said_in_sentences_of_both_languages(explanations: dict[str, object]) -> None:
    for code in explanations:
        words = explanation_of(code).words
        assert all(text.endswith(".") for text in words["en"]), code
        assert all(text.endswith("。") for text in words["zh"]), code


@pytest.mark.parametrize(("name", "language"), PAGES.items())
def test_the_documents_are_as_the_package_has_them(name: str, language: str) -> None:
    """`make schemas` writes them anew."""
    assert (DOCS / name).read_text("utf-8") == page_text("zh" if language == "zh" else "en")


def test_explain_says_what_to_do() -> None:
    result = CliRunner().invoke(app, ["explain", "target_unread"])
    assert result.exit_code == 0
    assert "What to do: Read it on the page." in result.stdout
    as_json = CliRunner().invoke(app, ["explain", "no_text", "--json"])
    assert json.loads(as_json.stdout)["zh"]["action"].endswith("。")


@pytest.mark.parametrize(
    ("word", "near"), [("target_unred", "target_unread"), ("target", "target_damaged"), ("\x1b[1m", "")]
)
def test_of_an_unknown_code_near_ones_are_named(word: str, near: str) -> None:
    with pytest.raises(UsageError) as raised:
        explanation_of(word)
    assert near in str(raised.value)
    assert "\x1b" not in str(raised.value)
