"""What is said of the lines of a text from which a grid was rebuilt, whichever rebuilder it is."""

from __future__ import annotations

from perftable_etl.document import Place
from perftable_etl.messages import Message
from perftable_etl.records import Finding


def doubtful_row(text: str, place: Place, rule: str) -> Finding:
    """That a row breaks a rule, and so may hold text that is not its own."""
    message = Message(
        "the row in {line} may contain text from elsewhere: {rule}; compare it with the source",
        line=location(place),
        rule=rule,
    )
    return Finding(code="row_doubtful", severity="warning", message=message, raw=text, place=place)


def doubtful_value(text: str, place: Place) -> Finding:
    """That a value has a line which may be none of it."""
    message = Message(
        "the value in {line} may contain a line from elsewhere; compare it with the source", line=location(place)
    )
    return Finding(code="value_doubtful", severity="warning", message=message, raw=text, place=place)


def left_out(count: int, text: str, place: Place) -> Finding:
    """That lines among the rows of a form were left out of it: how many, and the first, with its place."""
    message = Message(
        "{count} lines among the rows of a form do not belong to it and were left out, such as {text}",
        count=count,
        text=text,
    )
    return Finding(code="noise_left_out", severity="info", message=message, raw=text, place=place)


def location(place: Place) -> Message:
    """Where a line stands, in words."""
    return Message("line {line} of page {page}", line=round(place.box.y0) + 1, page=place.page)
