"""Data for the pages of the site, as classic scripts: a page from the disk can load no other data.

No text in them ends a script, a string or a line, whatever a file says: all that HTML or JavaScript could take for a
command is escaped, and so is what would turn the direction of writing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from perftable_etl.screen import safe_json

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_script(name: str, data: Json) -> bytes:
    """A script that gives the pages `data` by the name `name`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f'perftable.give("{name}",{safe_json(text).translate(_ESCAPES)});\n'.encode()
