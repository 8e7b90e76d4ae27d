"""Bodies of answers as they are packed (Content-Encoding), piece by piece and never beyond their end."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Protocol

from perftable_etl.errors import WrongContent

PACKINGS = frozenset({"", "identity", "gzip", "deflate"})
"""What can be unpacked in little memory. Others, and packings within packings, can grow without bound in one piece."""

PIECE = 1 << 20
"""Bytes to unpack at once, at most."""

_GZIP = zlib.MAX_WBITS | 16
_ZLIB = zlib.MAX_WBITS
_BARE = -zlib.MAX_WBITS


def packing_of(headers: Mapping[str, str]) -> str:
    """How a body is packed, as the answer's headers say; empty where they do not."""
    return headers.get("Content-Encoding", "").strip().lower()


def require_packing(headers: Mapping[str, str], address: str) -> None:
    """Raises WrongContent unless the body is packed as one of PACKINGS."""
    packing = packing_of(headers)
    if packing not in PACKINGS:
        raise WrongContent(f"{address} is packed as {packing!r}, which was not requested; tell the site's owner")


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool:
        """Whether the packed bytes have come to their end."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What is still to be unpacked of what was given."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The next bytes."""


def unpacked(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """The plain bytes, for each chunk at least one piece, which may be empty. `packing` is one of PACKINGS.

    What comes after the end of the packed bytes is not asked for. Raises EOFError where they end too soon, and
    zlib.error where they are damaged.
    """
    match packing:
        case "gzip":
            return _pieces(chunks, zlib.decompressobj(_GZIP))
        case "deflate":
            return _inflated(iter(chunks))
    return iter(chunks)


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """As servers deflate: with the header of zlib, as RFC 9110 has it, or without."""
    start = b"".join(islice(chunks, 1))
    while len(start) < 2 and (more := next(chunks, None)) is not None:
        start += more
    yield from _pieces(chain([start], chunks), zlib.decompressobj(_ZLIB if _has_header(start) else _BARE))


def _has_header(start: bytes) -> bool:
    """Whether packed bytes begin as RFC 1950 says: the method is 8, and the first two bytes are a multiple of 31."""
    return len(start) >= 2 and start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0


def _pieces(chunks: Iterable[bytes], unpacker: _Unpacker) -> Iterator[bytes]:
    is_empty = True
    for chunk in chunks:
        is_empty = is_empty and not chunk
        piece = unpacker.decompress(chunk, PIECE)
        yield piece
        while not unpacker.eof and (unpacker.unconsumed_tail or len(piece) == PIECE):
            piece = unpacker.decompress(unpacker.unconsumed_tail, PIECE)
            yield piece
        if unpacker.eof:
            return
    if not is_empty:
        raise EOFError("its compressed content is incomplete")
