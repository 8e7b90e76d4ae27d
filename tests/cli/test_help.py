"""Help is found, is whole, and fits a terminal of 80 columns."""

from __future__ import annotations

import re
from inspect import getdoc

import pytest
from rich.cells import cell_len
from typer.main import get_command
from typer.testing import CliRunner

from perftable_etl.cli import app
from perftable_etl.errors import PerftableError
from perftable_etl.schema.names import SchemaFile
from tests.cli.script import run_script

LAYOUT = ["layout", "layout draft", "layout test"]
COMMANDS = ["", *LAYOUT, *(command.callback.__name__ for command in app.registered_commands if command.callback)]


def help_of(command: str, *, columns: int = 80) -> str:
    result = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": str(columns)})
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns(command: str) -> None:
    assert [line for line in help_of(command).splitlines() if cell_len(line) > 80] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_word_of_the_help_is_broken_or_left_out(command: str) -> None:
    narrow, wide = (help_of(command, columns=columns).split() for columns in (80, 400))
    assert [word for word in wide if word not in narrow] == []
    assert [word for word in narrow if re.search(r"\w\.\.\.$", word)] == []


def test_every_command_is_listed_with_what_it_does() -> None:
    listed = dict(re.findall(r"^  (\w+) +(.*)$", help_of("").partition("Commands:")[2], re.MULTILINE))
    for command in app.registered_commands:
        assert command.callback is not None
        summary = (getdoc(command.callback) or "").splitlines()[0]
        assert listed[command.callback.__name__] == summary


def test_help_is_made_of_sentences() -> None:
    commands = {"": get_command(app), **vars(get_command(app))["commands"]}
    commands |= vars(commands["layout"])["commands"]
    texts = {(name, each.name): str(each.help) for name, command in commands.items() for each in command.params}
    assert {where: text for where, text in texts.items() if not re.fullmatch(r"[A-Z].*\.", text)} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_h_is_help(command: str) -> None:
    assert CliRunner().invoke(app, [*command.split(), "-h"], env={"COLUMNS": "80"}).stdout == help_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_call_without_arguments_is_no_fault_of_the_program(command: str) -> None:
    error = CliRunner().invoke(app, command.split()).exception
    assert error is None or isinstance(error, (SystemExit, PerftableError))


def test_all_schemas_are_named() -> None:
    for name in SchemaFile:
        assert f"  {name}\n" in help_of("schema")


def test_shells_complete_commands_and_options() -> None:
    for words, last, expected in (("perftable-etl pub", 1, "publish"), ("perftable-etl ingest --ver", 2, "--verify")):
        env = {"_PERFTABLE_ETL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(last)}
        assert run_script(env=env).stdout.split() == [expected]


def test_a_call_without_a_command_gets_the_help_as_it_is() -> None:
    result = run_script(env={"COLUMNS": "80"})
    assert result.returncode == 2
    assert result.stderr.splitlines()[1:] == help_of("").splitlines()[1:]
