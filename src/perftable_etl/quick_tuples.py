"""Named tuples by the thousand: made from a tuple of all their fields, without the function that their class calls.

A page has thousands of words, rules and cells, and that function, written in Python, takes longer than the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

_Named = TypeVar("_Named", bound=tuple[Any, ...])


def maker(kind: type[_Named]) -> Callable[[tuple[Any, ...]], _Named]:
    """What makes a named tuple of a kind from all its fields in their order; nothing checks how many there are."""
    return cast("Callable[[tuple[Any, ...]], _Named]", partial(tuple.__new__, kind))
