"""Ctrl-C and the system's request to end."""

from __future__ import annotations

import signal
from typing import Any, NoReturn

from perftable_etl.errors import Interrupted, Terminated

_INTERRUPTIONS = {signal.SIGINT: Interrupted, signal.SIGTERM: Terminated}


def end_in_order() -> None:
    """From now on a signal to end raises an error of ours, and all that is under way is left in order."""
    for number in _INTERRUPTIONS:
        signal.signal(number, _interrupt)


def _interrupt(number: int, _: Any) -> NoReturn:
    """Ends what is under way in order; a second signal does not disturb that."""
    for other in _INTERRUPTIONS:
        signal.signal(other, signal.SIG_IGN)
    raise _INTERRUPTIONS[signal.Signals(number)](
        f"ended by {signal.Signals(number).name}. What was stored stays; run the same command again to go on."
    )
