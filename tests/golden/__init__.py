"""Golden files: all that each sample yields, so that a change of any value shows in a diff.

Written on purpose only, by `make golden`; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perftable_etl.document import Place
from perftable_etl.records import Outcome

FOLDER = Path(__file__).parent
_OFF_GRID = 0.0173
"""Added before rounding: producers print at twentieths and quarters of a point, where noise would tip the tenth."""
_EMPTY: tuple[object, ...] = (None, [], "")
_UNSAID = ("phase",)
"""The fields whose default goes without saying."""
_OF_THE_RUN = ("source_uri", "seconds", "fingerprint")


def golden_path(sample: Path) -> Path:
    """Where a sample's golden file is."""
    return FOLDER / f"{sample.name}.outcome.json"


def golden_text(outcome: Outcome) -> str:
    """An outcome as JSON with a line for each finding and each source, boxes to a tenth of a point.

    What is empty or goes without saying is left out, and so is what differs from run to run, and what names the reader.
    """
    plain = {key: value for key, value in _plain(outcome).items() if key not in _OF_THE_RUN}
    return _dump(plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Place):
        return [value.page, *(round(side + _OFF_GRID, 1) for side in value.box)]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(type(value), "model_fields"):
        unsaid = {name: type(value).model_fields[name].default for name in _UNSAID if name in type(value).model_fields}
        fields = {name: _plain(getattr(value, name)) for name in type(value).model_fields}
        return {name: field for name, field in fields.items() if field not in (*_EMPTY, unsaid.get(name))}
    return value if isinstance(value, dict | str | int | float | None) else str(value)


def _dump(value: Any, indent: str = "") -> str:
    """JSON with records of plain values, and lists of them, on one line each."""
    if isinstance(value, dict) and any(isinstance(item, list) and _nests(item) for item in value.values()):
        lines = [f"{indent} {json.dumps(key)}: {_dump(item, indent + ' ')}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and _nests(value):
        lines = [f"{indent} {_dump(item, indent + ' ')}" for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def _nests(items: list[Any]) -> bool:
    return any(isinstance(item, dict) for item in items)
