"""Web addresses in one spelling, as a browser would ask for them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT = "%/:@!$&'()*+,;=~-._"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 120


def canonical(reference: str, base: str = "", encoding: str = "utf-8") -> str | None:
    """The http(s) address a reference on the page `base` stands for; None for any other kind, or none at all.

    Without fragment and credentials. As browsers do, Chinese characters are sent in UTF-8 in the path, and in the
    page's own encoding in the query; backslashes in the path are slashes.
    """
    path, mark, rest = _UNPRINTABLE.sub("", reference).strip().partition("?")
    try:
        parts = urlsplit(urljoin(base, path.replace("\\", "/") + mark + rest))
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return None
        authority = _authority(parts)
    except ValueError:  # brackets, ports or names of hosts that are none
        return None
    query = f"?{_escape(parts.query, _KEPT + '?', encoding)}" if parts.query else ""
    return f"{parts.scheme}://{authority}{_without_dots(_escape(parts.path, _KEPT, 'utf-8')) or '/'}{query}"


def host_of(address: str) -> str:
    """The host of a canonical address, without the port."""
    return urlsplit(address).hostname or ""


def origin_of(address: str) -> str:
    """Scheme, host and port of a canonical address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def readable(address: str) -> str:
    """An address with its escapes read as UTF-8, or else as GB18030."""
    escaped = unquote_to_bytes(address)
    try:
        return escaped.decode()
    except UnicodeDecodeError:
        return escaped.decode("gb18030", errors="replace")


def file_name(address: str) -> str:
    """The last part of an address's path, fit to be shown."""
    return clean_name(readable(urlsplit(address).path.rpartition("/")[2]))


def clean_name(text: str) -> str:
    """One line that is no path, its ending kept where it is cut."""
    name = " ".join(_UNPRINTABLE.sub(" ", text).replace("/", " ").replace("\\", " ").split()).lstrip(".")
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= _LONGEST_NAME else f"{(stem or ending)[:_LONGEST_NAME]}{dot}{ending[:8]}"


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"[{host}]{port}" if ":" in host else f"{host}{port}"


def _escape(text: str, kept: str, encoding: str) -> str:
    escaped = quote(_STRAY_PERCENT.sub("%25", text), safe=kept, encoding=encoding, errors="xmlcharrefreplace")
    return _ESCAPE.sub(lambda escape: escape[0].upper(), escaped)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(1, len(kept) - 1) :]  # the root stays
        elif part != ".":
            kept.append(part)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")
