"""What is wrong in a config, key by key, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from perftable_etl.ingest.config.config import Config
from perftable_etl.ingest.config.notify import MailSettings, NotifySettings, ReportSettings
from perftable_etl.ingest.config.publish import PublishSettings
from perftable_etl.ingest.config.sources import KINDS, HttpSettings
from perftable_etl.ingest.config.values import TomlTable

_TABLES: Mapping[str, type[TomlTable]] = {
    "defaults": HttpSettings,
    "report": ReportSettings,
    "notify": NotifySettings,
    "publish": PublishSettings,
}


def complaint_of(detail: ErrorDetails, data: Mapping[str, Any]) -> str:
    """One line: at which table, which key, what is allowed."""
    match detail["loc"]:
        case ("source", int(number), *keys):
            kind = KINDS.get(str(keys[0])) if keys else None
            return f"{_title(number, data)}: {_wrong(keys[1:], detail, kind)}"
        case ("notify", "mail", *keys) if keys:
            return f"[notify.mail]: {_wrong(keys, detail, MailSettings)}"
        case (str(name), *keys) if name in _TABLES:
            return f"[{name}]: {_wrong(keys, detail, _TABLES[name])}"
        case keys:
            return _wrong(keys, detail, Config)


def _title(number: int, data: Mapping[str, Any]) -> str:
    name = data["source"][number].get("name") if isinstance(data["source"][number], dict) else None
    return f"[[source]] {number + 1}" + (f" ({name})" if name else "")


def _wrong(keys: Sequence[int | str], detail: ErrorDetails, table: type[BaseModel] | None) -> str:
    key = f"{'.'.join(map(str, keys))}: " if keys else ""
    match detail["type"]:
        case "extra_forbidden" if table:
            allowed = sorted(field.alias or name for name, field in table.model_fields.items())
            return f"{key}is not a known key; the known keys are {', '.join(allowed)}"
        case "union_tag_invalid" | "union_tag_not_found":
            return f"kind: must be one of {', '.join(KINDS)}"
        case "missing":
            return f"{key}is required"
        case "value_error":
            return f"{key}{detail['ctx']['error']}"
        case _:
            return f"{key}{detail['msg'][0].lower()}{detail['msg'][1:]}"
