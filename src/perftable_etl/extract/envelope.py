"""What was sent or saved around a PDF: the file itself is cut out of it, so that every reader sees the same bytes.

A PDF begins with its header and ends with a marker (ISO 32000-1, 7.5.1). What stands before and after belongs to
whoever sent it: the head of an HTTP answer, a web page that was appended, bytes that fill up a block.
"""

from __future__ import annotations

import re

_HEADER = re.compile(rb"%PDF-[0-9]\.[0-9]")
_MARKER = b"%%EOF"
_OBJECT = re.compile(rb"\bendobj\b|\bendstream\b|\b[0-9]+ [0-9]+ obj\b")
"""What every piece of a PDF has in it, and nothing else."""

_FORGIVEN = 1024
"""Bytes before the header and after the marker that every reader expects."""


def ends_early(data: bytes) -> bool:
    """Whether the end of a PDF is missing: no marker ends it, or more of the PDF follows the last one."""
    end = data.rfind(_MARKER)
    return end < 0 or bool(_OBJECT.search(data, end))


def unwrapped(data: bytes) -> bytes:
    """The PDF in `data` without what stands around it; `data` itself where that is no more than all readers expect."""
    header = None if b"%PDF-" in data[:_FORGIVEN] else _HEADER.search(data)
    start = header.start() if header else 0
    marker = data.rfind(_MARKER)
    goes_on = marker < 0 or len(data) - marker <= _FORGIVEN or ends_early(data)
    end = len(data) if goes_on else marker + len(_MARKER) + 1
    return data[start:end] if start or end < len(data) else data
