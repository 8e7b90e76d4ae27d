"""Disks that change a file while it is read, that give no answer, whose folders nest too deep or are closed."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest


def write_while_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something is added to the file once it has been read."""

    def add() -> None:
        with path.open("ab") as file:
            file.write(b"more")

    do_while_read(path, add, monkeypatch)


def do_while_read(path: Path, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Does it once, when the end of the file at this path has been reached."""
    read, acted = os.read, Event()

    def read_and_act(descriptor: int, size: int) -> bytes:
        chunk = read(descriptor, size)
        if not chunk and not acted.is_set() and os.path.sameopenfile(descriptor, opened):
            acted.set()
            act()
        return chunk

    opened = os.open(path, os.O_RDONLY)
    monkeypatch.setattr(os, "read", read_and_act)


@contextmanager
def nested(top: Path, name: str, levels: int) -> Iterator[Path]:
    """The folder so many levels below `top`, which goes with the block: Python takes deep folders for recursion."""
    top.mkdir()
    try:
        with chdir(top):
            for _ in range(levels):
                Path(name).mkdir()
                os.chdir(name)
        yield top.joinpath(*[name] * levels)
    finally:
        subprocess.run(["rm", "-r", str(top)], check=True)


def close_folder(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may look into a folder of this name, as others may not where the mode forbids it: root may."""
    look_into = os.scandir

    def refuse_or_look(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return look_into(path)

    monkeypatch.setattr(os, "scandir", refuse_or_look)


def never_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a file of this name waits for ever."""
    do_when_opened(name, lambda: Event().wait(), monkeypatch)


def answer_too_late(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a file of this name has waited long enough."""

    def give_up() -> NoReturn:
        raise TimeoutError(errno.ETIMEDOUT, "its disk did not answer for 60 seconds")

    do_when_opened(name, give_up, monkeypatch)


def do_when_opened(name: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    open_file = os.open

    def act_and_open(path: Path, *arguments: int) -> int:
        if Path(path).name == name:
            act()
        return open_file(path, *arguments)

    monkeypatch.setattr(os, "open", act_and_open)
