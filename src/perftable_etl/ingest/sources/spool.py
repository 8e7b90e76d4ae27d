"""Bytes from anywhere into a temporary file: bounded in size, their kind told by looking at them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Protocol

from perftable_etl.errors import ArchiveError, OverBudget, TooLarge, WrongContent
from perftable_etl.formats import HEAD, HTML, MHTML, TEXT, XLS, format_named, signed
from perftable_etl.ingest.sources.source import Fetched, Listing, Validators
from perftable_etl.records import MediaType

CHUNK = 1 << 20
"""Bytes to copy at once."""

_PAGES = (HTML, MHTML)
_MAY_BE_PAGES = (HTML, MHTML, XLS)
"""The formats whose names pages have: a page called .xls is a table that a program wrote."""

_MARKUP = re.compile(rb"\s*<(?:!doctype html|\?xml|html|head|body|script|!--)", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


class SizeLimits(Protocol):
    """How much a source may bring in: bytes a file, and bytes in all its files of one run."""

    @property
    def max_bytes(self) -> int:
        """The most bytes of one file."""

    @property
    def max_total_bytes(self) -> int:
        """The most bytes of all files of one run."""


class Spool:
    """Where the files of one source and one run pass through, and are counted."""

    def __init__(self, limits: SizeLimits) -> None:
        self._limits = limits
        self._total = 0

    def keep(self, chunks: Iterable[bytes], listing: Listing, stamps: Validators, into: Path) -> Fetched:
        """The bytes in a new file in `into`, under a name of our own. Stops at the limits; an error leaves no file.

        Raises TooLarge, OverBudget, WrongContent, ArchiveError where the file cannot be written, and what `chunks`
        raises, which must be no OSError.
        """
        self._require_room(listing, listing.size or 0)
        with _new_file(into) as file:
            for chunk in chunks:
                self._require_room(listing, file.tell() + len(chunk))
                file.write(chunk)
            media_type = sniff(_both_ends(file), listing)
        path = Path(file.name)
        self._total += path.stat().st_size
        return Fetched(path, media_type, stamps.etag, stamps.modified)

    def _require_room(self, listing: Listing, size: int) -> None:
        if size > self._limits.max_bytes:
            raise TooLarge(f"{listing.uri} has more than {self._limits.max_bytes:,} bytes; raise max_bytes to fetch it")
        if self._total + size > self._limits.max_total_bytes:
            raise OverBudget(
                f"{listing.uri} is left for the next run: this run has fetched {self._total:,} bytes"
                f" of max_total_bytes = {self._limits.max_total_bytes:,}"
            )


@contextmanager
def _new_file(folder: Path) -> Iterator[IO[bytes]]:
    """A file that stays if all goes well."""
    try:
        with NamedTemporaryFile(dir=folder, prefix="fetched-", delete=False) as file:
            try:
                yield file
            except BaseException:
                Path(file.name).unlink()
                raise
    except OSError as error:
        raise ArchiveError(
            f"{folder} could not be written ({error.strerror}). Check the disk and its free space."
        ) from error


def _both_ends(file: IO[bytes]) -> bytes:
    """The first and the last bytes of a file; all of a short one."""
    size = file.tell()
    file.seek(0)
    first = file.read(HEAD)
    file.seek(max(size - HEAD, len(first)))
    return first + file.read()


def sniff(data: bytes, listing: Listing) -> MediaType:
    """The kind of a file by its first and last bytes. Raises WrongContent where it is none that is read.

    Any text or page could be a message of an error, so it is none of a file whose name promises something else.
    """
    name, found = listing.name, signed(data)
    if not data:
        raise WrongContent(f"{name} is empty (0 bytes); ask its publisher for it")
    if found not in _PAGES and found is not None:
        return found.media_type
    promised = format_named(name)
    if found or _MARKUP.match(data.removeprefix(codecs.BOM_UTF8)):
        if listing.is_page or promised in _MAY_BE_PAGES:
            return (found or HTML).media_type
        raise WrongContent(f"{name} is a web page, not a file; open it in a browser to see what it says")
    if not _is_text(data[:HEAD]):
        raise WrongContent(f"{name} is of no kind that is read; its publisher may have mislabelled it")
    if promised and promised not in (TEXT, *_PAGES):
        raise WrongContent(f"{name} is text, not {promised.title}; open it in an editor to see what it says")
    return HTML.media_type if promised in _PAGES else TEXT.media_type


def _is_text(head: bytes) -> bool:
    return any(_is_text_in(head, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _is_text_in(head: bytes, encoding: str) -> bool:
    """Whether it decodes; its last character may be cut."""
    try:
        return not _BINARY.search(codecs.getincrementaldecoder(encoding)().decode(head))
    except UnicodeDecodeError:
        return False
