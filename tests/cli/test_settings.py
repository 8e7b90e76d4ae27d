"""Where a command's database comes from: --db, else PERFTABLE_DB, else the config's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import UsageError
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import fake_parse, outcome_of

Invoke = Callable[..., Result]

CONFIG = 'db = "{db}"\n[report]\nfolder = "reports"\n[[source]]\nkind = "local"\nname = "inbox"\nfolders = ["inbox"]\n'

LOADED = {"status": ("status",), "retry": ("retry",), "publish": ("publish", "--to", "public")}
CALLS = {**LOADED, "ingest": ("ingest", "inbox"), "sync": ("sync", "--dry-run", "--config", "other.toml")}

WAYS = [
    (("--db", "one.duckdb"), {"PERFTABLE_DB": "other.duckdb", "PERFTABLE_CONFIG": "other.toml"}),
    (("--config", "other.toml"), {"PERFTABLE_DB": "one.duckdb"}),
    ((), {"PERFTABLE_DB": "one.duckdb", "PERFTABLE_CONFIG": "other.toml"}),
    (("--config", "one.toml"), {"PERFTABLE_CONFIG": "other.toml"}),
    ((), {"PERFTABLE_DB": "", "PERFTABLE_CONFIG": "one.toml"}),
]
"""Options and variables that lead to the first database, and where there is a second, not to that."""


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs a command in a folder with a database, and two configs: its own, and that of another database."""
    monkeypatch.chdir(tmp_path)
    for name in ("PERFTABLE_DB", "PERFTABLE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "inbox").mkdir()
    for name in ("one", "other"):
        (tmp_path / f"{name}.toml").write_text(CONFIG.format(db=f"{name}.duckdb"), encoding="utf-8")
    with Warehouse(tmp_path / "one.duckdb") as warehouse:
        warehouse.store(outcome_of(b"%PDF-1"))

    def call(*arguments: str, **env: str) -> Result:
        return CliRunner().invoke(app, arguments, obj=fake_parse, env=env)

    return call


@pytest.mark.parametrize(("options", "env"), WAYS, ids=str)
def test_the_options_come_first_then_the_environment_then_the_config(
    options: tuple[str, ...], env: dict[str, str], invoke: Invoke
) -> None:
    result = invoke("status", *options, **env)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Documents: 1 ")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_command_goes_by_them(call: tuple[str, ...], invoke: Invoke, tmp_path: Path) -> None:
    for options, env in WAYS[1:3]:
        result = invoke(*call, *options, **env)
        assert (result.exit_code, result.stderr) == (0, "")
    assert [path.name for path in tmp_path.glob("*.duckdb")] == ["one.duckdb"]


@pytest.mark.parametrize("call", [*LOADED.values(), CALLS["ingest"]], ids=" ".join)
def test_without_any_database_all_ways_to_name_one_are_told(call: tuple[str, ...], invoke: Invoke) -> None:
    error = invoke(*call).exception
    assert isinstance(error, UsageError)
    for way in ("--db FILE", "PERFTABLE_DB", "--config FILE", "PERFTABLE_CONFIG"):
        assert way in str(error)


def test_sync_without_a_config_says_how_to_name_one(invoke: Invoke) -> None:
    error = invoke("sync", "--db", "one.duckdb").exception
    assert isinstance(error, UsageError)
    assert str(error) == "no config is given. Give one with --config FILE or in PERFTABLE_CONFIG."


@pytest.mark.parametrize("name", ["missing.duckdb", "inbox"])
@pytest.mark.parametrize("call", LOADED.values(), ids=LOADED)
def test_a_database_that_is_not_there_is_a_wrong_call(call: tuple[str, ...], name: str, invoke: Invoke) -> None:
    before = sorted(Path().iterdir())
    error = invoke(*call, "--db", name).exception
    assert isinstance(error, UsageError)
    assert name in str(error)
    assert sorted(Path().iterdir()) == before


def test_an_ingest_with_a_config_is_reported(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "a.pdf").write_text("one", encoding="utf-8")
    invoke("ingest", "inbox", "--config", "one.toml")
    (path,) = (tmp_path / "reports").glob("*.json")
    report = json.loads(path.read_text("utf-8"))
    assert (report["command"], report["tally"]["new"]) == ("ingest", 1)


@pytest.mark.parametrize("command", CALLS)
def test_a_folder_is_no_database_for_any_command(command: str, invoke: Invoke) -> None:
    result = invoke(*CALLS[command], "--db", "inbox")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "inbox is a folder. Name the DuckDB file in it."


@pytest.mark.parametrize("command", LOADED)
def test_a_name_that_no_file_can_have_is_a_wrong_call(command: str, invoke: Invoke) -> None:
    assert isinstance(invoke(*CALLS[command], "--db", "n" * 300).exception, UsageError)
