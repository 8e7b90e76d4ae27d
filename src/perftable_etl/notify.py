"""Bringing a run's report to those who look after the job: a folder, a web address (webhook), mail.

A report that does not get there is a complaint and no more: the run itself has done its work.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from perftable_etl.errors import ReportError
from perftable_etl.ingest.config import Config, MailSettings, NotifySettings
from perftable_etl.report.run_report import RunReport, report_json, report_text, title, write_report
from perftable_etl.version import VERSION

TRIES = 3
PAUSE = 2.0
"""Seconds before the second try, and twice as many before the third."""

Send = Callable[[RunReport], None]


def deliver(report: RunReport, config: Config) -> Iterator[ReportError]:
    """Brings the report wherever the config wants it, and yields why it did not get to some of them."""
    for send in _ways(report, config):
        try:
            send(report)
        except ReportError as error:
            yield error


def _ways(report: RunReport, config: Config) -> Iterator[Send]:
    if config.report:
        yield partial(write_report, folder=config.report.folder)
    notify = config.notify
    if notify is None or (notify.on == "trouble" and report.exit_code == 0):
        return
    if notify.webhook:
        yield partial(_patiently, partial(_post, settings=notify), notify.webhook)
    if notify.mail:
        yield partial(_patiently, partial(_mail, settings=notify.mail), f"{notify.mail.host}:{notify.mail.port}")


def _patiently(send: Send, to: str, report: RunReport) -> None:
    """Sends the report, several times if need be. Raises ReportError."""
    for attempt in range(1, TRIES + 1):
        try:
            send(report)
        except (OSError, HTTPException, smtplib.SMTPException) as error:
            if attempt == TRIES or _is_final(error):
                raise ReportError(
                    f"the run's report did not get to {to} ({_reason(error)}). See to [notify] in the config, "
                    "or to the server it names."
                ) from error
            time.sleep(PAUSE * attempt)
        else:
            return


def _post(report: RunReport, settings: NotifySettings) -> None:
    headers = {"Content-Type": "application/json", "User-Agent": f"perftable-etl/{VERSION}"}
    headers |= {header: _secret(variable) for header, variable in settings.webhook_headers.items()}
    request = Request(str(settings.webhook), report_json(report).encode(), headers, method="POST")
    build_opener(_NoRedirects).open(request, timeout=settings.timeout).close()


class _NoRedirects(HTTPRedirectHandler):
    """What is meant for one address, secrets among it, goes to no other."""

    def redirect_request(self, *_: Any) -> None:
        """Leaves the redirect as the error it then is."""


def _mail(report: RunReport, settings: MailSettings) -> None:
    with _mail_server(settings) as server:
        if settings.encryption == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.user_from and settings.password_from:
            server.login(_secret(settings.user_from), _secret(settings.password_from))
        server.send_message(_message(report, settings))


def _mail_server(settings: MailSettings) -> smtplib.SMTP:
    if settings.encryption == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
    return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)


def _message(report: RunReport, settings: MailSettings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = title(report)
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.to)
    message.set_content(report_text(report))
    message.add_attachment(report_json(report), subtype="json", filename=f"report-{report.run_id}.json")
    return message


def _secret(variable: str) -> str:
    """What the environment holds for the config, which is no place for secrets. Raises ReportError."""
    try:
        return os.environ[variable]
    except KeyError as error:
        raise ReportError(
            f"the run's report was not sent: {variable}, which [notify] names, is not in the environment. Set it there."
        ) from error


def _is_final(error: Exception) -> bool:
    """Whether another try would end the same: the server has understood, and does not want it."""
    if isinstance(error, HTTPError):
        return 300 <= error.code < 500 and error.code not in (408, 429)
    return isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPRecipientsRefused)


def _reason(error: Exception) -> str:
    return f"HTTP {error.code}" if isinstance(error, HTTPError) else f"{type(error).__name__}: {error}"
