"""The explanations of codes, read from the files of this package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

Language = Literal["en", "zh"]
Figures = Literal["no", "perhaps", "missing"]
"""Whether figures are affected: none; some may be wrong or missing; a value was left empty."""


class CodeText(NamedTuple):
    """What a code means and what to do, in one language."""

    meaning: str
    action: str


class Explanation(NamedTuple):
    """One code. `figures` is None for the code of a file that failed: nothing of it was read."""

    code: str
    figures: Figures | None
    words: Mapping[Language, CodeText]


FIGURES: Mapping[Figures | None, Mapping[Language, str]] = {
    "no": {"en": "No figure is affected.", "zh": "不影响数值。"},
    "perhaps": {"en": "Figures may be wrong or missing.", "zh": "数值可能有误或缺失。"},
    "missing": {"en": "Figures are missing.", "zh": "有数值缺失。"},
    None: {"en": "Nothing of the file was read.", "zh": "文件没有读取。"},
}
"""Whether figures are affected, in words."""


@lru_cache(maxsize=1)
def finding_explanations() -> Mapping[str, Explanation]:
    """The codes of findings, in the order of their names."""
    return _read("findings.toml")


@lru_cache(maxsize=1)
def file_explanations() -> Mapping[str, Explanation]:
    """The codes of files that failed, in the order of their names."""
    return _read("files.toml")


def _read(name: str) -> Mapping[str, Explanation]:
    entries = tomllib.loads((files("perftable_etl.explanations") / name).read_text("utf-8"))
    return {code: _explanation(code, entry) for code, entry in sorted(entries.items())}


def _explanation(code: str, entry: Mapping[str, Any]) -> Explanation:
    return Explanation(code, entry.get("figures"), {"en": CodeText(*entry["en"]), "zh": CodeText(*entry["zh"])})
