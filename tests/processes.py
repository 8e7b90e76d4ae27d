"""What a command and the processes below it use, as Linux tells it in /proc."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from os import sysconf
from pathlib import Path
from subprocess import Popen
from time import sleep
from typing import Any, NamedTuple

INTERVAL = 0.2
TICKS = sysconf("SC_CLK_TCK")
PAGE = sysconf("SC_PAGE_SIZE")


class Moment(NamedTuple):
    """What a process has used so far: seconds of processors, and bytes of memory it now has."""

    seconds: float
    memory: int


@dataclass
class Use:
    """What processes used: the last that was seen of their time, and the most of their memory."""

    seconds: dict[int, float] = field(default_factory=dict)
    memory: int = 0

    def see(self, process: int, moment: Moment) -> None:
        """Takes in what a process has used by now."""
        self.seconds[process] = moment.seconds
        self.memory = max(self.memory, moment.memory)

    @property
    def total(self) -> float:
        """Seconds of processors, of all processes."""
        return sum(self.seconds.values())


class Watched(NamedTuple):
    """What the main process of a command used, and what the others did."""

    main: Use
    others: Use


def watched(process: Popen[Any]) -> Watched:
    """Watches a command until it ends, five times a second."""
    seen = Watched(Use(), Use())
    while process.poll() is None:
        look(process, seen)
        sleep(INTERVAL)
    return seen


def look(process: Popen[Any], seen: Watched) -> None:
    """Takes in what the processes of a command have used by now."""
    with suppress(OSError):
        seen.main.see(process.pid, moment_of(process.pid))
    for other in below(process.pid):
        with suppress(OSError):
            seen.others.see(other, moment_of(other))


def below(process: int) -> Iterator[int]:
    """The processes that a process started, and those that they started."""
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from below(child)


def moment_of(process: int) -> Moment:
    """What a process has used so far. Raises OSError where it has ended."""
    values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return Moment((int(values[11]) + int(values[12])) / TICKS, pages * PAGE)
