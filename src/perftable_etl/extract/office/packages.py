"""Packages: the archives (zip) of parts that Office Open XML and OpenDocument files are.

A part is read only when it is asked for, and no further than a bound, whatever it claims to unpack to.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from perftable_etl.errors import DamagedFile, EncryptedFile, TooManyBytes, TruncatedFile

MOST_PART_BYTES = 32_000_000
"""Bytes of a part once it is unpacked. The largest table of a published form has a hundredth."""

_ENCRYPTED = 0x1
"""The bit of an entry's flags that says it has a password."""


class Package:
    """An archive of named parts, held in memory."""

    def __init__(self, data: bytes) -> None:
        self._archive = _open(data)
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises ReadError where it is missing, too large, encrypted or damaged."""
        entry = self._entries.get(name)
        if entry is None:
            raise DamagedFile(f"it has no part {name}; save it again in the program that made it")
        if entry.flag_bits & _ENCRYPTED:
            raise EncryptedFile("it needs a password; save it without one")
        return self._unpacked(entry)

    def _unpacked(self, entry: ZipInfo) -> bytes:
        try:
            with self._archive.open(entry) as part:
                data = part.read(MOST_PART_BYTES + 1)
        except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as error:
            raise DamagedFile(f"its part {entry.filename} is damaged ({error}); fetch it again") from error
        if len(data) > MOST_PART_BYTES:
            raise TooManyBytes(
                f"its part {entry.filename} unpacks to more than {MOST_PART_BYTES:,} bytes; "
                "skip the file; it may be malicious"
            )
        return data


def _open(data: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise TruncatedFile("its end is missing or damaged; fetch it again") from error
