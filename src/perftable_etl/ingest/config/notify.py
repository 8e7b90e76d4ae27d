"""Who hears of a run: a folder, a web address, mail, message services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, model_validator

from perftable_etl.ingest.config.values import Host, Place, TomlTable, WebUrl, require_some


class ReportSettings(TomlTable):
    """The folder that keeps a report of each run."""

    folder: Place


class MailSettings(TomlTable):
    """A mail server, and who writes to whom. `*_from` name environment variables; `timeout` is in seconds."""

    host: Host
    port: PositiveInt = 587
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = Field(alias="from")
    to: Annotated[tuple[str, ...], AfterValidator(require_some)]
    user_from: str | None = None
    password_from: str | None = None
    timeout: PositiveFloat = 10.0


class NotifySettings(TomlTable):
    """Who is told of a run: always, at any exit code but 0 (failure), or where anything needs a person (trouble).

    The report is sent as JSON to `webhook`, or to the address in the environment variable `webhook_from`, with
    `webhook_headers`: a header, and the environment variable that holds its value. `services_from` names the variable
    with the addresses of message services, as apprise writes them. `timeout` is in seconds.
    """

    on: Literal["always", "trouble", "failure"] = "trouble"
    webhook: WebUrl | None = None
    webhook_from: str | None = None
    webhook_headers: Mapping[str, str] = Field(default_factory=dict)
    timeout: PositiveFloat = 10.0
    mail: MailSettings | None = None
    services_from: str | None = None

    @model_validator(mode="after")
    def _require_one_webhook(self) -> Self:
        if self.webhook and self.webhook_from:
            raise ValueError("must have webhook or webhook_from, not both")
        return self
