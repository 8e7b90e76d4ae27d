"""docs/operations.md and deploy/ hold: the tables say what errors says, the config is one, the commands run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import PerftableError, ReadError, SourceError
from perftable_etl.ingest.config import read_config
from perftable_etl.load.lock import one_job
from perftable_etl.load.publish import publish as publish_snapshot
from perftable_etl.load.rules import Rules
from perftable_etl.pipeline import parse
from perftable_etl.schema.names import SchemaFile
from tests.drawing.redraw import SAMPLES
from tests.servers import Answer, site

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
SCRIPT = [sys.executable, "-m", "perftable_etl"]


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def quoted(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def kinds(error: type[PerftableError]) -> Iterator[type[PerftableError]]:
    """The error and all that it can be more exactly."""
    yield error
    for kind in error.__subclasses__():
        yield from kinds(kind)


def of_files(error: type[PerftableError]) -> bool:
    """Whether it ends the reading of one file, or of one source, and not the command."""
    return issubclass(error, ReadError | SourceError) and error not in {ReadError, SourceError}


def run(folder: Path, *arguments: str | Path) -> Result:
    """Runs a command in a folder."""
    with chdir(folder):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], obj=parse)


def silence() -> Iterator[bytes]:
    """The body of an answer that never comes to its end."""
    yield b"%PDF-1.7"
    for _ in range(600):
        time.sleep(0.1)
        yield b"."


def work(folder: Path, more: str = "") -> Path:
    """A folder with a config, and one file that can be read in its one source."""
    (folder / "inbox").mkdir()
    shutil.copy(SAMPLES / "cac-2024.txt", folder / "inbox")
    source = 'db = "work.duckdb"\n[[source]]\nkind = "local"\nname = "inbox"\nfolders = ["inbox"]\n'
    (folder / "sources.toml").write_text(source + more, encoding="utf-8")
    return folder


def test_the_exit_codes_are_those_of_the_errors() -> None:
    expected: dict[int, set[str]] = {0: set()}
    for error in kinds(PerftableError):
        if not of_files(error) or error.exit_code != SourceError.exit_code:
            expected.setdefault(error.exit_code, set()).add(error.code)
    assert {int(row[0]): quoted(row[1]) for row in table("Exit codes")} == expected


def test_every_code_of_a_file_is_explained() -> None:
    codes = [code for row in table("Files that fail") for code in quoted(row[0])]
    assert len(codes) == len(set(codes))
    assert set(codes) == {error.code for error in kinds(PerftableError) if of_files(error)}


def test_the_config_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "sources.toml"
    path.write_text(example, encoding="utf-8")
    config = read_config(path)
    assert {source.kind for source in config.sources} == {"web", "urls", "fsspec", "local"}
    assert config.notify is not None
    assert config.notify.mail is not None


def test_the_block_to_paste_is_whole(tmp_path: Path) -> None:
    """It was run on a bare Debian with systemd. Here: files are there, config and unit agree."""
    (block,) = re.findall(r"## Install\n.*?```sh\n(.*?)```", PAGE, re.DOTALL)
    (config,) = re.findall(r"<<'END'\n(.*?)\nEND\n", block, re.DOTALL)
    assert block.index("useradd") < block.index("doctor") < block.index("journalctl -u perftable-etl")
    assert subprocess.run(["sh", "-n", "-c", block], check=False).returncode == 0
    for name in re.findall(r"(?:deploy|samples)/[\w./-]+", block):
        assert (ROOT / name).is_file(), name
    (tmp_path / "sources.toml").write_text(config, encoding="utf-8")
    settings = read_config(tmp_path / "sources.toml")
    assert settings.report
    assert isinstance(settings.archive, Path)
    assert {path.parts[:4] for path in (settings.db, settings.archive, settings.report.folder)} == {
        ("/", "var", "lib", "perftable-etl")
    }
    assert "StateDirectory=perftable-etl\n" in (DEPLOY / "perftable-etl.service").read_text("utf-8")


def test_the_system_ends_a_worker_and_not_the_job() -> None:
    assert "\nOOMPolicy=continue\n" in (DEPLOY / "perftable-etl.service").read_text("utf-8")


def test_the_first_run_and_what_comes_after_it(tmp_path: Path) -> None:
    """The commands as they stand on the page; then a lost database comes back out of a snapshot."""
    work(tmp_path)
    first_run = re.findall(r"```sh\n(perftable-etl sync.*?)```", PAGE, re.DOTALL)[0]
    for line in first_run.splitlines():
        result = run(tmp_path, *shlex.split(line)[1:])
        assert (result.exit_code, result.stderr) == (0, ""), line
    assert "Documents: 1 ok." in result.stdout
    shutil.copy(tmp_path / "published" / "perftable.duckdb", tmp_path / "work.duckdb")
    (tmp_path / "work.duckdb").chmod(0o644)
    assert "Skipped: 1 read before." in run(tmp_path, "sync", "--config", "sources.toml").stdout


def test_the_snapshot_before_is_led_back_to(tmp_path: Path) -> None:
    db = work(tmp_path) / "work.duckdb"
    run(tmp_path, "ingest", "inbox", "--db", db)
    names = []
    for _ in range(2):
        publication = publish_snapshot(db, tmp_path / "published", keep=2, rules=Rules(0))
        names.append(publication.snapshot.name)
    (command,) = re.findall(r"`(ln -sfn .*?)`", PAGE)
    if sys.platform == "linux":
        subprocess.run(command.replace("NAME", names[0]), shell=True, cwd=tmp_path, check=True)
        assert json.loads((tmp_path / "published" / "latest.json").read_text("utf-8"))["name"] == names[0]


def test_a_file_is_tried_again_when_it_is_told_to(tmp_path: Path) -> None:
    work(tmp_path)
    (tmp_path / "inbox" / "page.pdf").write_text("<html>", encoding="utf-8")
    sync = ("sync", "--config", "sources.toml")
    assert run(tmp_path, *sync).exit_code == 1
    assert "1 waiting" in run(tmp_path, *sync).stdout
    assert run(tmp_path, "retry", "--db", "work.duckdb").stdout == "inbox/page.pdf\n"
    assert run(tmp_path, *sync).exit_code == 1


def test_a_night_is_reported_in_the_folder_to_the_hook_and_in_the_log(tmp_path: Path) -> None:
    with site() as web:
        hook = web.serve("/hook", Answer(b"ok"))
        work(tmp_path, f'[report]\nfolder = "reports"\n[notify]\non = "always"\nwebhook = "{hook}"\n')
        logged = ("--config", "sources.toml", "--log-format", "json")
        synced = run(tmp_path, "sync", *logged)
        published = run(tmp_path, "publish", "--db", "work.duckdb", "--to", "published", *logged)
        with one_job(tmp_path / "work.duckdb", "ingest"):
            refused = run(tmp_path, "sync", *logged)
        sent = [json.loads(request.body) for request in web.requests]
    assert [(report["command"], report["exit_code"]) for report in sent] == [("sync", 0), ("publish", 0), ("sync", 75)]
    assert sent[2]["fault"]["code"] == "busy"
    kept = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "reports").glob("*.json")]
    assert sorted(kept, key=lambda report: report["started_at"]) == sent
    assert len(list((tmp_path / "reports").iterdir())) == 6
    lines = [[json.loads(line) for line in result.stderr.splitlines()] for result in (synced, published, refused)]
    events = [[line["event"] for line in each] for each in lines]
    assert events == [["run_started", "document_read", "run_finished"], ["snapshot_published"], ["failed"]]
    assert {line["run_id"] for line in lines[0]} == {sent[0]["run_id"]}


def test_a_job_that_the_system_ends_is_reported_with_its_run(tmp_path: Path) -> None:
    with site() as web:
        url = web.serve("/slow.pdf", Answer(silence))
        (tmp_path / "sources.toml").write_text(
            f'db = "work.duckdb"\n[[source]]\nkind = "urls"\nname = "slow"\nurls = ["{url}"]\n'
            '[report]\nfolder = "reports"\n',
            encoding="utf-8",
        )
        with subprocess.Popen(
            [*SCRIPT, "sync", "--config", "sources.toml"], cwd=tmp_path, stderr=subprocess.DEVNULL
        ) as job:
            while not web.asked["/slow.pdf"]:
                assert job.poll() is None
                time.sleep(0.05)
            job.terminate()
    (path,) = (tmp_path / "reports").glob("*.json")
    report = json.loads(path.read_text("utf-8"))
    (interrupted,) = json.loads(run(tmp_path, "status", "--db", "work.duckdb", "--json").stdout)["contents"]["runs"]
    assert (job.returncode, report["exit_code"], report["fault"]["code"]) == (143, 143, "terminated")
    assert (interrupted["run_id"], interrupted["finished_at"]) == (report["run_id"], None)
    assert " interrupted " in run(tmp_path, "status", "--db", "work.duckdb").stdout


def test_a_hook_that_is_down_is_a_warning(tmp_path: Path) -> None:
    with site() as web:
        work(tmp_path, f'[notify]\non = "always"\nwebhook = "{web.url("/none")}"\n')
        result = run(tmp_path, "sync", "--config", "sources.toml")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: the run's report did not reach ")


def test_events_of_the_log_are_all_named() -> None:
    journal = (ROOT / "src" / "perftable_etl" / "report" / "journal.py").read_text("utf-8")
    written = set(re.findall(r'"((?:run|document|source|gate|snapshot|report)_[a-z]+|failed)"', journal)) - {"run_id"}
    assert written <= quoted(PAGE.partition("Events: ")[2].partition("\n\n")[0])


def test_metrics_are_all_named() -> None:
    written = set(
        re.findall(r"perftable_[a-z_]+", (ROOT / "src" / "perftable_etl" / "report" / "metrics.py").read_text())
    )
    assert {name for row in table("Metrics") for name in quoted(row[0])} == written - {"perftable_etl"}


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
    assert SchemaFile.RUN_REPORT in PAGE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in ("perftable-etl.service", "perftable-etl.timer"):
        # It looks for the program, which is not installed where tests run.
        text = (DEPLOY / name).read_text("utf-8").replace("/opt/perftable-etl/bin/perftable-etl", "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in ("perftable-etl.service", "perftable-etl.timer")]
    result = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (result.returncode, [line for line in result.stderr.splitlines() if "perftable" in line]) == (0, [])


def commands() -> Iterator[list[str]]:
    """Every call of the program in deploy/, its arguments alone."""
    for name in ("perftable-etl.service", "crontab"):
        text = (DEPLOY / name).read_text("utf-8")
        for line in re.findall(r"/opt/perftable-etl/bin/perftable-etl ([^;>\n]+)", text):
            yield shlex.split(line)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_calls_of_deploy_are_understood(command: list[str], tmp_path: Path) -> None:
    """With files of their own, for those they name are not there."""
    work(tmp_path)
    run(tmp_path, "ingest", "inbox", "--db", "work.duckdb")
    places = {"--db": "work.duckdb", "--to": "published", "--config": "sources.toml"}
    here = [places.get(before, word) for before, word in zip(["", *command], command, strict=False)]
    assert run(tmp_path, *here).exit_code == 0


def test_the_line_of_the_crontab_has_five_times_and_no_percent_sign() -> None:
    (line,) = [line for line in (DEPLOY / "crontab").read_text("utf-8").splitlines() if not line.startswith("#")]
    *times, command = line.split(maxsplit=5)
    assert all(re.fullmatch(r"\*|\d+", time) for time in times)
    assert command.startswith("cd ")
    assert "%" not in line  # cron ends the line there
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0


def test_the_container_is_made_of_what_is_there_and_is_not_root() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", "")
    steps = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert {step[0] for step in steps} <= {
        "ARG", "FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENTRYPOINT", "CMD",
    }  # fmt: skip
    copied = [name for step in steps if step[0] == "COPY" and "--from=build" not in step for name in step[1:-1]]
    assert all((ROOT / name).exists() for name in copied)
    assert [step[1] for step in steps if step[0] == "USER"] == ["perftable"]
    assert {step[1] for step in steps if step[0] == "FROM"} == {"${PYTHON}"}  # whoever builds gives a digest
