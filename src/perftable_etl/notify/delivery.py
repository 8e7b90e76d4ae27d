"""A run's report on its ways: each is tried, several times if need be, and says why it failed without any secret."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from perftable_etl.errors import Interrupted, ReportError
from perftable_etl.ingest.config import Config, NotifySettings
from perftable_etl.notify.folder import ReportFolder
from perftable_etl.notify.mail import Mail
from perftable_etl.notify.secrets import Secrets
from perftable_etl.notify.services import Services
from perftable_etl.notify.webhook import Webhook
from perftable_etl.report.run_report import RunReport

TRIES = 3
PAUSE = 2.0
"""Seconds before the second try, and twice as many before the third."""


class Way(Protocol):
    """How a report gets to somebody."""

    @property
    def to(self) -> str:
        """Where it leads, fit to be shown."""

    def send(self, report: RunReport) -> None:
        """Sends the report once. Raises whatever the way's library raises."""

    def is_final(self, error: Exception) -> bool:
        """Whether another try would end the same."""


class _Undelivered(NamedTuple):
    """Why a report did not get where it should."""

    way: Way
    error: Exception


def deliver(report: RunReport, config: Config) -> Iterator[ReportError]:
    """Brings the report wherever the config wants it, and yields why it did not get to some of them."""
    secrets = Secrets()
    for way in _ways(report, config, secrets):
        undelivered = _patiently(way, report)
        if undelivered:
            yield _complaint(undelivered, secrets)


def _ways(report: RunReport, config: Config, secrets: Secrets) -> Iterator[Way]:
    if config.report:
        yield ReportFolder(config.report.folder)
    notify = config.notify
    if notify is None or not _is_wanted(notify, report):
        return
    if notify.webhook or notify.webhook_from:
        yield Webhook(notify, secrets)
    if notify.mail:
        yield Mail(notify.mail, secrets)
    if notify.services_from:
        yield Services(notify.services_from, secrets)


def _is_wanted(notify: NotifySettings, report: RunReport) -> bool:
    match notify.on:
        case "always":
            return True
        case "trouble":
            return report.needs_person
        case "failure":
            return report.exit_code != 0


def _patiently(way: Way, report: RunReport) -> _Undelivered | None:
    """Sends the report, several times if need be; why it did not get there."""
    for attempt in range(1, TRIES + 1):
        try:
            way.send(report)
        except Interrupted:
            raise
        except Exception as error:  # libraries differ in what they raise, and no report is worth a run
            if attempt == TRIES or isinstance(error, ReportError) or way.is_final(error):
                return _Undelivered(way, error)
            time.sleep(PAUSE * attempt)
        else:
            return None
    return None


def _complaint(undelivered: _Undelivered, secrets: Secrets) -> ReportError:
    """One line without any secret. The error itself is not its cause: a traceback would print what it quotes."""
    way, error = undelivered
    if isinstance(error, ReportError):
        return ReportError(secrets.without(str(error)))
    reason = secrets.without(" ".join(_reason(error).split()))
    return ReportError(
        f"the run's report did not reach {way.to} ({reason}). Check [notify] in the config, and the server it names."
    )


def _reason(error: Exception) -> str:
    code = getattr(error, "code", None)
    return f"HTTP {code}" if isinstance(code, int) else f"{type(error).__name__}: {error}"
