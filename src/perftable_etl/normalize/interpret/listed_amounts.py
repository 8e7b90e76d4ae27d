"""Several amounts in one cell, each behind its label: 资金总额：12万元。其中：中央资金8万元，县级资金4万元."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.fields import Money, Phase
from perftable_etl.normalize.interpret.printed import FieldText, LabelledValue
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.money import LabelledAmount, labelled_amounts, parse_money

_FEWEST = 2


def with_listed(entries: Iterable[LabelledValue], vocabulary: Vocabulary) -> Iterator[LabelledValue]:
    """Entries, with one for each amount of those that list several; the first of these is all of the money."""
    for entry in entries:
        amounts = _amounts(entry)
        if len(amounts) < _FEWEST or not _leads(amounts[0], entry, vocabulary):
            yield entry
        else:
            yield from _listed(entry, amounts, vocabulary)


def _amounts(entry: LabelledValue) -> Sequence[LabelledAmount]:
    """The amounts that may be listed in what stands beside an unknown label, or one of money."""
    if (entry.key is not None and not isinstance(entry.key, Money)) or parse_money(entry.printed.raw) is not None:
        return ()
    return labelled_amounts(entry.printed.raw)


def _listed(entry: LabelledValue, amounts: Sequence[LabelledAmount], vocabulary: Vocabulary) -> Iterator[LabelledValue]:
    phase = entry.key.phase if isinstance(entry.key, Money) else "year"
    for amount in amounts:
        own = _money(amount.label, phase, vocabulary) if amount.label else entry.key
        yield LabelledValue(own, FieldText(amount.text, entry.printed.cells, amount.label or entry.printed.label))


def _leads(first: LabelledAmount, entry: LabelledValue, vocabulary: Vocabulary) -> bool:
    """Whether the first amount is all of the money: by its own label, or by that of the cell."""
    if not first.label:
        return isinstance(entry.key, Money) and entry.key.source == "all"
    return any(money.source == "all" for money in vocabulary.meaning(first.label).money)


def _money(label: str, phase: Phase, vocabulary: Vocabulary) -> Money | None:
    """The money that a label names among others of one time."""
    money = vocabulary.meaning(label).money
    return next((one for one in money if one.phase == phase), money[0] if money else None)
