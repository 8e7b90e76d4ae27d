"""Wrong calls: what was typed, or expanded from names of files, is shown without commanding the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from perftable_etl.screen import visible

_WrongCall: Any = typer.BadParameter.__base__
"""What typer raises for any wrong call. It is click's, or typer's own copy of click, depending on the version."""


class Commands(TyperGroup):
    """The group of all commands, whose complaints are fit to be shown."""

    def make_context(self, *arguments: Any, **settings: Any) -> Any:
        """The context of a call; its own options are read here."""
        with _visibly():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command, whose options are read here."""
        with _visibly():
            return super().invoke(ctx)


@contextmanager
def _visibly() -> Iterator[None]:
    try:
        yield
    except _WrongCall as error:
        error.message = error.message if _is_help(error) else visible(error.message)
        raise


def _is_help(error: Any) -> bool:
    """Whether it is the help that a call without arguments gets: our own lines, and nothing that was typed."""
    return error.ctx is not None and error.message == error.ctx.get_help()
