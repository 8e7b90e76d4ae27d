"""The report as JSON to a web address."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from perftable_etl.ingest.config import NotifySettings
from perftable_etl.notify.secrets import Secrets, place_of
from perftable_etl.report.run_report import RunReport
from perftable_etl.report.run_text import report_json
from perftable_etl.version import VERSION


class Webhook:
    """Posts reports to one address, which may be a secret itself: services put their token into it."""

    def __init__(self, settings: NotifySettings, secrets: Secrets) -> None:
        self._settings = settings
        self._secrets = secrets

    @property
    def to(self) -> str:
        """Where it leads, fit to be shown."""
        return place_of(str(self._settings.webhook)) if self._settings.webhook else str(self._settings.webhook_from)

    def send(self, report: RunReport) -> None:
        """Posts the report once. Raises OSError, HTTPException, ReportError, ValueError."""
        headers = {"Content-Type": "application/json", "User-Agent": f"perftable-etl/{VERSION}"}
        headers |= {name: self._secrets.header(variable) for name, variable in self._settings.webhook_headers.items()}
        request = Request(self._address(), report_json(report).encode(), headers, method="POST")
        try:
            build_opener(_NoRedirects).open(request, timeout=self._settings.timeout).close()
        except HTTPError as error:
            error.close()
            raise

    def is_final(self, error: Exception) -> bool:
        """Whether the server has understood and does not want it, or the address is none."""
        if isinstance(error, HTTPError):
            return 300 <= error.code < 500 and error.code not in (408, 429)
        return isinstance(error, ValueError)

    def _address(self) -> str:
        if self._settings.webhook_from:
            return self._secrets.value(self._settings.webhook_from)
        address = str(self._settings.webhook)
        self._secrets.keep(address.partition("://")[2].partition("/")[2])
        return address


class _NoRedirects(HTTPRedirectHandler):
    """What is meant for one address, secrets among it, goes to no other."""

    def redirect_request(self, *_: Any) -> None:
        """Leaves the redirect as the error it then is."""
