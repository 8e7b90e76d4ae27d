"""What only the environment knows: it is used, and never said."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import regex

from perftable_etl.errors import ReportError

_FEWEST = 4
"""Characters. A shorter piece of a secret is a word that any message may hold."""

_PIECES = regex.compile(r"[\s,;/?&=@:]+")
_IN_HEADER = regex.compile(r"[\x20-\x7e]*")


class Secrets:
    """The secrets that one delivery has taken from the environment."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def value(self, variable: str) -> str:
        """What the environment holds under this name. Raises ReportError where it holds nothing."""
        secret = os.environ.get(variable, "").strip()
        if not secret:
            raise ReportError(
                f"the run's report was not sent: {variable}, which [notify] names, is not in the environment. "
                "Set it there."
            )
        self.keep(secret)
        return secret

    def header(self, variable: str) -> str:
        """A secret that can stand in a header of HTTP (RFC 9110, 5.5). Raises ReportError where it cannot."""
        secret = self.value(variable)
        if not _IN_HEADER.fullmatch(secret):
            raise ReportError(
                f"the run's report was not sent: {variable} contains a line break or a character that HTTP "
                "headers do not allow. Set it to one line of ASCII."
            )
        return secret

    def keep(self, secret: str) -> None:
        """Counts a text of the config, such as an address with a token in it, among the secrets."""
        self._said.update((secret, *_PIECES.split(secret)))

    def without(self, text: str) -> str:
        """`text` with stars for each secret, and for each piece of one that is long enough to tell."""
        for secret in sorted(self._said, key=len, reverse=True):
            if len(secret) >= _FEWEST:
                text = text.replace(secret, "***")
        return text


def place_of(address: str) -> str:
    """What may be said of an address whose path may be a token: scheme and host."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or '***'}/…"
