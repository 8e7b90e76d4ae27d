"""The report by mail."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from perftable_etl.ingest.config import MailSettings
from perftable_etl.notify.secrets import Secrets
from perftable_etl.report.run_report import RunReport
from perftable_etl.report.run_text import report_json, report_text, title


class Mail:
    """Sends reports over one mail server."""

    def __init__(self, settings: MailSettings, secrets: Secrets) -> None:
        self._settings = settings
        self._secrets = secrets

    @property
    def to(self) -> str:
        """Where it leads, fit to be shown."""
        return f"{self._settings.host}:{self._settings.port}"

    def send(self, report: RunReport) -> None:
        """Sends the report once. Raises OSError, SMTPException, ReportError."""
        settings = self._settings
        with self._server() as server:
            if settings.encryption == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.user_from and settings.password_from:
                server.login(self._secrets.value(settings.user_from), self._secrets.value(settings.password_from))
            server.send_message(self._message(report))

    def is_final(self, error: Exception) -> bool:
        """Whether the server has understood and does not want it."""
        return isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPRecipientsRefused | ValueError)

    def _server(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.encryption == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
        return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)

    def _message(self, report: RunReport) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = title(report)
        message["From"] = self._settings.sender
        message["To"] = ", ".join(self._settings.to)
        message.set_content(report_text(report))
        message.add_attachment(report_json(report), subtype="json", filename=f"report-{report.run_id}.json")
        return message
