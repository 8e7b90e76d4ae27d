"""`sql` answers queries, changes nothing, reaches nothing else, and says in one line what is wrong with a query."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import PerftableError
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.disk import hash_of
from tests.cli.script import command
from tests.outcomes import outcome_of


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("db") / "a.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
    return path


def asked(db: Path, query: str, form: str = "table") -> Result:
    return CliRunner().invoke(app, ["sql", "--db", str(db), "--format", form, query])


AWKWARD = (
    "SELECT 9999999999999999999999999999.9999999999::DECIMAL(38,10) AS n, '' AS e, NULL AS nothing, '=1+1' AS f,"
    " 'a\nb,\"' AS t, TRUE AS b, DATE '2026-01-02' AS d, TIMESTAMP '2026-01-02 03:04:05.000006' AS m, [1, 2] AS l"
)


def test_csv_and_json_keep_every_value(db: Path) -> None:
    texts = ["9" * 28 + "." + "9" * 10, "", "", "=1+1", 'a\nb,"', "true", "2026-01-02", "2026-01-02 03:04:05.000006"]
    answered = asked(db, AWKWARD, "csv").stdout
    assert next(iter([*csv.reader(io.StringIO(answered))][1:])) == [*texts, "[1, 2]"]
    assert answered.splitlines()[1].startswith(f'{texts[0]},"",,')
    (row,) = json.loads(asked(db, AWKWARD, "json").stdout)
    assert (Decimal(row["n"]), row["e"], row["nothing"], row["b"], row["l"]) == (
        Decimal(texts[0]),
        "",
        None,
        True,
        [1, 2],
    )


def test_columns_of_one_name_are_all_in_the_json(db: Path) -> None:
    assert json.loads(asked(db, "SELECT 1 AS a, 2 AS a", "json").stdout) == [{"a": 1, "a_1": 2}]
    assert json.loads(asked(db, "SELECT 1 AS a WHERE FALSE", "json").stdout) == []


def test_a_table_that_is_piped_has_all_rows_and_columns(db: Path) -> None:
    shown = asked(db, "SELECT i, repeat('x', 200) AS x FROM range(200) AS t(i)").stdout
    assert shown.count("x" * 200) == 200


def test_it_knows_the_parser_of_values(db: Path) -> None:
    assert json.loads(asked(db, "SELECT parse_target('≥90.00(%)').value AS v", "json").stdout) == [
        {"v": "90.0000000000"}
    ]


def test_queries_come_from_standard_input_too(db: Path) -> None:
    answered = subprocess.run(
        command("sql", "--db", db, "--format", "csv"),
        input="SELECT 1 AS a; SELECT ';' AS b -- x\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert answered.stdout == "a\n1\nb\n;\n"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC 1", 'Parser Error: syntax error at or near "SELEC"'),
        ("SELECT nam FROM projects", 'Referenced column "nam" not found'),
        ("DELETE FROM projects", "read-only mode"),
        ("FROM 'https://example.com/a.parquet'", "disabled by configuration"),
        ("FROM read_csv('/etc/passwd')", "disabled by configuration"),
        ("COPY projects TO 'out.csv'", "disabled by configuration"),
        ("INSTALL httpfs", "disabled by configuration"),
        ("ATTACH 'other.duckdb'", "disabled by configuration"),
        ("SET enable_external_access = true", "locked"),
        ("SELECT CAST(target_raw AS INT) FROM indicators", "Could not convert"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_changes_nothing(query: str, said: str, db: Path) -> None:
    before = hash_of(db)
    answered = asked(db, query, "csv")
    assert isinstance(answered.exception, PerftableError)
    assert answered.exception.exit_code == 2
    (line,) = answered.exception.lines
    assert line.startswith("the query cannot be answered: ")
    assert said in line
    assert (answered.stdout, answered.stderr) == ("", "")
    assert hash_of(db) == before
    assert {path.name for path in db.parent.iterdir()} <= {"a.duckdb", "a.duckdb.lock"}


def test_what_is_shown_commands_no_terminal(db: Path) -> None:
    shown = asked(db, "SELECT chr(27) || '[31m' || chr(8238) AS x").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_prompt_answers_until_the_input_ends(db: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command("sql", "--db", db), stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"SELEC 1;\nSELECT 40\n+ 2 AS answer;\n")
        said = _until(ours, "42")
        os.write(ours, b"quit\n")
        said += _until(ours, None)
    os.close(ours)
    assert "the query cannot be answered: Parser Error" in " ".join(said.split())
    assert "read only" in said
    assert process.returncode == 0


def _until(terminal: int, word: str | None) -> str:
    """What is said up to a word, or to the end."""
    said = b""
    while word is None or word.encode() not in said:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
    return said.decode(errors="replace")
