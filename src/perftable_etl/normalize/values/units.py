"""Units as a small algebra: atoms with dimension and scale, products and quotients of them.

Domain rule 3. A printed unit (万元/次, 元/人.天, ㎡, 元每人每月) is read into its base unit in one canonical spelling
(元/次, 元/(人·天), 平方米, 元/(人·月)) and the exact factor from the printed to the base unit (10000 for 万元/次).

Only three things scale: the Chinese multipliers 百 千 万 亿 before the numerator, ‰ (to %) and 成 (to %). Physical
units are *not* converted into each other: 公斤, 厘米, 公里, 亩 and ℃ are base units, as people compare them with what
is printed. Other spellings of one unit (㎡, m², 平米; km, 千米; kg, 千克) become one word. A multiplier under the
stroke (元/千字) stays, since only the numerator scales.
"""

from __future__ import annotations

from decimal import Decimal
from math import prod
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.values.remembered import remembered

Dimension = Literal[
    "money", "ratio", "points", "time", "length", "area", "volume", "mass", "energy", "data", "physics", "score",
    "count", "unknown",
]  # fmt: skip


class Unit(NamedTuple):
    """A unit in its base: canonical spelling ('' for a bare multiplier), dimension of the numerator, factor to it."""

    symbol: str
    dimension: Dimension
    scale: Decimal = Decimal(1)

    @property
    def is_known(self) -> bool:
        """Whether every atom of it is in the lexicon."""
        return self.dimension != "unknown"

    @property
    def lacks_numerator(self) -> bool:
        """Whether it does not say of what there are so many: /株, 万/月, or the M of Mbps, MB or MW."""
        return self.symbol.startswith("/") or self.symbol in _PREFIXES


# One line a unit: base spelling, dimension, factor to it, all its spellings (the base spelling among them).
_LEXICON: tuple[tuple[str, Dimension, str, str], ...] = (
    ("元", "money", "1", "元 人民币元 元人民币 块钱"),
    ("美元", "money", "1", "美元"),
    ("%", "ratio", "1", "% 百分比 百分率 百分号 pct"),
    ("%", "ratio", "0.1", "‰ 千分比"),
    ("%", "ratio", "0.01", "‱ 万分比"),
    ("%", "ratio", "10", "成"),
    ("%", "ratio", "100", "比例 比率"),
    ("个百分点", "points", "1", "个百分点 百分点 个点"),
    ("年", "time", "1", "年 周年 年度"),
    ("半年", "time", "1", "半年"),
    ("学期", "time", "1", "学期 个学期"),
    ("学年", "time", "1", "学年"),
    ("季度", "time", "1", "季度 季 个季度"),
    ("月", "time", "1", "月"),
    ("个月", "time", "1", "个月"),
    ("周", "time", "1", "周 个星期 星期 个周"),
    ("天", "time", "1", "天"),
    ("日", "time", "1", "日 日历日"),
    ("自然日", "time", "1", "自然日 个自然日"),
    ("工作日", "time", "1", "工作日 个工作日 工作天 个工作天"),
    ("小时", "time", "1", "小时 个小时 h hr hour 时"),
    ("分钟", "time", "1", "分钟 min mins"),
    ("秒", "time", "1", "秒 秒钟 s sec"),
    ("毫秒", "time", "1", "毫秒 ms"),
    ("公里", "length", "1", "公里 千米 km ㎞"),
    ("米", "length", "1", "米 m"),
    ("延米", "length", "1", "延米 延长米"),
    ("厘米", "length", "1", "厘米 公分 cm ㎝"),
    ("毫米", "length", "1", "毫米 mm ㎜"),
    ("微米", "length", "1", "微米 μm um"),
    ("里", "length", "1", "里 华里"),
    ("海里", "length", "1", "海里"),
    ("平方米", "area", "1", "平方米 平米 平方 ㎡ m² m2 m^2"),
    ("平方公里", "area", "1", "平方公里 平方千米 km² km2 ㎢"),
    ("公顷", "area", "1", "公顷 ha hm² hm2"),
    ("亩", "area", "1", "亩"),
    ("立方米", "volume", "1", "立方米 立方 方 ㎥ m³ m3 m^3"),
    ("升", "volume", "1", "升 公升 L"),
    ("毫升", "volume", "1", "毫升 ml ㎖"),
    ("吨", "mass", "1", "吨 t"),
    ("公斤", "mass", "1", "公斤 千克 kg ㎏"),
    ("斤", "mass", "1", "斤 市斤"),
    ("克", "mass", "1", "克 g"),
    ("毫克", "mass", "1", "毫克 mg ㎎"),
    ("微克", "mass", "1", "微克 μg ug"),
    ("吨标准煤", "energy", "1", "吨标准煤 吨标煤 tce"),
    ("千瓦时", "energy", "1", "千瓦时 kWh kW·h"),
    ("度", "energy", "1", "度"),
    ("千瓦", "energy", "1", "千瓦 kW ㎾"),
    ("兆瓦", "energy", "1", "兆瓦 MW"),
    ("瓦", "energy", "1", "瓦 W"),
    ("GB", "data", "1", "GB G"),
    ("TB", "data", "1", "TB T"),
    ("MB", "data", "1", "MB"),
    ("KB", "data", "1", "KB"),
    ("PB", "data", "1", "PB"),
    ("Mbps", "data", "1", "Mbps Mb/s"),
    ("Gbps", "data", "1", "Gbps Gb/s"),
    ("℃", "physics", "1", "℃ °C 摄氏度"),
    ("分贝", "physics", "1", "分贝 dB dBA"),
    ("伏", "physics", "1", "伏 V"),
    ("千伏", "physics", "1", "千伏 kV"),
    ("兆帕", "physics", "1", "兆帕 MPa"),
    ("勒克斯", "physics", "1", "勒克斯 lx lux"),
    ("赫兹", "physics", "1", "赫兹 Hz"),
    ("ppm", "physics", "1", "ppm"),
    ("分", "score", "1", "分"),
    ("级", "score", "1", "级"),
    ("星", "score", "1", "星 星级"),
    ("倍", "score", "1", "倍"),
)

# Count nouns and measure words, each its own base. X次 (人次, 件次, 家次, 周次) needs no entry of its own.
_MEASURE_WORDS = """
次 趟 回 遍 轮 场 届 期 批 班 节 课时 学时 学分 课 门 班次 车次 航次 航班 列次 台班 台套 机时 人天 人日 人月 人年
班组 例 生 团次 人 名 位 户 家 口 员 对 双 组 队 支 团 群 村民 居民 学生 教师 职工 老人 儿童 残疾人 患者 病人 干部
党员 专家 志愿者 个 件 项 条 种 类 款 套 台 部 辆 架 艘 只 头 匹 羽 尾 株 棵 丛 盆 颗 粒 根 枝 束 片 块 张 幅 面
页 份 篇 本 册 卷 集 起 宗 桩 笔 单 票 案 例次 处 座 栋 幢 间 室 所 院 校 区 县 市 省 镇 乡 村 街道 街镇 社区 小区
居 路 段 道 孔 口井 眼 井 点 点位 站 站点 网点 岗 岗位 床 床位 席 车 车位 车辆 泊位 机 端 盏 灯 扇 樘 堵 顶 桶 箱
瓶 袋 包 盒 罐 支次 剂 针 剂次 字 词 行 题 帧 幅次 版 期次 刊 卡 证 枚 把 副 床次 床日 餐 顿 桌 样 样本 样品 批次
频次 频道 频率 次数 人数 户数 户次 车公里
"""

# Nouns that are counted without a measure word. Alone in a cell they are text, not a unit with its number missing.
_NOUNS = """
案件 项目 课题 任务 工程 活动 会议 报告 方案 文件 信息 数据 账号 平台 系统 设备 产品 作品 论文 专利 标准 标段 标的
企业 单位 部门 机构 学校 医院 基地 公司 门店 团队 班级 校次 街 里弄 小组 大类 小类 科目 专业 人才 品种 模块 接口
节点 万次 人/次 吨次 宿 间夜 人·次 米次 柜 台件 台站 站次 盘 缸 滴 笼 窝 巢 穴 亩次 垄 畦 方次 层 楼 单元 栏 档 环
圈 步 格 名次
"""

ATOMS: dict[str, Unit] = {
    spelling: Unit(base, dimension, Decimal(scale))
    for base, dimension, scale, spellings in _LEXICON
    for spelling in spellings.split()
} | {noun: Unit(noun, "count") for noun in (_MEASURE_WORDS + _NOUNS).split()}
_WORDS = frozenset(_NOUNS.split())
_PREFIXES = frozenset({"M", "兆"})
_LOWER = {spelling.lower(): unit for spelling, unit in ATOMS.items() if len(spelling) > 1}

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MULTIPLIED = regex.compile(r"(?P<multiplier>[十百千]?[万亿]+|[百千])(?P<atom>.*)")
_TIMES = regex.compile(r"[·.*×•∙⋅‧・]")
_PER = regex.compile(r"[/÷每]")
_DENOMINATOR = regex.compile(r"[/÷每·.*×•∙⋅‧・()]+")
_WORD = regex.compile(r"[\p{Han}]{1,8}|[A-Za-zμ°℃²³^]{1,8}")
_COUNTED_WORD = regex.compile(r"(?:[0-9]{1,6}|[一两])?(?:[十百千万]*)(?P<word>\p{Han}{1,8}|[A-Za-zμ°²³^]{1,8}[23]?)")
_NO_NOUN = regex.compile(r"[的地得了是为在于与和或及且其以至到不无已应须按比较由从]")


@remembered(4096)
def read_unit(text: str) -> Unit | None:
    """The unit that `text` (folded) spells, or None where it cannot be one. Unknown nouns stay as printed.

    万元/次 → 元/次, scale 10000; 元/人.天 → 元/(人·天); ㎡ → 平方米; 万 → '' (a bare multiplier), scale 10000.
    """
    if text in ATOMS:
        return ATOMS[text]
    numerator, *_ = _PER.split(text, maxsplit=1)
    top = _NOTHING if _ONLY_BELOW.match(text) else _product(_TIMES.split(numerator))
    if top is None or len(numerator) == len(text):
        return top
    below = [_denominator(word) for word in _DENOMINATOR.split(text[len(numerator) :]) if word]
    if not below or None in below:
        return None
    return _quotient(top, [unit for unit in below if unit])


def per(text: str, words: tuple[str, ...]) -> str:
    """A unit divided by more words, each named once: 元 by 人 and 月 is 元/人·月, and so is 元/月 by 人."""
    numerator, *below = [part for part in _PER.split(text) if part]
    named = "·".join(below)
    more = [word for word in words if word not in below]
    return "/".join((numerator, "·".join((*more, *([named] if named else ())))))


_NOTHING = Unit("", "count")
_ONLY_BELOW = regex.compile(r"/(?![0-9])")


@remembered(4096)
def is_bare_unit(text: str) -> bool:
    """Whether `text` is a unit of the lexicon and nothing else, so that in a cell of its own its number is missing."""
    unit = read_unit(text)
    if unit is None or not unit.is_known or text in _WORDS:
        return False
    return not text.startswith(("十", "百", "半")) or (text in ATOMS and text[0] == "百")  # 百分点, but not 十万元


def is_known_unit(text: str) -> bool:
    """Whether every word of `text` as a unit is in the lexicon."""
    unit = read_unit(text)
    return unit is not None and unit.is_known


@remembered(4096)
def split_unit(text: str) -> tuple[str, str] | None:
    """The longest unit of the lexicon that `text` begins with, and the rest: 场培训 → (场, 培训)."""
    if _PER.search(text):  # a noun under the stroke may be any: 元/生均
        return None
    if text[:1] == "个" and text[1:] in ATOMS:  # 个点位 is no 个点
        return text[0], text[1:]
    for length in range(min(len(text) - 1, 8), 0, -1):
        unit = read_unit(text[:length])
        if unit is not None and unit.is_known and unit.symbol:
            return text[:length], text[length:]
    return None


def _product(words: list[str]) -> Unit | None:
    """人·天: the symbols joined, the scales multiplied; the first factor gives the dimension."""
    factors = [unit for word in words if (unit := _factor(word))]
    if len(factors) != len(words):
        return None
    if len(factors) == 1:
        return factors[0]
    dimension = factors[0].dimension if all(unit.is_known for unit in factors) else "unknown"
    return Unit(
        "·".join(unit.symbol for unit in factors), dimension, prod((u.scale for u in factors), start=Decimal(1))
    )


def _quotient(top: Unit, below: list[Unit]) -> Unit:
    symbol = below[0].symbol if len(below) == 1 else f"({'·'.join(unit.symbol for unit in below)})"
    dimension = top.dimension if all(unit.is_known for unit in below) else "unknown"
    return Unit(f"{top.symbol}/{symbol}", dimension, top.scale)


def _factor(word: str) -> Unit | None:
    """One atom, with its multiplier: 万元, 亿人次, 平方米; or a noun the lexicon does not have."""
    unit = _atom(word) or _multiplied(word)
    if unit is None and _WORD.fullmatch(word) and not _NO_NOUN.search(word):
        return Unit(word, "unknown")
    return unit


def _atom(word: str) -> Unit | None:
    if word in ATOMS:
        return ATOMS[word]
    if len(word) > 1 and word.endswith("次") and word[:-1] in ATOMS:
        return Unit(word, "count")
    return _LOWER.get(word.lower())


def _multiplied(word: str) -> Unit | None:
    """万元 is 10000 元. Before an unknown noun only 万 and 亿 multiply (千 and 百 begin too many nouns: 百姓)."""
    match = _MULTIPLIED.fullmatch(word)
    if match is None:
        return None
    scale = Decimal(prod(_MULTIPLIERS[char] for char in match["multiplier"]))
    rest = match["atom"]
    if not rest:
        return Unit("", "count", scale)
    unit = _atom(rest)
    if unit is None and scale >= 10**4 and _WORD.fullmatch(rest):
        unit = Unit(rest, "unknown")
    return unit and unit._replace(scale=unit.scale * scale)


def _denominator(word: str) -> Unit | None:
    """A word under the stroke: spelled canonically, never scaled; a number or multiplier before it stays (千字)."""
    unit = _atom(word)
    if unit is not None and unit.scale == 1:
        return unit
    match = _COUNTED_WORD.fullmatch(word)
    if match is None:
        return None
    return Unit(word, "count" if _atom(match["word"]) else "unknown")
