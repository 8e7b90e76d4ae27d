"""Places: a path of this machine, or an address in an object store such as s3://bucket/key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.DOTALL)
_NO_STORES = frozenset({"http", "https", "file", "local"})
"""Web pages are for sources of `sync`; the others mean this machine."""


@dataclass(frozen=True, slots=True)
class Address:
    """A folder or an object of a store. `path` begins with the bucket; its key is kept to the letter."""

    protocol: str
    path: str

    def __str__(self) -> str:
        return f"{self.protocol}://{self.path}"

    def __truediv__(self, below: str) -> Address:
        return Address(self.protocol, f"{self.path}/{below}")

    @property
    def name(self) -> str:
        """The last part of the key."""
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    @property
    def parent(self) -> Address:
        """The folder above."""
        return Address(self.protocol, self.path.rpartition("/")[0])

    @property
    def bucket(self) -> str:
        """The store that it is in, as an address."""
        return f"{self.protocol}://{self.path.partition('/')[0]}"

    def below(self, folder: Address) -> str | None:
        """The rest of its key from a folder on; None where it is not below it."""
        start = f"{folder.path}/"
        is_below = self.protocol == folder.protocol and self.path.startswith(start)
        return self.path[len(start) :] if is_below else None


Place = Path | Address
"""Where files are, or go."""


def address_of(text: str) -> Address | None:
    """The address in a store that a text is; None where it names something else."""
    found = _SCHEME.fullmatch(text)
    if found is None or found[1] in _NO_STORES:
        return None
    return Address(found[1], found[2].rstrip("/"))


def place_of(text: str | Path) -> Place:
    """The place that a text names: an address in a store, or else a path."""
    return address_of(str(text)) or Path(text)


def absolute(place: Place) -> Place:
    """The same place, wherever the process works that is told it."""
    return place.absolute() if isinstance(place, Path) else place
