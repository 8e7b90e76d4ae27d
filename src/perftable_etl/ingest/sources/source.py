"""What every source of disclosures can do: list what it offers, and fetch one of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from perftable_etl.records import MediaType


class Validators(NamedTuple):
    """What tells one version of a file from another without its bytes; opaque, as the source gave it."""

    etag: str | None = None
    modified: str | None = None

    def confirm(self, known: Validators | None) -> bool:
        """Whether the version known is this one. The tag decides where both have one; without any none is."""
        if known is None:
            return False
        if self.etag and known.etag:
            return self.etag == known.etag
        return self.modified is not None and self.modified == known.modified


class Listing(NamedTuple):
    """One file a source offers.

    `uri` is where it is, in one canonical spelling: file:///…, s3://bucket/key, https://…; it holds no credentials.
    `name` is for people and never a path. `size` is in bytes; it and the stamps are None where the list does not say.
    `is_page`: a web page is wanted; of any other file it is mostly a message that there is none.
    """

    uri: str
    name: str
    size: int | None = None
    modified: str | None = None
    etag: str | None = None
    is_page: bool = False

    @property
    def validators(self) -> Validators:
        """The stamps that tell whether the source still has this version."""
        return Validators(self.etag, self.modified)


class Fetched(NamedTuple):
    """The bytes of a listing in a file that is now the caller's, their kind told from the bytes themselves."""

    data_path: Path
    media_type: MediaType
    etag: str | None
    modified: str | None


class NotModified(NamedTuple):
    """The source still has the version that is known already; nothing was downloaded."""


class Patience(Protocol):
    """Nights after which a person is told of a source: without any file, without a new or changed one; 0: never."""

    @property
    def silent_after(self) -> int:
        """Nights without any file."""

    @property
    def idle_after(self) -> int:
        """Nights without a new or changed file."""


class PublicationSource(Protocol):
    """Where disclosures are published."""

    @property
    def name(self) -> str:
        """What the list of sources calls it."""

    @property
    def patience(self) -> Patience:
        """How long it may bring nothing."""

    def list(self) -> Iterator[Listing]:
        """All it offers. Raises SourceError last, when all that could be listed has been, if some could not."""

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """The bytes of a listing, in a new file in the folder `into`. Raises SourceError and then leaves no file."""
