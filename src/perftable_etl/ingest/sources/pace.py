"""How often a host is asked."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Leaves time between two requests to one host, whichever source makes them. Times are in seconds."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic) -> None:
        self.sleep = sleep
        self.now = now
        self._next: dict[str, float] = {}

    def take_turn(self, host: str, interval: float) -> None:
        """Returns when the host may be asked again, and counts on it being asked."""
        wait = self._next.get(host, 0.0) - self.now()
        if wait > 0:
            self.sleep(wait)
        self._next[host] = self.now() + interval
