"""The report as a message to people: DingTalk, WeCom, Feishu, Slack and all else that apprise knows.

The only module that knows apprise. An address of a service holds its token, so all of them come from the environment.
"""

from __future__ import annotations

import logging

from perftable_etl.errors import ReportError
from perftable_etl.notify.secrets import Secrets
from perftable_etl.report.run_report import RunReport
from perftable_etl.report.run_text import report_text, title


class Services:
    """Sends reports to the services whose addresses an environment variable holds, parted by white space or commas."""

    def __init__(self, variable: str, secrets: Secrets) -> None:
        self._variable = variable
        self._secrets = secrets

    @property
    def to(self) -> str:
        """Where it leads, fit to be shown."""
        return f"the services of {self._variable}"

    def send(self, report: RunReport) -> None:
        """Sends the report once to each. Raises ReportError where an address is none, or apprise is not installed."""
        addresses = self._secrets.value(self._variable).replace(",", " ").split()
        try:
            import apprise  # noqa: PLC0415 - an extra, and slow to load
        except ImportError as error:
            raise ReportError(
                f"the run's report was not sent to {self.to}: install perftable-etl[notify], which brings apprise."
            ) from error
        logging.getLogger("apprise").disabled = True  # it would print addresses
        services = apprise.Apprise()
        unknown = [number for number, address in enumerate(addresses, start=1) if not services.add(address)]
        if unknown:
            numbers = ", ".join(map(str, unknown))
            raise ReportError(f"no service is known for address {numbers} of {self._variable}. Correct it there.")
        if not services.notify(title=title(report), body=report_text(report)):
            raise ConnectionError("not all of them accepted it")

    def is_final(self, _: Exception) -> bool:
        """Some may have taken it: a second try would send it to them twice."""
        return True
