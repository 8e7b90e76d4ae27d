"""Reports on their way, to a web server and a mail server on this machine."""

from __future__ import annotations

import json
import os
import socket
import sys
import traceback
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from perftable_etl.errors import Terminated
from perftable_etl.ingest.config import Config
from perftable_etl.load.attention import Attention
from perftable_etl.load.visits import Silence
from perftable_etl.notify import deliver
from perftable_etl.report.run_text import report_json, title
from tests.report.test_run_report import JOB, RUN, SUMMARY
from tests.servers import Answer, Site, site

REPORT = JOB.report_run(SUMMARY)
GOOD = SUMMARY._replace(run=RUN._replace(failed=0), results=(), troubles=(), concerns=())
WELL = JOB.report_run(GOOD)
SILENT = Attention(silences=(Silence(source="财政局", kind="empty", nights=3),))
UNFINISHED = JOB.report_run(GOOD._replace(attention=SILENT))


class Mailbox(Sink):
    """Takes any mail, but none for nobody@."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[bytes] = []

    async def handle_RCPT(  # noqa: N802 - its name is aiosmtpd's
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        return "250 OK"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perftable_etl.notify.delivery.PAUSE", 0.01)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as web:
        yield web


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail_server(mailbox: Mailbox) -> Iterator[Controller]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


def config(tmp_path: Path, **settings: object) -> Config:
    content = {"db": "work.duckdb", "source": [], **settings}
    return Config.model_validate(content, context={"folder": tmp_path})


def complaints(config: Config, report: Any = REPORT) -> list[str]:
    return [str(error) for error in deliver(report, config)]


def mail(server: Controller, to: str = "data@example.org") -> dict[str, object]:
    return {"host": "127.0.0.1", "port": server.port, "encryption": "none", "from": "etl@example.org", "to": [to]}


def test_the_folder_keeps_every_report_also_a_good_one(tmp_path: Path) -> None:
    assert complaints(config(tmp_path, report={"folder": "reports"}), WELL) == []
    assert (tmp_path / "reports" / f"report-{RUN.run_id}.json").read_text("utf-8") == report_json(WELL)


def test_a_webhook_gets_the_report_with_the_secret_of_the_environment(
    web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_TOKEN", "Bearer 123")
    hook = {"webhook": web.serve("/hook", Answer(b"ok")), "webhook_headers": {"Authorization": "HOOK_TOKEN"}}
    assert complaints(config(tmp_path, notify=hook)) == []
    (request,) = web.requests
    assert json.loads(request.body) == json.loads(report_json(REPORT))
    assert (request.headers["authorization"], request.headers["content-type"]) == ("Bearer 123", "application/json")


def test_without_trouble_only_who_wants_it_always_is_told(web: Site, tmp_path: Path) -> None:
    url = web.serve("/hook", Answer(b"ok"))
    assert complaints(config(tmp_path, notify={"webhook": url}), WELL) == []
    assert web.asked["/hook"] == 0
    assert complaints(config(tmp_path, notify={"webhook": url, "on": "always"}), WELL) == []
    assert web.asked["/hook"] == 1
    assert complaints(config(tmp_path, notify={"webhook": url}), JOB.report_fault(Terminated("ended"), None)) == []
    assert web.asked["/hook"] == 2


@pytest.mark.parametrize(("on", "times"), [("always", 1), ("trouble", 1), ("failure", 0)])
def test_what_needs_a_person_is_told_though_nothing_failed(web: Site, tmp_path: Path, on: str, times: int) -> None:
    url = web.serve("/hook", Answer(b"ok"))
    assert UNFINISHED.exit_code == 0
    assert complaints(config(tmp_path, notify={"webhook": url, "on": on}), UNFINISHED) == []
    assert web.asked["/hook"] == times


def test_a_server_with_a_passing_trouble_is_asked_again(web: Site, tmp_path: Path) -> None:
    url = web.serve("/hook", Answer(status=503), Answer(status=429), Answer(b"ok"))
    assert complaints(config(tmp_path, notify={"webhook": url})) == []
    assert web.asked["/hook"] == 3


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (404, 1), (302, 1)])
def test_a_server_that_does_not_take_it_is_a_complaint(web: Site, tmp_path: Path, status: int, tries: int) -> None:
    elsewhere = web.serve("/elsewhere", Answer(b"ok"))
    url = web.serve("/hook", Answer(status=status, headers={"Location": elsewhere}))
    (complaint,) = complaints(config(tmp_path, notify={"webhook": url}))
    assert f"did not reach http://127.0.0.1/… (HTTP {status})" in complaint
    assert web.asked == {"/hook": tries}


def test_a_secret_that_is_not_there_is_named(web: Site, tmp_path: Path) -> None:
    hook = {"webhook": web.serve("/hook", Answer(b"ok")), "webhook_headers": {"Authorization": "NO_SUCH_TOKEN"}}
    (complaint,) = complaints(config(tmp_path, notify=hook))
    assert "NO_SUCH_TOKEN, which [notify] names, is not in the environment" in complaint
    assert web.asked["/hook"] == 0


def test_a_mail_has_the_report_as_text_and_as_json(mail_server: Controller, mailbox: Mailbox, tmp_path: Path) -> None:
    assert complaints(config(tmp_path, notify={"mail": mail(mail_server)})) == []
    message = message_from_bytes(mailbox.mails[0], policy=policy.default)
    assert message["Subject"] == title(REPORT)
    body = message.get_body()
    assert body is not None
    assert "https://czj.example.cn/公开/a.pdf: no answer" in body.get_content()
    (attachment,) = message.iter_attachments()
    assert json.loads(attachment.get_content())["run_id"] == RUN.run_id


def test_one_way_that_is_closed_closes_no_other(
    mail_server: Controller, mailbox: Mailbox, web: Site, tmp_path: Path
) -> None:
    closed = config(tmp_path, notify={"webhook": web.url("/none"), "mail": mail(mail_server)})
    assert len(complaints(closed)) == 1
    assert len(mailbox.mails) == 1
    (complaint,) = complaints(config(tmp_path, notify={"mail": mail(mail_server, "nobody@example.org")}))
    assert "SMTPRecipientsRefused" in complaint


def test_a_mail_server_without_the_encryption_asked_for_gets_nothing(
    mail_server: Controller, mailbox: Mailbox, tmp_path: Path
) -> None:
    secure = {**mail(mail_server), "encryption": "starttls"}
    (complaint,) = complaints(config(tmp_path, notify={"mail": secure}))
    assert "STARTTLS" in complaint
    assert mailbox.mails == []


CANARY = "canary4f1e9d7c"


@pytest.mark.parametrize(
    "secret",
    [
        CANARY,
        f"Bearer {CANARY}",
        f"{CANARY}\r\nX-Other: 1",
        f"{CANARY}\n",
        f"令牌{CANARY}",
        f"{CANARY}\x00",
        f"{CANARY}é",
    ],
)
@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_a_secret_in_a_header_is_never_said(
    web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, status: int
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, "HOOK_TOKEN": secret})
    url = web.serve("/hook", Answer(f"no {secret}".encode(), status, {"Location": "/elsewhere"}))
    hook = {"webhook": url, "webhook_headers": {"Authorization": "HOOK_TOKEN"}}
    said = "".join(everything_said(config(tmp_path, notify=hook)))
    assert CANARY not in said
    if not secret.strip().isprintable() or not secret.isascii():
        assert "HOOK_TOKEN" in said
        assert not web.asked


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/{}", "http://{}.invalid/", "http://127.0.0.1:99999/{}", "http://user:{}@127.0.0.1:1/", "{}",
     "ftp://127.0.0.1/{}", "http://[{}", "http://127.0.0.1:1/\n{}"],
)  # fmt: skip
def test_an_address_that_is_a_secret_is_never_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HOOK", address.format(CANARY))
    said = everything_said(config(tmp_path, notify={"webhook_from": "HOOK"}))
    assert len(said) == 1
    assert CANARY not in said[0]
    assert "HOOK" in said[0]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_token_in_an_address_of_the_config_is_never_said(web: Site, tmp_path: Path, status: int) -> None:
    url = web.serve(f"/services/{CANARY}?key={CANARY}", Answer(status=status, headers={"Location": f"/{CANARY}"}))
    (said,) = everything_said(config(tmp_path, notify={"webhook": url}))
    assert CANARY not in said


def test_a_password_of_a_mail_server_is_never_said(
    mail_server: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for secret in (CANARY, f"口令{CANARY}", f"{CANARY}\r\nQUIT"):
        monkeypatch.setenv("SMTP_USER", secret)
        monkeypatch.setenv("SMTP_PASSWORD", secret)
        settings = {**mail(mail_server), "user_from": "SMTP_USER", "password_from": "SMTP_PASSWORD"}
        (said,) = everything_said(config(tmp_path, notify={"mail": settings}))
        assert CANARY not in said


@pytest.mark.parametrize(
    "address",
    [f"nosuch://{CANARY}", f"jsons://127.0.0.1:1/{CANARY}", f"json://127.0.0.1:1/{CANARY}", f"slack://{CANARY}"],
)
def test_the_address_of_a_service_is_never_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("SERVICES", address)
    (said,) = everything_said(config(tmp_path, notify={"services_from": "SERVICES"}))
    assert CANARY not in said
    assert "SERVICES" in said
    assert CANARY not in "".join(capfd.readouterr())


def test_services_get_the_report_as_a_message(web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve("/hook", Answer(b"ok"))
    monkeypatch.setenv("SERVICES", f"json://127.0.0.1:{web.port}/hook, json://127.0.0.1:{web.port}/hook")
    assert complaints(config(tmp_path, notify={"services_from": "SERVICES"})) == []
    first, _ = (json.loads(request.body) for request in web.requests)
    assert first["title"] == title(REPORT)
    assert "https://czj.example.cn/公开/a.pdf: no answer" in first["message"]


def test_without_the_extra_a_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICES", "json://127.0.0.1/hook")
    monkeypatch.setitem(sys.modules, "apprise", None)
    (said,) = complaints(config(tmp_path, notify={"services_from": "SERVICES"}))
    assert "install perftable-etl[notify]" in said


def everything_said(config: Config) -> list[str]:
    """Each complaint with its traceback, as a log would print it."""
    return ["".join(traceback.format_exception(error)) for error in deliver(REPORT, config)]
