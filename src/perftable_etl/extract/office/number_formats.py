"""What a number shows in a cell: the number as it is stored, through the code of the cell's format.

100 % is stored as 1, a date as a count of days, an amount with more digits than are printed; a person sees what the
format makes of it, and so that is the text of the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import takewhile

from perftable_etl.extract.office.chinese_numerals import COMMON, FORMAL, digit_by_digit, spelled
from perftable_etl.extract.office.date_formats import show_date
from perftable_etl.extract.office.format_codes import FormatSection, Token, read_code

GENERAL = "General"
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that files name by number only, as a Chinese system shows them."""

_STORED = Context(prec=15, rounding=ROUND_HALF_UP)
"""Spreadsheets show fifteen digits of a number; the rest is what binary fractions leave."""

_EXACT = Context(prec=2000, rounding=ROUND_HALF_UP)

_WIDEST = 11
"""Characters that a number without a format may take, its point among them."""

_MOST_DIGITS = 400
"""Digits that a number may have before and after its point. A double has fewer."""


def show_number(stored: Decimal, code: str, *, from_1904: bool = False) -> str:
    """The text that a number shows."""
    if not stored.is_finite() or abs(stored.adjusted()) > _MOST_DIGITS:
        return str(stored)
    value = _STORED.plus(stored)
    section, is_signed = _section_for(value, read_code(code))
    if section.has("date", "elapsed", "half"):
        return show_date(value, section, from_1904=from_1904).strip()
    printed = value if is_signed else abs(value)
    return _show(printed, section).strip()


def show_text(text: str, code: str) -> str:
    """The text that a text shows: formats may add to it, or hide it."""
    sections = read_code(code)
    section = sections[3] if len(sections) > 3 else next((one for one in sections if one.has("text")), None)
    if section is None:
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens if token.kind in _OF_TEXT)


_OF_TEXT = ("text", "literal")


def _section_for(value: Decimal, sections: Sequence[FormatSection]) -> tuple[FormatSection, bool]:
    """The section that prints a value, and whether a minus sign is still to be printed."""
    numbers = list(sections[:3])
    if any(section.condition for section in numbers):
        chosen = next((one for one in numbers if one.condition is None or one.holds_for(value)), numbers[-1])
        return chosen, True
    if value < 0 and len(numbers) > 1:
        return numbers[1], False
    return (numbers[2], False) if value == 0 and len(numbers) > 2 else (numbers[0], True)


def _show(value: Decimal, section: FormatSection) -> str:
    if section.has("slash") and section.has("digit"):
        return _show_fraction(value, section)
    if section.has("digit"):
        return _in_numerals(_show_digits(value, section), section)
    sign = "-" if value < 0 else ""
    shown = (_show_plain(value, section, token) for token in section.tokens)
    return sign + "".join(shown) if section.has("general", "text") else "".join(shown)


def _show_plain(value: Decimal, section: FormatSection, token: Token) -> str:
    if token.kind not in ("general", "text"):
        return token.text
    return _in_numerals(general(abs(value)), section)


def _in_numerals(text: str, section: FormatSection) -> str:
    """The text with its digits as the numerals of the section."""
    if section.numerals not in ("1", "2"):
        return text
    numerals = COMMON if section.numerals == "1" else FORMAL
    return spelled(int(text), numerals) if text.isascii() and text.isdigit() else digit_by_digit(text, numerals)


def general(value: Decimal) -> str:
    """A number that is not negative, as it shows without a format: so many digits as fit."""
    if value == 0:
        return "0"
    if value.adjusted() >= _WIDEST or value.adjusted() < -_WIDEST + 2:
        return _scientific(value)
    whole = max(value.adjusted(), 0) + 1
    places = max(_WIDEST - whole - 1, 0)
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(value: Decimal) -> str:
    digits = Context(prec=6, rounding=ROUND_HALF_UP).plus(value)
    mantissa = f"{digits.scaleb(-digits.adjusted()):f}"
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}E{digits.adjusted():+03d}"


def _show_digits(value: Decimal, section: FormatSection) -> str:
    """A number by its placeholders of digits."""
    mantissa, exponent = _parted(section.tokens)
    whole, decimals = _at_point(mantissa)
    places = sum(token.kind == "digit" for token in decimals)
    scaled = _scaled(abs(value), section.tokens, (whole, decimals))
    power = _power(scaled, sum(token.kind == "digit" for token in whole)) if exponent else 0
    rounded = _EXACT.quantize(scaled.scaleb(-power), Decimal(1).scaleb(-places))
    digits, _, rest = f"{rounded:f}".partition(".")
    text = _whole(digits if rounded >= 1 else "", whole) + _decimals(rest, decimals)
    return ("-" if value < 0 else "") + text + _exponent(exponent, power)


def _parted(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The tokens before the exponent, and those from it on."""
    at = next((index for index, token in enumerate(tokens) if token.kind == "exponent"), len(tokens))
    return tokens[:at], tokens[at:]


def _at_point(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The tokens before the decimal point, and those from it on."""
    at = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    return tokens[:at], tokens[at:]


def _scaled(value: Decimal, tokens: Sequence[Token], sides: Iterable[Sequence[Token]]) -> Decimal:
    """A value times a hundred for each percent sign, and a thousandth for each comma after a side's last digit."""
    percents = sum(token.kind == "percent" for token in tokens)
    return value.scaleb(2 * percents - 3 * sum(map(_trailing_commas, sides)))


def _trailing_commas(side: Sequence[Token]) -> int:
    """How many commas stand right after the last placeholder on a side of the point."""
    last = max((index for index, token in enumerate(side) if token.kind == "digit"), default=len(side))
    return sum(1 for _ in takewhile(lambda token: token.kind == "comma", side[last + 1 :]))


def _power(value: Decimal, digits: int) -> int:
    """The power of ten that leaves as many digits before the point as there are placeholders."""
    step = max(digits, 1)
    return 0 if value == 0 else value.adjusted() // step * step


def _whole(digits: str, tokens: Sequence[Token]) -> str:
    """The digits before the point among their placeholders, from the right; the first takes all that are left."""
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    is_grouped = any(token.kind == "comma" for token in tokens[: places[-1]]) if places else False
    parts: list[str] = []
    taken = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != "digit":
            parts.append("" if token.kind == "comma" else token.text)
            continue
        left = digits[: len(digits) - taken] if taken < len(digits) else ""
        count = len(left) if index == places[0] else 1
        for digit in reversed(left[-count:] if left else _missing(token)):
            parts.append("," if is_grouped and taken and taken % 3 == 0 and digit.isdigit() else "")
            parts.append(digit)
            taken += 1
    return "".join(reversed(parts)) if places else "".join(token.text for token in tokens) + digits


def _missing(token: Token) -> str:
    return {"0": "0", "?": " "}.get(token.text, "")


def _decimals(digits: str, tokens: Sequence[Token]) -> str:
    """The point and the digits after it among their placeholders; `#` prints no zero at the end."""
    count = sum(token.kind == "digit" for token in tokens)
    needed = len(digits.rstrip("0"))
    text, used = "", 0
    for token in tokens:
        if token.kind != "digit":
            text += "" if token.kind == "comma" else token.text
            continue
        digit = digits[used] if used < min(len(digits), count) else "0"
        used += 1
        text += digit if used <= needed else _missing(token)
    return text


def _exponent(tokens: Sequence[Token], power: int) -> str:
    if not tokens:
        return ""
    sign = "-" if power < 0 else "+" if tokens[0].text.endswith("+") else ""
    return "E" + sign + _whole(str(abs(power)) if power else "", tokens[1:])


def _show_fraction(value: Decimal, section: FormatSection) -> str:
    """A whole number and a fraction: `# ?/?`."""
    at = next(index for index, token in enumerate(section.tokens) if token.kind == "slash")
    places = sum(token.kind == "digit" for token in section.tokens[at:])
    has_whole = any(token.text == " " for token in section.tokens[:at])
    whole, part = divmod(abs(value), 1) if has_whole else (Decimal(0), abs(value))
    fraction = Fraction(part).limit_denominator(10 ** max(places, 1) - 1)
    texts = [str(whole)] if whole or not fraction else []
    texts += [f"{fraction.numerator}/{fraction.denominator}"] if fraction else []
    return ("-" if value < 0 else "") + " ".join(texts)
