"""Messages and what they are made of: neither says more than the other. `tests/findings.py` holds it for all tests."""

from __future__ import annotations

import ast
import json
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import regex

from perftable_etl.messages import Message, details_of
from perftable_etl.records import Finding
from tests.findings import SOURCES, makes_details, rendered

WORDS = regex.compile(r"[a-z]{2,} |[ ;][a-z]{3,}")
"""A sentence, and no mere join of texts."""

ROOTS = ("normalize", "source_findings", "load")


def test_a_message_is_its_template_with_its_parts() -> None:
    message = Message("{field} {amount:,} on {day}: {pages}", field="annual_funds", amount=Decimal("1000.50"),
                      day=date(2025, 1, 2), pages=[3, 4])  # fmt: skip
    assert message == "annual_funds 1,000.50 on 2025-01-02: 3, 4"
    assert message.details == {
        "template": "{field} {amount:,} on {day}: {pages}",
        "field": "annual_funds",
        "amount": "1000.50",
        "day": "2025-01-02",
        "pages": [3, 4],
    }
    assert rendered(message.details) == message


def test_a_list_may_have_messages() -> None:
    message = Message("bytes ({named}) are not text", named=[Message("line {line}", line=3), "…"])
    assert message == "bytes (line 3, …) are not text"
    assert rendered(message.details) == message


def test_a_message_may_be_part_of_another() -> None:
    inner = Message("page {page} is blank", page=3)
    outer = Message("{what}; {then}", what=inner, then="compare it")
    assert outer == "page 3 is blank; compare it"
    assert outer.details == {
        "template": "{what}; {then}",
        "what": {"template": "page {page} is blank", "page": 3},
        "then": "compare it",
    }


def test_braces_in_what_a_form_prints_are_no_parts() -> None:
    assert Message("it ends in {text}", text="{page}") == "it ends in {page}"


def test_a_finding_has_the_details_of_its_message() -> None:
    finding = Finding(code="no_target", severity="warning", message=Message("page {page} has none", page=2))
    assert (type(finding.message), finding.details) == (str, {"template": "page {page} has none", "page": 2})
    assert Finding(code="no_target", severity="warning", message="it has none").details is None
    assert json.loads(finding.model_dump_json())["details"]["page"] == 2
    assert Finding.model_validate_json(finding.model_dump_json()) == finding
    assert pickle.loads(pickle.dumps(finding)) == finding
    assert len({finding, finding.model_copy()}) == 1


def test_a_finding_said_otherwise_has_other_details() -> None:
    finding = Finding(code="no_target", severity="warning", message=Message("page {page} has none", page=2))
    again = finding.saying(Message("{finding} ({reader} agrees)", finding=finding.said, reader="pdfplumber"))
    assert again.message == "page 2 has none (pdfplumber agrees)"
    assert again.details == {
        "template": "{finding} ({reader} agrees)",
        "finding": {"template": "page {page} has none", "page": 2},
        "reader": "pdfplumber",
    }
    plain = finding.saying("it has none")
    assert (plain.message, plain.details, details_of(plain.said)) == ("it has none", None, None)


def modules_with_findings() -> Iterator[Path]:
    """The files that make findings, or parts of their messages."""
    for path in (path for root in ROOTS for path in sorted((SOURCES / root).rglob("*.py"))):
        if makes_details(path) and regex.search(r"\bFinding\(|_finding\(|\.report\(", path.read_text("utf-8")):
            yield path


@pytest.mark.parametrize("path", list(modules_with_findings()), ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_no_message_is_put_together_past_its_details(path: Path) -> None:
    """A sentence in an f-string would vary, and nobody could tell by what."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            constants = [part.value for part in node.values if isinstance(part, ast.Constant)]
            assert not [text for text in constants if WORDS.search(str(text))], f"line {node.lineno}"
