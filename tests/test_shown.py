"""Names and texts of others that command a terminal, through every output; and addresses, back through `retry`."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftable_etl.cli import main
from perftable_etl.ingest.config import Config
from perftable_etl.notify.mail import Mail
from perftable_etl.notify.secrets import Secrets
from perftable_etl.report.run_report import RunReport
from perftable_etl.screen import is_safe
from tests.outcomes import fake_parse
from tests.servers import Answer, Site, site

ODD = "a\x1b[2J\r\x07\x9b31m\u202efdp\nerror: forged\u2028.pdf"
SOURCE = "财政局\x1b]0;owned\x07"


Run = Callable[..., tuple[int, str, str]]
"""A command as from a shell in the test's folder: exit status, standard output and standard error."""


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.chdir(folder)

    def run_command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["perftable-etl", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main(fake_parse)
        return int(ended.value.code or 0), *capsys.readouterr()

    yield run_command
    for number, handler in handlers.items():
        signal.signal(number, handler)


def assert_safe(*texts: str) -> None:
    for text in texts:
        assert [character for character in text if character != "\n" and not is_safe(character)] == []
        assert "\nerror: forged" not in text


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with site() as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inbox with a file of an odd name that fails, and one that is read."""
    inbox = tmp_path / "inbox" / "上海"
    inbox.mkdir(parents=True)
    (inbox / ODD).write_text("bad", encoding="utf-8")
    (inbox / ODD.replace(".pdf", ".txt")).write_text("good", encoding="utf-8")
    (inbox / "空.pdf").write_text("bad too", encoding="utf-8")
    return tmp_path


def config(folder: Path, *sources: str) -> None:
    head = 'db = "work.duckdb"\n[defaults]\ninterval = 0\nretries = 0\n[report]\nfolder = "reports"\n'
    (folder / "sources.toml").write_text(head + "".join(sources), encoding="utf-8")


def source(kind: str, name: str = SOURCE, **settings: object) -> str:
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    return f'[[source]]\nkind = "{kind}"\nname = {json.dumps(name)}\n{lines}'


INBOX = source("local", "inbox", folders=["inbox"])


def test_nothing_that_was_found_commands_a_terminal(run: Run, folder: Path) -> None:
    for options in (
        [],
        ["--json", "--again"],
        ["--again", "--log-format", "text"],
        ["--again", "--log-format", "json"],
    ):
        _, out, err = run("ingest", "inbox", "--db", "work.duckdb", *options)
        assert_safe(out, err)
        assert "fdp" in out + err
    for options in ([], ["--json"]):
        assert_safe(*run("status", "--db", "work.duckdb", *options)[1:])
        assert_safe(*run("inspect", Path("inbox") / "上海" / ODD, *options)[1:])
        assert_safe(*run("publish", "--db", "work.duckdb", "--to", f"pub{SOURCE}", *options)[1:])
    failed = json.loads(run("status", "--db", "work.duckdb", "--json")[1])["contents"]["quarantined"]
    assert (folder / "inbox" / "上海" / ODD).as_uri() in {row["source_uri"] for row in failed}
    assert_safe(*run("retry", "--db", "work.duckdb", f"none{ODD}")[1:])
    assert_safe(*run("retry", "--db", "work.duckdb")[1:])
    for wrong in (["inspect", ODD], ["inspect", "a", ODD], ["status", "--db", ODD], [ODD], ["publish", "--keep", ODD]):
        assert_safe(*run(*wrong)[1:])


def test_nothing_that_a_server_says_commands_a_terminal_or_a_mail(run: Run, folder: Path, web: Site) -> None:
    """Odd names of files, sources and links; the report as text, as JSON and as mail."""
    web.serve("/", Answer(f'<a href="/%1B%5B2J.pdf">{ODD}</a><a href="/b.pdf">\x9b</a>'.encode(),
                          headers={"Content-Type": "text/html"}))  # fmt: skip
    web.serve("/b.pdf", Answer(b"\x1b[2J<html>"))
    config(folder, source("web", pages=[web.url("/")]), INBOX)
    for options in (["--dry-run"], ["--dry-run", "--json"], [], ["--json"], ["--log-format", "text"]):
        status, out, err = run("sync", "--config", "sources.toml", *options)
        assert status in {0, 1}
        assert_safe(out, err)
    reports = sorted((folder / "reports").iterdir())
    assert len(reports) == 6
    assert_safe(*(path.read_text("utf-8") for path in reports))
    settings = {"mail": {"host": "smtp.example.org", "from": "a@example.org", "to": ["b@example.org"]}}
    notify = Config.model_validate({"db": "x", "source": [], "notify": settings}).notify
    assert notify is not None
    assert notify.mail is not None
    for path in reports:
        if path.suffix == ".json":
            message = Mail(notify.mail, Secrets())._message(RunReport.model_validate_json(path.read_text("utf-8")))
            body = message.get_body()
            assert body is not None
            assert_safe(
                message["Subject"], body.get_content(), *(part.get_content() for part in message.iter_attachments())
            )


def test_a_config_that_is_wrong_is_told_line_by_line(run: Run, folder: Path) -> None:
    config(folder, '[[source]]\nkind = "web"\nname = "x\\n\\u001b"\nlinkz = "a"\n[[source]]\nkind = "nosuch"\n')
    _, out, err = run("sync", "--config", "sources.toml")
    assert_safe(out, err)
    lines = err.splitlines()
    assert lines[0] == "error: sources.toml has errors:"
    assert lines[1].startswith(r"  [[source]] 1 (x\n\x1b): pages: is required")
    assert len(lines) == 4


def test_what_is_shown_is_understood_again(run: Run, folder: Path, web: Site) -> None:
    url = web.serve("/%E5%85%AC%E5%BC%80/%E7%A9%BA.pdf", Answer(status=404))
    config(folder, source("urls", urls=[url]), INBOX)
    decoded = web.url("/公开/空.pdf")
    _, out, err = run("sync", "--config", "sources.toml")
    assert f"failed: {decoded} " in err
    assert "failed: inbox/上海/空.pdf is text, not a PDF" in err
    (report,) = (folder / "reports").glob("*.txt")
    assert f"): {decoded} is gone" in report.read_text("utf-8")
    assert "): inbox/上海/空.pdf is text" in report.read_text("utf-8")
    _, out, _ = run("status", "--db", "work.duckdb")
    assert "%E" not in out
    (odd,) = (line for line in out.splitlines() if "fdp" in line and "wrong_content" in line)
    shown = [decoded, "inbox/上海/空.pdf", next(cell for cell in odd.split("  ") if cell.startswith("inbox/"))]
    for address in shown:
        assert address in out
        assert run("retry", "--db", "work.duckdb", address)[:2] == (0, f"{address}\n")
    assert run("retry", "--db", "work.duckdb") == (0, "", "")


def test_a_file_is_named_as_one_likes(run: Run, folder: Path) -> None:
    run("ingest", "inbox", "--db", "work.duckdb")
    path = folder / "inbox" / "上海" / "空.pdf"
    for word in ("inbox/上海/空.pdf", "./inbox/上海/空.pdf", "上海/空.pdf", str(path), f"file://{path}", path.as_uri()):
        assert run("retry", "--db", "work.duckdb", word) == (0, "inbox/上海/空.pdf\n", ""), word
        assert run("ingest", path, "--db", "work.duckdb")[0] == 1


def test_metrics_are_written_by_each_command_that_works_on_a_database(run: Run, folder: Path) -> None:
    config(folder, INBOX)
    for command in (
        ["ingest", "inbox", "--db", "work.duckdb"],
        ["sync", "--config", "sources.toml"],
        ["publish", "--db", "work.duckdb", "--to", "published"],
    ):
        status, _, err = run(*command, "--metrics", f"{command[0]}.prom")
        text = (folder / f"{command[0]}.prom").read_text("utf-8")
        assert f'perftable_exit_status{{command="{command[0]}",database="work.duckdb"}} {float(status)}\n' in text
        assert 'status="review"} 1.0\n' in text
        assert "warning" not in err
    _, _, err = run("publish", "--db", "work.duckdb", "--to", "p2", "--metrics", "none/it.prom")
    assert err.startswith("warning: the metrics none/it.prom could not be written")
