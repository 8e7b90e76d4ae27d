"""What went wrong at a store, in words, with what to do. Each backend has exceptions of its own, without a root."""

from __future__ import annotations

import errno

from perftable_etl.errors import NotInStore, StoreDenied, StoreError, StoreSilent

_WITHOUT_CREDENTIALS = frozenset({"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"})
_SILENT = frozenset(
    {
        "ClientError",
        "ClientPayloadError",
        "ConnectTimeoutError",
        "ConnectionClosedError",
        "EndpointConnectionError",
        "FSTimeoutError",
        "HTTPClientError",
        "ProxyConnectionError",
        "ReadTimeoutError",
        "ResponseParserError",
    }
)
_BUSY = frozenset({errno.EBUSY, getattr(errno, "EREMOTEIO", errno.EIO)})
_ELSEWHERE = getattr(errno, "EREMCHG", errno.ENOENT)
"""What s3fs makes of a redirect to another region."""


def failure(place: object, error: Exception) -> StoreError:
    """What became of a request for a place, by the exception that it ended in."""
    kind, said = type(error).__name__, " ".join(str(error).split())
    if kind in _WITHOUT_CREDENTIALS:
        return StoreDenied(
            f"{place} needs credentials ({said}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        )
    if isinstance(error, TimeoutError | ConnectionError) or kind in _SILENT:
        return StoreSilent(
            f"{place} cannot be had: the store does not answer ({kind}: {said}). "
            "Check the network and AWS_ENDPOINT_URL, and run the same command again."
        )
    if isinstance(error, OSError):
        return _answer(place, error, said)
    return StoreError(f"{place} cannot be had ({kind}: {said}). Check the address, and run the same command again.")


def _answer(place: object, error: OSError, said: str) -> StoreError:
    """What a store that answers refuses."""
    if isinstance(error, FileNotFoundError):
        return NotInStore(f"{place} does not exist. Check the bucket and the key.")
    if isinstance(error, PermissionError):
        return StoreDenied(f"{place} is denied ({said}). Check the credentials and what they permit.")
    if error.errno in _BUSY:
        return StoreSilent(f"{place} cannot be had: the store is busy ({said}). Run the same command again later.")
    if error.errno == _ELSEWHERE:
        return StoreError(f"{place} is in another region ({said}). Set AWS_DEFAULT_REGION.")
    return StoreError(f"{place} cannot be had ({said}). Check the address, and run the same command again.")
