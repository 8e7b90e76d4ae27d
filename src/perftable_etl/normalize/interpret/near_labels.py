"""Labels that nobody knows and that nearly are known ones: one character was misread, left out, or added.

They are kept as what they say. Where the form has nothing for the field of the known one, a person has to look.
"""

from __future__ import annotations

from perftable_etl.fields import Money
from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.head import Head
from perftable_etl.normalize.layouts.vocabulary import Vocabulary


def report_near_labels(head: Head, vocabulary: Vocabulary, coverage: Coverage) -> None:
    """Name the known label that one of a form's other labels may be."""
    money = {key.source for key, _ in head.amounts}
    for printed in head.others:
        near = vocabulary.near(printed.label)
        if near is None:
            continue
        label, meaning = near
        if meaning.label in head.fields or any(isinstance(one, Money) and one.source in money for one in meaning.money):
            continue
        message = Message("this label is not known, but nearly {label}; compare it with the page", label=label)
        coverage.report("label_nearly_known", "warning", message, printed.label, printed.place)
