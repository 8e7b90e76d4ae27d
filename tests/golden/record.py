"""The record of the golden files: which they are, and the fingerprint of the reader that wrote them.

Golden files that change while the fingerprint stays would leave stored documents as an earlier reader read them. So
`make golden` refuses to write them, and a test fails where they are not those of the record.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from tests.golden import FOLDER

RECORD = FOLDER / "record.txt"


class Record(NamedTuple):
    """The digest of all golden files, and the fingerprint of the reader that wrote them."""

    golden: str
    fingerprint: str


class SameFingerprint(Exception):
    """Golden files would change, and no file that was read before would be read again."""


def golden_digest() -> str:
    """The digest of all golden files, whatever ends their lines."""
    return _digest({path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")})


def read_record() -> Record:
    """The record as it was written last."""
    return Record(*RECORD.read_text("utf-8").split())


def write_golden(texts: dict[Path, str], fingerprint: str) -> None:
    """Writes golden files and their record. Raises SameFingerprint where they change and the fingerprint does not."""
    digest, before = _digest({path.name: text for path, text in texts.items()}), read_record()
    is_changed = digest != before.golden
    if is_changed and fingerprint == before.fingerprint:
        raise SameFingerprint(
            "the golden files change and the fingerprint of the reader does not: what changed them is missing from"
            " perftable_etl.fingerprint (READER, LIBRARIES)"
        )
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    if is_changed:
        RECORD.write_text(f"{digest}\n{fingerprint}\n", "utf-8")


def _digest(texts: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()).hexdigest()
