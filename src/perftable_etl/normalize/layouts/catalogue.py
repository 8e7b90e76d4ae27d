"""The Ministry of Finance's catalogue of indicators: two levels of closed names, and how forms spell them.

Two schemes are in use. 财预〔2015〕88号 has 成本指标 (cost) as a level-2 name under 产出指标 (output); 财预〔2021〕
101号 lifts it to level 1 with 经济成本, 社会成本 and 生态环境成本 below it. All other names are the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.labels import is_near
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Scheme


class Level2(NamedTuple):
    """A level-2 name of the catalogue, the level-1 name it stands under, and the one scheme that has it, if one.

    `also_under` are level-1 names that forms of many provinces print it under.
    """

    name: str
    level1: str
    scheme: Scheme | None = None
    also_under: tuple[str, ...] = ()


# Each name with its other spellings; 指标 at the end may be missing in all of them.
_LEVEL1: dict[str, tuple[str, ...]] = {
    "成本指标": (),
    "产出指标": ("项目产出", "预期产出", "完成指标", "项目完成"),
    "效益指标": ("效果指标", "项目效益", "项目效果", "预期效益", "预期效果"),
    "满意度指标": ("项目满意度", "预期满意度"),
}
_LEVEL2: dict[Level2, tuple[str, ...]] = {
    Level2("数量指标", "产出指标"): ("产出数量",),
    Level2("质量指标", "产出指标"): ("产出质量",),
    Level2("时效指标", "产出指标"): ("产出时效", "进度指标", "产出进度"),
    Level2("成本指标", "产出指标", "2015"): ("产出成本",),
    Level2("经济成本指标", "成本指标", "2021"): (),
    Level2("社会成本指标", "成本指标", "2021"): (),
    Level2("生态环境成本指标", "成本指标", "2021"): ("生态成本指标", "环境成本指标"),
    Level2("经济效益指标", "效益指标"): ("经济效果指标",),
    Level2("社会效益指标", "效益指标"): ("社会效果指标",),
    Level2("生态效益指标", "效益指标"): ("环境效益指标", "生态环境效益指标", "生态效果指标", "环境效果指标"),
    Level2("可持续影响指标", "效益指标"): ("可持续发展指标", "可持续性指标", "可持续效益指标", "可持续性影响指标"),
    Level2("服务对象满意度指标", "满意度指标", also_under=("效益指标",)): (
        "社会公众或服务对象满意度指标",
        "服务对象或社会公众满意度指标",
        "社会公众满意度指标",
        "社会公众及服务对象满意度指标",
        "服务对象满意度",
        "受益对象满意度指标",
        "群众满意度指标",
        "满意度",
        "服务对象",
        "区域满意度",
        "社会满意度",
    ),
}

_RANKS = {name: rank for rank, name in enumerate(name for name in _LEVEL1 if name != "成本指标")}
"""The order in which forms print the names of level 1; costs stand first with some, and below outputs with others."""

_FORMERLY = {"满意度指标": "效益指标"}
"""Level-1 names that older forms do not have, and under which other the level 2 below them stands there."""


def _key(name: str) -> str:
    return fold(name).removesuffix("指标")


_LEVEL1_BY_KEY = {_key(spelling): name for name, others in _LEVEL1.items() for spelling in (name, *others)}
_LEVEL2_BY_KEY = {_key(spelling): level2 for level2, others in _LEVEL2.items() for spelling in (level2.name, *others)}
_FULL_NAMES = tuple(f"{key}指标" for key in (*_LEVEL1_BY_KEY, *_LEVEL2_BY_KEY))
# A weight in brackets (产出指标(50分), 成本指标(0-20)分), a number before the name (1.产出指标).
_DECORATION = regex.compile(r"\([^()]*\)分?$|^[(]?[0-9一二三四五六七八九十]+[)、.．]")

# What stands before, in and after a name now and then and says nothing of the level: ③, ★, 项目; （必填）,
# （工作量）, (0-20)分, 40分; 类, 等, 指标, 目标 or 值 at the end, even twice.
_BEFORE = regex.compile(r"^(?:[★☆*]|\p{No}|[(]?[0-9一二三四五六七八九十]+[)、.．:])+")
_BRACKETS = regex.compile(r"\([^()]*\)分?|[0-9]+(?:\.[0-9]+)?分$")
_AFTER = regex.compile(r"(?:类|等|指标|目标|值)+$")
_PROJECT = "项目"

_WEIGHT = regex.compile(r"\((?P<weight>[0-9]+(?:\.[0-9]+)?[分%]?)\)$|(?P<weight>[0-9]+(?:\.[0-9]+)?分)$")


@remembered(4096)
def find_level1(printed: str) -> str | None:
    """The catalogue's level-1 name for what a form prints, or None."""
    return next((name for key in _keys(printed) if (name := _LEVEL1_BY_KEY.get(key))), None)


@remembered(4096)
def find_level2(printed: str) -> Level2 | None:
    """The catalogue's level-2 name for what a form prints, or None."""
    return next((level2 for key in _keys(printed) if (level2 := _LEVEL2_BY_KEY.get(key))), None)


def level1_rank(level1: str) -> int | None:
    """Where a name of level 1 stands among the others; None for one that has no place of its own."""
    return _RANKS.get(level1)


def only_level2(level1: str) -> Level2 | None:
    """The level 2 of a level 1 that has no other."""
    below = [level2 for level2 in _LEVEL2 if level2.level1 == level1]
    return below[0] if len(below) == 1 else None


def holds_two_levels(lines: Sequence[str]) -> bool:
    """Whether the printed lines of a text are two names of level 2, one below the other."""
    return any(find_level2("".join(lines[:at])) and find_level2("".join(lines[at:])) for at in range(1, len(lines)))


def may_stand_under(level2: Level2, level1: str) -> bool:
    """Whether forms print a level 2 under a level 1: the catalogue's, or that of older forms."""
    return level2.level1 == level1 or _FORMERLY.get(level2.level1) == level1


@remembered(4096)
def is_level(printed: str) -> bool:
    """Whether the text names a level of the catalogue, spelled out with its 指标."""
    bare = _DECORATION.sub("", fold(printed))
    return bare.endswith("指标") and (bare[:-2] in _LEVEL1_BY_KEY or bare[:-2] in _LEVEL2_BY_KEY)


def printed_weight(printed: str) -> str | None:
    """The weight after a level's name, in brackets or without: 50分 of 产出指标(50分)."""
    match = _WEIGHT.search(fold(printed))
    return match["weight"] if match else None


def worded_as_level(printed: str) -> bool:
    """Whether a text is worded as a level's name, of whatever scheme: it ends in 指标, but for what qualifies it."""
    return _BRACKETS.sub("", _DECORATION.sub("", fold(printed))).endswith(_ENDINGS)


def is_nearly_level(printed: str, *, is_recognized: bool) -> bool:
    """Whether a text is a name of the catalogue but for one character.

    Of names of two characters this speaks of a misreading only where text recognition read them: 制度 is no 进度.
    """
    key = _key(_DECORATION.sub("", fold(printed)))
    return (is_recognized or len(key) > _SHORT) and any(
        is_near(key, known) for known in (*_LEVEL1_BY_KEY, *_LEVEL2_BY_KEY)
    )


_ENDINGS = ("指标", "目标", "类")
_SHORT = 3
"""Characters of a name without 指标 that has others like it."""


def begins_level(printed: str) -> bool:
    """Whether the text is the beginning of a level's name, at least two characters of it and not all."""
    begun = fold(printed)
    return len(begun) > 1 and any(name.startswith(begun) and name != begun for name in _FULL_NAMES)


def ends_level(printed: str) -> bool:
    """Whether the text is the last few characters of a level's name, as the last line of a broken one is."""
    end = fold(printed)
    return 0 < len(end) <= _LONGEST_END and any(name.endswith(end) for name in _FULL_NAMES)


def lacks_last(printed: str) -> bool:
    """Whether the text is a level's name but for its last character."""
    begun = fold(printed)
    return any(name[:-1] == begun for name in _FULL_NAMES)


def level_at_start(text: str) -> int:
    """How many characters at the start of a text name a level, with more text behind them; 0 where they do not."""
    ends = (end for end in range(min(len(text) - 1, _LONGEST_START), 2, -1) if text[end - 1] in "标)）")
    return next((end for end in ends if is_level(text[:end])), 0)


_LONGEST_END = 3
_LONGEST_START = max(map(len, _FULL_NAMES)) + 8
"""Characters of a name with what qualifies it."""


def _keys(printed: str) -> Iterator[str]:
    """The keys that a name may have, the one with most of what is printed first."""
    folded = fold(printed)
    yield _DECORATION.sub("", folded).removesuffix("指标")
    bare = _AFTER.sub("", _BRACKETS.sub("", _BEFORE.sub("", folded)))
    yield bare
    yield bare.removeprefix(_PROJECT)
