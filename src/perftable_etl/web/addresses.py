"""Addresses as people read and write them: Chinese in place of escapes, files from the folder they were named in."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

from perftable_etl.screen import visible

_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_FILE = "file://"


def decoded(text: str) -> str:
    """Text with the escapes in its addresses read as UTF-8, or else as GB18030; those of ASCII and controls stay.

    So it still is the same address, and still one word.
    """
    return _ESCAPES.sub(lambda escapes: _decoded(escapes[0]), text)


def shown(uri: str, *folders: Path) -> str:
    """An address for people: a file's path, from the first of `folders` on that it is below; any other one decoded."""
    if not uri.startswith(_FILE):
        return decoded(uri)
    path = _path_of(uri)
    above = next((folder for folder in folders if folder in path.parents), None)
    return _as_text(path.relative_to(above) if above else path)


def told(uri: str, message: str, folders: Sequence[Path], name: str = "") -> str:
    """A message about a file with its address as `shown` in it, once.

    It stands where the message has the address, or begins with the file's bare name; else before it. `name` is what
    people know the file by where that is not the end of its address.
    """
    address = shown(uri, *folders)
    whole = uri if not uri.startswith(_FILE) else _as_text(_path_of(uri))
    for spelling in (uri, whole, decoded(uri)):
        if spelling in message:
            return decoded(message.replace(spelling, address))
    bare = name or address.rpartition("/")[2]
    if message.startswith((f"{bare}: ", f"{bare} ")):
        return f"{address}{decoded(message[len(bare) :])}"
    return f"{address}: {decoded(message)}"


def meant(word: str, uris: Iterable[str], folder: Path) -> tuple[str, ...]:
    """The addresses that a person can mean by a word: the one it is, in any spelling, or else those that end with it.

    A word is a URI, an address as `shown`, a path from `folder` on, or the last parts of one of them.
    """
    by_name = {uri: frozenset(_spellings(uri, folder)) for uri in uris}
    wanted = {word, decoded(word), *_as_file(word, folder)}
    exact = tuple(uri for uri, spellings in by_name.items() if spellings & wanted)
    ending = f"/{decoded(word).removeprefix('./')}"
    return exact or tuple(uri for uri, names in by_name.items() if any(name.endswith(ending) for name in names))


def _spellings(uri: str, folder: Path) -> Collection[str]:
    address = shown(uri, folder)
    return uri, decoded(uri), address, visible(address)


def _as_file(word: str, folder: Path) -> Collection[str]:
    """The URI of the file that a word names as a path; its links followed as when the file was found, or to the end."""
    try:
        path = folder / Path(word).expanduser()
        return path.resolve().as_uri(), (path.parent.resolve() / path.name).as_uri()
    except (OSError, RuntimeError, ValueError):  # no path: NUL, a loop of links, nobody's home
        return ()


def path_of(uri: str) -> Path | None:
    """The file that an address names; None for an address of another kind."""
    return _path_of(uri) if uri.startswith(_FILE) else None


def _path_of(uri: str) -> Path:
    """The reverse of as_uri; also for names that are no UTF-8."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(uri).path)))


def _as_text(path: Path) -> str:
    raw = os.fsencode(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _decoded(escapes: str) -> str:
    raw = unquote_to_bytes(escapes)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "".join(_kept(character, encoding) for character in text)
    return escapes


def _kept(character: str, encoding: str) -> str:
    is_plain = not character.isascii() and character.isprintable() and not character.isspace()
    return character if is_plain else quote(character, safe="", encoding=encoding)
