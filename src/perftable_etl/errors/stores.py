"""Why an object store did not do what it was asked."""

from __future__ import annotations

from perftable_etl.errors.root import PerftableError


class StoreError(PerftableError):
    """An object store could not be read or written, also when asked again; nothing is left that counts by half."""

    exit_code = 3
    code = "store"


class NotInStore(StoreError):
    """There is no such bucket or object."""


class StoreDenied(StoreError):
    """The store wants credentials, or others."""


class StoreSilent(StoreError):
    """The store does not answer, or has too much to do."""
