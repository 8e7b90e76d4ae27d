"""Labels that nobody knows and that nearly are known ones: one character was misread, left out, or added.

They are kept as what they say. Where the form has nothing for the field of the known one, a person has to look.
"""

from __future__ import annotations

from perftable_etl.fields import Money
from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.head import Head
from perftable_etl.normalize.layouts.labels import bare_key, is_near
from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary


def report_near_labels(head: Head, vocabulary: Vocabulary, coverage: Coverage) -> None:
    """Name the known label that one of a form's other labels may be.

    In a matrix a row and a column name a cell together, and each of them was known, or told.
    """
    money = {key.source for key, _ in head.amounts}
    for printed in (other for other in head.others if "\t" not in other.label):
        near = find_near(printed.label, vocabulary)
        if near is None:
            continue
        label, meaning = near
        if meaning.label in head.fields or any(isinstance(one, Money) and one.source in money for one in meaning.money):
            continue
        message = Message("this label is not known, but nearly {label}; compare it with the page", label=label)
        coverage.report("label_nearly_known", "warning", message, printed.label, printed.place)


def find_near(text: str, vocabulary: Vocabulary) -> tuple[str, Meaning] | None:
    """The label that a text nearly is, with its meaning: all of it but for one character."""
    key = bare_key(text)
    known = (found for found in vocabulary.meanings.items() if is_near(key, found[0]))
    return next((found for found in known if _may_be(key, *found)), None)


def _may_be(key: str, spelling: str, meaning: Meaning) -> bool:
    """Whether a text that differs from a label by one character is no other word.

    Amounts have many short labels that differ by one, and in the first one by the level (省级资金, 市级资金).
    """
    if meaning.money or meaning.label == "own_level":
        return len(key) >= _SHORTEST_MONEY and key[1:] != spelling[1:]
    return meaning.label is not None and len(key) >= _SHORTEST


_SHORTEST, _SHORTEST_MONEY = 4, 6
