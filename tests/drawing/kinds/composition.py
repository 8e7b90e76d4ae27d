"""Draws a form of any kind: what it says, in a random shape, with what a parse must give."""

from __future__ import annotations

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.kinds.form import FormComposer
from tests.drawing.kinds.long_table import compose_long
from tests.drawing.kinds.project_list import compose_listed
from tests.drawing.kinds.records import FormKind
from tests.drawing.kinds.words import Words


def compose(choose: Choice, kind: FormKind, words: Words | None = None) -> Drawn:
    """A random form of one kind."""
    words = words or Words(choose)
    if kind == "listed":
        return compose_listed(choose, words)
    return (
        compose_long(choose, words, kind)
        if kind in ("long", "thirteen")
        else FormComposer(choose, kind, words).compose()
    )
