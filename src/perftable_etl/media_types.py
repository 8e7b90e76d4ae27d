"""The kinds of files that are read."""

from __future__ import annotations

from typing import Literal

MediaType = Literal["application/pdf", "text/plain"]

MEDIA_TYPES: dict[str, MediaType] = {".pdf": "application/pdf", ".txt": "text/plain"}
"""The kind of a file by its ending, in lower case."""
