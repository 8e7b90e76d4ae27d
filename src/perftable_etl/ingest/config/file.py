"""The file `sources.toml`: read, and every key that is wrong is named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from perftable_etl.errors import ConfigError
from perftable_etl.ingest.config.complaints import complaint_of
from perftable_etl.ingest.config.config import Config
from perftable_etl.ingest.config.sources import KINDS


def read_config(path: Path) -> Config:
    """The config in a file. Raises ConfigError, which names each key that is wrong and what it may be."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be opened ({error.strerror}). Give the path of a config file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error
    try:
        return Config.model_validate(_with_defaults(data), context={"folder": path.parent})
    except ValidationError as error:
        complaints = tuple(f"  {complaint_of(detail, data)}" for detail in error.errors())
        raise ConfigError(f"{path} has errors:", complaints) from error


def _with_defaults(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, each source with those of the defaults that its kind knows and that it does not set itself."""
    defaults, sources = data.get("defaults"), data.get("source")
    if not isinstance(defaults, dict) or not isinstance(sources, list):
        return data
    return {**data, "source": [_filled(source, defaults) for source in sources]}


def _filled(source: Any, defaults: Mapping[str, Any]) -> Any:
    kind = KINDS.get(str(source.get("kind"))) if isinstance(source, dict) else None
    return {**{key: value for key, value in defaults.items() if key in kind.model_fields}, **source} if kind else source
