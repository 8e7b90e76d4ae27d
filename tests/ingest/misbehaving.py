"""Parsers that go wrong in every way a file can make one go wrong; its first word says which. Importable by name."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from perftable_etl.pipeline import parse
from perftable_etl.records import Outcome
from tests.outcomes import fake_parse

FOREVER = 600


def segfault() -> None:
    ctypes.string_at(0)


def hang() -> None:
    while True:
        pass


def hang_in_c() -> None:
    """As in a loop of MuPDF's, where Python hears no signal."""
    ctypes.PyDLL(None).sleep(FOREVER)


def ignore_requests_to_end() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(FOREVER)


def eat_memory() -> None:
    """Memory that is never touched, so that no machine is too slow for it; the limit counts it all the same."""
    eaten = []
    while True:
        eaten.append(bytes(16 << 20))


def exit_at_once() -> None:
    os._exit(7)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stop() -> None:
    """Neither dead nor alive."""
    os.kill(os.getpid(), signal.SIGSTOP)


def lose_server(path: Path) -> None:
    """The first time, the process that has forked this one is killed, and this one never ends."""
    seen = path.with_suffix(".seen")
    if not seen.exists():
        seen.touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(FOREVER)


def fail() -> None:
    raise LookupError("a mistake\nof ours")


class TwoWordError(Exception):
    """What pickle makes anew of its message alone, and cannot."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def fail_in_two_words() -> None:
    raise TwoWordError("unforeseen", "trouble")


def fail_by_a_local_class() -> None:
    class HiddenError(Exception):
        """What pickle does not find."""

    raise HiddenError("deep inside")


def nest() -> None:
    nest()


WAYS: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        segfault,
        hang,
        hang_in_c,
        ignore_requests_to_end,
        eat_memory,
        exit_at_once,
        be_killed,
        stop,
        fail,
        fail_in_two_words,
        fail_by_a_local_class,
        nest,
    )
}


class DeadlyLetter:
    """What kills its process while it holds the lock of the pipe it is sent through."""

    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def way_of(path: Path) -> str:
    """The first line of a file."""
    with path.open("rb") as file:
        return file.readline(40).decode(errors="replace").strip()


def parse_or_misbehave(path: Path, on_page: object = None, max_bytes: object = None) -> Outcome:
    """What a good file yields; one that begins with the name of a way to go wrong goes wrong so."""
    way = way_of(path)
    if way in WAYS:
        WAYS[way]()
    if way == "lose_server":
        lose_server(path)
    if way == "letter":
        return DeadlyLetter()  # type: ignore[return-value]
    return fake_parse(path)


def parse_really_or_misbehave(path: Path, on_page: object = None, max_bytes: object = None) -> Outcome:
    """The same with the real parser; that a file is begun is noted beside it."""
    way = way_of(path)
    if way in WAYS:
        path.with_suffix(".begun").touch()
        WAYS[way]()
    return parse(path)


def list_modules(path: Path, max_bytes: object = None) -> Outcome:
    """A good outcome whose heading is the modules that its worker has."""
    parse(path)
    return fake_parse(path).model_copy(update={"title": " ".join(sorted(sys.modules))})


def tell_reach(path: Path, max_bytes: object = None) -> Outcome:
    """A good outcome whose heading says which sockets its worker gets, and its environment as the system has it."""
    sockets = [family.name for family in socket.AddressFamily if is_given(family)]
    reach = {"sockets": sockets, "names": sorted(os.environ), "begun_with": read_first_environment()}
    return fake_parse(path).model_copy(update={"title": json.dumps(reach)})


def is_given(family: socket.AddressFamily) -> bool:
    try:
        socket.socket(family).close()
    except PermissionError:
        return False
    except OSError:  # of no such kind here
        return family == socket.AF_INET
    return True


def read_first_environment() -> str:
    environment = Path("/proc/self/environ")
    return environment.read_text("utf-8", errors="replace") if environment.exists() else ""


def tell_process(path: Path, max_bytes: object = None) -> Outcome:
    """A good outcome whose heading is the number of its worker's process."""
    return fake_parse(path).model_copy(update={"title": str(os.getpid())})
