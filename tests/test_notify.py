"""Reports on their way, to a web server and a mail server on this machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from perftable_etl.errors import Terminated
from perftable_etl.ingest.config import Config
from perftable_etl.notify import deliver
from perftable_etl.report.run_report import report_json
from tests.report.test_run_report import JOB, RUN, SUMMARY
from tests.servers import Answer, Site, site

REPORT = JOB.report_run(SUMMARY)
WELL = JOB.report_run(SUMMARY._replace(run=RUN._replace(failed=0), troubles=()))


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
    monkeypatch.setattr("perftable_etl.notify.PAUSE", 0.01)


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


def test_a_server_with_a_passing_trouble_is_asked_again(web: Site, tmp_path: Path) -> None:
    url = web.serve("/hook", Answer(status=503), Answer(status=429), Answer(b"ok"))
    assert complaints(config(tmp_path, notify={"webhook": url})) == []
    assert web.asked["/hook"] == 3


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (404, 1), (302, 1)])
def test_a_server_that_does_not_take_it_is_a_complaint(web: Site, tmp_path: Path, status: int, tries: int) -> None:
    elsewhere = web.serve("/elsewhere", Answer(b"ok"))
    url = web.serve("/hook", Answer(status=status, headers={"Location": elsewhere}))
    (complaint,) = complaints(config(tmp_path, notify={"webhook": url}))
    assert f"did not get to {url} (HTTP {status})" in complaint
    assert web.asked == {"/hook": tries}


def test_a_secret_that_is_not_there_is_named(web: Site, tmp_path: Path) -> None:
    hook = {"webhook": web.serve("/hook", Answer(b"ok")), "webhook_headers": {"Authorization": "NO_SUCH_TOKEN"}}
    (complaint,) = complaints(config(tmp_path, notify=hook))
    assert "NO_SUCH_TOKEN, which [notify] names, is not in the environment" in complaint
    assert web.asked["/hook"] == 0


def test_a_mail_has_the_report_as_text_and_as_json(mail_server: Controller, mailbox: Mailbox, tmp_path: Path) -> None:
    assert complaints(config(tmp_path, notify={"mail": mail(mail_server)})) == []
    message = message_from_bytes(mailbox.mails[0], policy=policy.default)
    assert message["Subject"] == "perftable-etl sync of 2026-11-22 02:00 UTC: trouble, exit code 1"
    body = message.get_body()
    assert body is not None
    assert "财政局: no answer" in body.get_content()
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
