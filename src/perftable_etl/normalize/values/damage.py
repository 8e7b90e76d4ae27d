"""What speaks for damage in a value's text: by scanning, by copying, by another encoding (domain rule 10). Pure."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.amounts import MISREAD_UNIT, NumberWithUnit
from perftable_etl.normalize.values.wording import SIGN_CHARS
from perftable_etl.records import Remark

# A character reference of HTML that nobody decoded, or Latin letters with accents: UTF-8 or GBK read as Latin-1. A
# question mark, as a target asks nothing: it stands for a character that an encoding lacked. A letter that looks like a
# digit, after or before one, as units are no such letters: the litre's l ends its text.
_GARBLED = regex.compile(
    r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});|[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]|\?"
    r"|[0-9][.,]?(?:[OoIZ]|l(?=[OoIlZ0-9(%‰年月日]))[OoIlZ]*(?![A-Za-z])"
    r"|(?<![A-Za-z0-9])[OoIlZ]{1,4}[.,]?[0-9]+(?![A-Za-z0-9])|(?<![A-Za-z0-9])[OolZ]{1,4}(?=[年月日%‰(])"
)

# A sign of comparison bounds a number, or a grade (二级, AA): no other word in Latin letters.
SIGNED_WORD = regex.compile(rf"^[{SIGN_CHARS}]=?(?=[A-Za-z]*[a-z])[A-Za-z]{{2,}}")
_DAMAGED = regex.compile(
    rf"[\uFFFD\uE000-\uF8FF℅]|(?:^|[{SIGN_CHARS}])(?=[0-9])[0-9.,]*[OoIl|][0-9.,OoIl|]*(?=[%‰.(\p{{Han}}]|$)"
    rf"|[{SIGN_CHARS}][OoIl|][0-9.,OoIl|]*[0-9]|[0-9][)(]?[万亿千]?兀|^[》《]+[=]?[0-9]|^[{SIGN_CHARS}]?[0-9]+(?:\.[0-9]*\.[0-9.]*|,[0-9]{{1,2}}(?![0-9]).*)"
    rf"|[0-9](?:o/o|0/0(?![0-9]))"
)
_MISREAD_SIGN = regex.compile(r"2(?:[89][0-9]|100)(?:\.[0-9]+)?")
_PERCENT_CEILING = 1000
_TON_OR_TERABYTE = "T"


def is_garbled(text: str) -> bool:
    """Whether a text that is read all the same has characters that it cannot have had on paper."""
    return _GARBLED.search(text) is not None


def looks_damaged(text: str) -> bool:
    """Whether a text that is not read looks like a value that was misread."""
    return _DAMAGED.search(text) is not None


def remarks_of(amount: NumberWithUnit) -> tuple[Remark, ...]:
    """Damage (domain rule 10): 292% without a sign is a ≥ read as 2; a percentage over 1000 lost its point."""
    unit = amount.unit
    if unit is None:
        return amount.remarks
    if unit.lacks_numerator or amount.printed == _TON_OR_TERABYTE:
        return (*amount.remarks, "unit_missing")
    if unit.symbol == "%" and unit.scale > 10 and amount.value > 1:  # a share of more than all
        return (*amount.remarks, "damaged")
    if not unit.is_known:
        is_misread = MISREAD_UNIT.search(amount.printed) is not None
        return (*amount.remarks, "unknown_unit", "damaged") if is_misread else (*amount.remarks, "unknown_unit")
    if unit.symbol == "%" and amount.value > 200 and "damaged" not in amount.remarks:
        misread = not amount.is_signed and _MISREAD_SIGN.fullmatch(str(amount.value)) is not None
        if misread or amount.value > _PERCENT_CEILING:
            return (*amount.remarks, "damaged")
    return amount.remarks
