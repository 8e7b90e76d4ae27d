"""The grammar of target values: ≥90.00(%), 不超过3000元/人, 5～8场, 12月31日前, 较上年增长10%以上, 城区≥95%，农村≥90%.

The rules are those of the project's domain notes (The grammar of values). A printed value is folded (half-width, no
white space, wrapped lines joined) and offered to the rules in order; the first that understands all of it decides. What
no rule understands is kept as text. Nothing is repaired and nothing raises: text that looks damaged by scanning or
copying gets the remark `damaged`, a unit that the lexicon does not have the remark `unknown_unit`.

    cell   := missing | deadline | zero | lead? amount | clause (separator clause)+ | text
    lead   := label | verb | 每 unit | baseline? change | condition
    amount := sign? number tail | number tail? 至 number tail | number? ± number tail | amount 且 amount
    tail   := (多|余)? unit? bound? "(" (unit | note) ")"? bound? rest
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.dates import MOMENT, Span, moment_span, read_span
from perftable_etl.normalize.numerals import ARABIC, HAN, add, multiply, number
from perftable_etl.normalize.text import clean, fold
from perftable_etl.normalize.tone import direction, polarity
from perftable_etl.normalize.units import Unit, is_bare_unit, read_unit, split_unit
from perftable_etl.records import Operator, Polarity, Remark, Target

__all__ = ["direction", "parse_target"]

# The one table of operators: what it means, the words and signs before a number, the words after it.
_OPERATORS: tuple[tuple[Operator, str, str], ...] = (
    (
        ">=",
        "≥ ≧ ⩾ ≮ >= => ≥= 不低于 不少于 不小于 不下于 不亚于 不短于 不差于 不弱于 至少 最少 最低 起码 达到 达 大于等于 大于或等于 高于等于 "
        "高于或等于 多于或等于 超过或等于 保持在 稳定在 大于等 力争达到",
        "及以上 或以上 含以上 (含)以上 (含)及以上 以上 之上 或更高 或更多",
    ),
    (
        "<=",
        "≤ ≦ ⩽ ≯ <= =< ≤= 不超过 不高于 不多于 不大于 不超 不长于 不晚于 不突破 至多 最多 最高 最长 小于等于 小于或等于 低于等于 低于或等于 "
        "少于或等于 控制在 限制在 压缩在 控制到",
        "及以下 或以下 含以下 (含)以下 (含)及以下 以下 以内 之内 之下 内 前 之前 以前 或更少 或更低 封顶",
    ),
    ("=", "= == 等于", ""),
    (">", "> 〉 大于 高于 超过 超出 多于 优于 长于 突破 超", "多 余 几"),
    ("<", "< 〈 小于 低于 少于 短于 不到 不足 未达到", ""),
    ("about", "约 ≈ 大约 大概 约为 接近 将近 近", "左右 上下 来"),
)
_BEFORE: dict[str, Operator] = {word: operator for operator, words, _ in _OPERATORS for word in words.split()}
_AFTER: dict[str, Operator] = {word: operator for operator, _, words in _OPERATORS for word in words.split()}

# One line a change: the words, and which way it goes.
_CHANGES: dict[str, Polarity] = {
    **dict.fromkeys("增长 增加 提高 提升 上升 上涨 上浮 扩大 增幅 递增 延长 加快 增收 增 升 涨 高 多".split(), "up"),
    **dict.fromkeys(
        "减少 降低 下降 缩短 缩减 压缩 压减 递减 下浮 削减 节约 节省 节支 降幅 缩小 提前 下调 核减 精简 减 降 低 少".split(), "down"
    ),
}
_BASELINES = (
    "同比 环比 比 较 相比 相较 相较于 较之 与 同 每年 逐年 年均 每月 逐月 每季度 每季 每届 年 年度 按年"  # 比上年, 每年
)

_EVENTS = (
    "事故 投诉 举报 上访 信访 差错 失误 故障 伤亡 死亡 泄密 泄露 违规 违纪 违法 舆情 事件 逾期 拖欠 中断 感染 案件 欠薪 纠纷 超支 挪用 违约 "
    "遗漏 误报 漏报 瞒报 火灾 浪费 截留 缺陷 返工 退单 腐败 失窃 隐患 增长 新增 复发 发生 差评 延误 排放"
)


def _one_of(words: str | Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    items = words.split() if isinstance(words, str) else words
    return "|".join(regex.escape(word) for word in sorted(items, key=len, reverse=True))


_SIGN = rf"(?:(?<![节合签条预履特制附最临送到表])(?:{_one_of(_BEFORE)}))"  # 节约, 附近, 到达 hold no operator
_SIGN_CHARS = "≥≧⩾≮≤≦⩽≯=<>〉〈≈"
_NUMBER = rf"(?:{ARABIC}|{HAN})"
_STOP = rf"0-9{_SIGN_CHARS}±,;、。"
# Digits may stand in a unit only under its stroke (元/100公里) or as a power (m2).
_SIGNS = frozenset(_SIGN_CHARS)
_TAIL_TEXT = rf"(?:[^{_STOP}]|(?<=/)[0-9]+|(?<=[mM^])[23](?![0-9]))*"


class Tail(NamedTuple):
    """What follows a number: the unit as printed ('' for none) and read, the bound said by a word, the words left."""

    printed: str
    unit: Unit | None
    operator: Operator | None
    rest: str


class Amount(NamedTuple):
    """A number or a pair of numbers with operator and unit."""

    operator: Operator | None
    value: Decimal
    upper: Decimal | None
    printed: str
    unit: Unit | None
    rest: str = ""
    remarks: tuple[Remark, ...] = ()
    is_signed: bool = False


class Printed(NamedTuple):
    """A value on its way through the rules: as printed, folded, and the form's year."""

    raw: str
    text: str
    year: int | None


def parse_target(text: str, *, year: int | None = None) -> Target:
    """The meaning of one printed indicator value. `year` is the form's, for deadlines that print none. Never raises.

    `value` and `unit` are as printed; `base_value` and `base_unit` are scaled exactly (≤1.10(万元/次) → 11000 元/次).
    """
    return _parse(text, year)


@lru_cache(maxsize=1 << 17)
def _parse(text: str, year: int | None) -> Target:
    if _SURROGATE.search(text):  # pydantic takes no lone surrogates, and there is nothing in such text to read
        return Target.model_construct(raw=text, kind="qualitative", remarks=("damaged",))
    return _read(Printed(text, _folded(text), year))


_SURROGATE = regex.compile(r"[\uD800-\uDFFF]")
_FRACTION_WORDS = {"百": "%", "千": "‰", "万": "‱"}
_FRACTION = regex.compile(rf"([百千万])分之({_NUMBER})")
_TENTHS = regex.compile(r"(?<=[一二三四五六七八九])成(?=[一二三四五六七八九])(.)")
_INCLUDED = regex.compile(r"\((不?含)(?:本数|本级|以上|[0-9.]+[^()0-9]{0,3})\)")
_MODAL = regex.compile(r"不(?:得|能|可|应|宜|许|允许)(?=[低高少多超小大短晚突])")


def _folded(text: str) -> str:
    """Half-width, no white space, and one spelling of what the grammar knows under several."""
    if "<" in text or "&" in text:
        text = clean(text)
    text = fold(text)
    if _RESPELLED.isdisjoint(text):
        return text
    return _respelled(_without_stray_brackets(text))


_RESPELLED = frozenset("百千万成不含()")


def _respelled(text: str) -> str:
    """百分之X as X%, 八成五 as 八点五成, 不得低于 as 不低于, (含90%) as (含)."""
    text = text.replace("百分百", "100%")
    if "分之" in text:
        text = _FRACTION.sub(lambda match: f"{match[2]}{_FRACTION_WORDS[match[1]]}", text)
    if "成" in text:
        text = _TENTHS.sub(r"点\1成", text)
    if "不" in text:
        text = _MODAL.sub("不", text)
    return _INCLUDED.sub(r"(\1)", text) if "含" in text else text


def _without_stray_brackets(text: str) -> str:
    """A cell that is cut in two leaves half a bracket at its start or end."""
    surplus = text.count("(") - text.count(")")
    if surplus > 0:
        return text.removesuffix("(")
    return text.lstrip(")") if surplus < 0 and "(" not in text[: text.find(")")] else text


def _read(printed: Printed) -> Target:
    for rule in _RULES:
        target = rule(printed)
        if target is not None:
            return target
    return _text(printed)


# --- bounds -----------------------------------------------------------------------------------------------------------

_BOUND = regex.compile(rf"(?P<sign>{_SIGN})?(?:(?P<arabic>{ARABIC})|(?P<han>{HAN}))(?P<tail>{_TAIL_TEXT}+)")


def _bound(printed: Printed) -> Target | None:
    """≥90.00(%), =1.00(台): the rule that most cells end in."""
    amount = _read_bound(printed.text) if printed.text[:1] in _SIGNS else None
    return _quantity(printed, amount) if amount else None


def _read_bound(text: str) -> Amount | None:
    match = _BOUND.fullmatch(text)
    if match is None:
        return None
    sign, arabic, han, rest = match.group("sign", "arabic", "han", "tail")
    tail = _read_tail(rest, sign is not None, han is not None)
    value = number(arabic or han) if tail else None
    if tail is None or value is None:
        return None
    operator, remarks = _joined(_BEFORE[sign] if sign else None, tail.operator)
    return Amount(operator, value, None, tail.printed, tail.unit, tail.rest, remarks, sign is not None)


_SIDES = {">=": 1, ">": 1, "<=": -1, "<": -1}


def _joined(sign: Operator | None, word: Operator | None) -> tuple[Operator | None, tuple[Remark, ...]]:
    """A sign before and a word after the number: the sign is the more exact; ≤…以上 is damage."""
    if sign is None or word is None:
        return sign or word, ()
    if sign == "=" or (word == "about" and sign in _SIDES):
        return (sign if word == "about" else word), ()
    opposed = _SIDES.get(sign, 0) * _SIDES.get(word, 0) < 0
    return sign, (("damaged",) if opposed else ())


def _quantity(printed: Printed, amount: Amount) -> Target:
    """A quantitative target; a change where the words after the number say so (10%增长)."""
    goes = _CHANGES.get(amount.rest)
    if goes is not None:
        return _target(printed, amount, "change", goes=goes)
    return _target(printed, amount, "quantitative")


def _target(
    printed: Printed, amount: Amount, kind: str, *, goes: Polarity | None = None, baseline: str | None = None
) -> Target:
    unit = amount.unit
    scale = unit.scale if unit else Decimal(1)
    upper = amount.upper
    # Validated: the constructor is pydantic's compiled one and cheaper than model_construct.
    return Target(
        raw=printed.raw,
        kind=kind,  # type: ignore[arg-type]
        operator=amount.operator,
        value=amount.value,
        value_upper=upper,
        unit=amount.printed or None,
        base_value=multiply(amount.value, scale),
        base_value_upper=None if upper is None else multiply(upper, scale),
        base_unit=(unit.symbol or None) if unit else None,
        baseline=baseline,
        polarity=goes,
        remarks=_remarks(amount),
    )


_MISREAD_SIGN = regex.compile(r"2(?:[89][0-9]|100)(?:\.[0-9]+)?")
_MISREAD_UNIT = regex.compile(r"兀|^[力方刀乃]元|^入次?$|^人?欠$")
_PERCENT_CEILING = 1000


def _remarks(amount: Amount) -> tuple[Remark, ...]:
    """Damage (domain rule 10): 292% without a sign is a ≥ read as 2; a percentage over 1000 lost its point."""
    unit = amount.unit
    if unit is None:
        return amount.remarks
    if not unit.is_known:
        misread = _MISREAD_UNIT.search(amount.printed)
        return (*amount.remarks, "unknown_unit", *(("damaged",) if misread else ()))
    if unit.symbol == "%" and amount.value > 200 and "damaged" not in amount.remarks:
        misread = not amount.is_signed and _MISREAD_SIGN.fullmatch(str(amount.value))
        if misread or amount.value > _PERCENT_CEILING:
            return (*amount.remarks, "damaged")
    return amount.remarks


# --- what follows a number --------------------------------------------------------------------------------------------

_TAIL = regex.compile(
    rf"""(?:(?P<multiplier>[百千万亿]{{0,2}})(?P<more>[多余几来](?!媒体|元化)))?+
         (?P<unit>(?:[^()/]|/(?!\()|/\([^()]*\))*?)
         (?:(?P<word>{_one_of(_AFTER)})(?P<rest>的?\p{{Han}}{{0,14}})??)?
         (?:\((?P<bracket>(?:[^()]|\([^()]*\))*)\)*)?
         (?:(?P<late>{_one_of(_AFTER)})(?P<late_rest>的?\p{{Han}}{{0,14}}))?
         [)(.!;:]*""",
    regex.VERBOSE,
)
_PLAIN_TAIL = regex.compile(r"\((?P<unit>[^()]*)\)?")
_EXCLUSIVE = regex.compile(r"不含(?:本数|[0-9.]+.{0,3})?")
_STRICT: dict[Operator | None, Operator] = {">=": ">", "<=": "<"}
# After an unsigned number these make a name or a grade, not a quantity: 3号, 一级, 二类, 5型.
_NAMING = regex.compile(r"[号级类等型版款甲代线流星岁维]|[A-Za-z]{1,2}")
_NOTE = regex.compile(r"含|暂|预计|约|见|如|其中|按|左右|以上|以内|估算|计划|参考|目标|全|实际|累计|上年|每|税|包括|不")
_FINISHED = "完成 达标 覆盖 全覆盖 到位 合格 执行 落实 通过 及时 满意 完工 响应 到场 办结".split()


@lru_cache(maxsize=16384)
def _read_tail(text: str, signed: bool, spelled: bool) -> Tail | None:
    """What the words after a number say; None if they make the number no quantity (3号文, 进一步净化)."""
    if not text:
        return None if spelled and not signed else Tail("", None, None, "")
    match = _TAIL.fullmatch(text)
    if match is None:
        return None
    operator = _bound_word(match)
    printed, is_noted = _unit_text(match)
    rest = match["rest"] or match["late_rest"] or ""
    if not printed:
        return None if spelled and not (signed or operator) else Tail("", None, operator, rest)
    return _with_unit(printed, operator, rest, bare=not (signed or is_noted), spelled=spelled)


def _bound_word(match: regex.Match[str]) -> Operator | None:
    """以上, 左右, 多 …; made strict by (不含)."""
    word = match["word"] or match["late"] or match["more"]
    operator = _AFTER[word] if word else None
    if match["bracket"] and _EXCLUSIVE.fullmatch(match["bracket"]):
        return _STRICT.get(operator, operator)  # type: ignore[arg-type]
    return operator


def _unit_text(match: regex.Match[str]) -> tuple[str, bool]:
    """The unit as printed, and whether a bracket gives it. A bracket is a unit only if its content is one (rule 5)."""
    printed = (match["multiplier"] or "") + match["unit"]
    bracket = match["bracket"]
    if not bracket or (_NOTE.search(bracket) and not is_bare_unit(bracket)):
        return printed, False
    if printed.strip("百千万亿"):  # of a second unit only the 次 of 人(次) belongs to the first
        return (printed + bracket, False) if bracket == "次" else (printed, False)
    for unit in (printed + bracket, printed + bracket.partition("(")[0]):
        if read_unit(unit):
            return unit, True
    return printed, False


def _with_unit(printed: str, operator: Operator | None, rest: str, *, bare: bool, spelled: bool) -> Tail | None:
    unit = read_unit(printed)
    known = unit is not None and unit.is_known
    if bare and _NAMING.match(printed) and (not known or printed in _GRADES):
        return None
    if not known and (halves := split_unit(printed)) and not _MISREAD_UNIT.search(printed):
        return _with_object(*halves, operator, spelled=spelled)
    if unit is None or (spelled and not known):
        return None
    return Tail(printed, unit, operator, rest)


_GRADES = frozenset("级 类 星 星级".split())


def _with_object(printed: str, counted: str, operator: Operator | None, *, spelled: bool) -> Tail | None:
    """场培训 is the unit 场 and what is counted. A spelled-out number needs a noun it can count (一条龙 is no 条)."""
    word = counted.removeprefix("的")
    if word.startswith("半") or not _OBJECT.fullmatch(word) or (spelled and word not in _FINISHED and not read_known(word)):
        return None
    return Tail(printed, read_unit(printed), operator, word)


_OBJECT = regex.compile(r"[\p{Han}A-Za-z“”\"/]{1,14}")


def read_known(word: str) -> bool:
    unit = read_unit(word)
    return unit is not None and unit.is_known


# --- pairs of numbers -------------------------------------------------------------------------------------------------

_EITHER_WAY = r"(?:±|\+/?-|正负|上下浮动(?:不超过)?|浮动(?:不超过)?)"
_TO = r"(?:[-~—–―−〜]{1,2}|至|到)"
_RANGE = regex.compile(
    rf"(?:{_SIGN}|在|介于|介乎)?(?P<low>{_NUMBER})(?P<low_tail>[^{_STOP}]{{0,10}}?)(?:{_TO}|与(?=.*之间)|和(?=.*之间))"
    rf"(?P<high>{_NUMBER})(?P<tail>{_TAIL_TEXT}?)(?:之间|区间|范围|的?范围内|区间内)?"
)
_INTERVAL = regex.compile(
    rf"[\[(](?P<low>{_NUMBER})(?P<low_tail>[^{_STOP}()\[\]]{{0,8}})[,~-](?P<high>{_NUMBER})(?P<tail>[^{_STOP}()\[\]]*)[\])]"
    rf"(?P<after>{_TAIL_TEXT})"
)
_MIDDLE = regex.compile(
    rf"(?P<low>{_NUMBER})(?P<low_tail>[^{_STOP}]{{0,8}})[≤<≦](?:[\p{{Han}}A-Za-z]{{1,10}})[≤<≦](?P<high>{_NUMBER})(?P<tail>{_TAIL_TEXT})"
)
_TOLERANCE = regex.compile(
    rf"(?:{_SIGN}|在|误差|偏差)*(?:(?P<centre>{_NUMBER})(?P<centre_tail>[^{_STOP}+/-]{{0,8}}))?"
    rf"\(?{_EITHER_WAY}(?P<by>{_NUMBER})(?P<tail>{_TAIL_TEXT})"
)
_PAIR = regex.compile(
    rf"(?P<first>(?:{_SIGN})?{_NUMBER}{_TAIL_TEXT}?)(?:并且|而且|同时|且|并|和|及|与|或|[,;、~-])?(?P<second>(?:{_SIGN})?{_NUMBER}{_TAIL_TEXT})"
)


def _read_amount(text: str) -> Amount | None:
    """A bound, a range, a tolerance or two bounds that make a range; all of `text` or None."""
    return _read_bound(text) or _read_range(text) or _read_tolerance(text) or _read_pair(text)


def _read_range(text: str) -> Amount | None:
    """80%-90%, 5~8场, 3至5个工作日, [80%,90%], 80%≤x≤90%."""
    match = _RANGE.fullmatch(text) or _INTERVAL.fullmatch(text) or _MIDDLE.fullmatch(text)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"].lstrip("-"))
    tail = _read_tail(match["tail"], True, False)
    low_tail = _read_tail(match["low_tail"], True, False)
    if low is None or high is None or tail is None or low_tail is None or low_tail.rest:
        return None
    return _between(low, low_tail, high, tail)


def _between(low: Decimal, low_tail: Tail, high: Decimal, tail: Tail) -> Amount | None:
    """One unit for both ends: the one printed; where they differ (5000元-1万元) the upper end is put in the lower's."""
    if low_tail.unit is None or low_tail.unit == tail.unit:
        remarks: tuple[Remark, ...] = ("damaged",) if low > high else ()
        return Amount("between", low, high, tail.printed, tail.unit, tail.rest, remarks, True)
    if tail.unit is None:
        return Amount("between", low, high, low_tail.printed, low_tail.unit, tail.rest, (), True)
    return _in_lower_unit(low, low_tail, high, tail)


def _in_lower_unit(low: Decimal, low_tail: Tail, high: Decimal, tail: Tail) -> Amount | None:
    lower, upper = low_tail.unit, tail.unit
    if lower is None or upper is None:
        return None
    if not lower.symbol and lower.scale == upper.scale:  # 3万-5万元
        return Amount("between", low, high, tail.printed, upper, tail.rest, (), True)
    if lower.symbol != upper.symbol:
        return None
    high = multiply(high, upper.scale) / lower.scale
    return Amount("between", low, high, low_tail.printed, lower, tail.rest, (), True)


def _read_tolerance(text: str) -> Amount | None:
    """±3%以内 is between -3 and 3; 20±2℃ is between 18 and 22."""
    match = _TOLERANCE.fullmatch(text)
    by = match and number(match["by"])
    tail = match and _read_tail(match["tail"], True, False)
    if match is None or by is None or tail is None:
        return None
    centre = number(match["centre"]) if match["centre"] else Decimal(0)
    own = _read_tail(match["centre_tail"] or "", True, False)
    if centre is None or own is None or (own.unit and own.unit != tail.unit):
        return None
    return Amount("between", add(centre, -by), add(centre, by), tail.printed, tail.unit, "", (), True)


def _read_pair(text: str) -> Amount | None:
    """≥90%且≤110%: two bounds of one quantity, either way round."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    first, second = _read_bound(match["first"]), _read_bound(match["second"])
    if first is None or second is None or first.rest:
        return None
    low, high = (first, second) if _SIDES.get(first.operator or "", 0) > 0 else (second, first)
    if _SIDES.get(low.operator or "", 0) < 1 or _SIDES.get(high.operator or "", 0) > -1 or low.value > high.value:
        return None
    return _between(low.value, _tail_of(low), high.value, _tail_of(high))


def _tail_of(amount: Amount) -> Tail:
    return Tail(amount.printed, amount.unit, amount.operator, amount.rest)


# --- words before an amount -------------------------------------------------------------------------------------------


class Lead(NamedTuple):
    """What the words before an amount make of it."""

    role: str  # plain, change, condition
    baseline: str | None = None
    goes: Polarity | None = None
    per: str = ""


_PLAIN_LEAD = Lead("plain")

_FILLERS = (
    "达到 达 达到了 保持 保持在 维持 维持在 控制在 控制 确保 力争 保证 不 为 是 在 介于 介乎 共 总 共计 总计 合计 累计 年均 月均 日均 人均 平均 均 各 "
    "均为 全年 全部 全 总数 年度 年 约 预计 计划 应 须 需 要 原则上 以 按 按照 当年 本年 本年度 一次性 提高到 提高至 提升到 提升至 增加到 增加至 "
    "增长到 增长至 上升到 上升至 降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 缩短到 缩短至 压缩到 压缩至 压减到 压减至 扩大到 扩大至"
)
_ACTIONS = (
    "完成 实现 开展 举办 召开 组织 培训 保障 新增 新建 建设 建成 采购 购置 发放 覆盖 服务 印发 印制 编制 制作 发布 提供 开设 资助 补助 参加 参与 接待 "
    "受理 检查 巡查 维护 更换 安装 改造 修缮 养护 种植 收集 出版 刊发 签约 引进 招聘 支付 超额完成 按时完成 及时完成 带动 扶持 帮扶 救助 慰问 走访 "
    "惠及 受益 投入 配备 派出 撰写 形成 处理 办理 整改 治理 修复 清理 处置 监测 检测 抽检 抽查 评选 表彰 奖励 培育 扩建 铺设 运行 运维 升级 宣传 推送"
)
_VERBS = f"{_FILLERS} {_ACTIONS}"
_LABEL_ENDS = (
    "率 度 数 量 额 成本 费用 费 时间 时限 时长 面积 人数 次数 比例 占比 金额 标准 长度 幅度 增幅 降幅 增速 比重 浓度 指数 周期 价格 单价 分 "
    "得分 评分 年限 期限 频次 频率 规模 投入 资金 经费 预算 支出 收入 产值 温度 湿度 误差 偏差 距离 里程 水平"
)
_PLAIN = regex.compile(
    rf"(?:[^,;。0-9]{{0,24}}(?:{_one_of(_LABEL_ENDS)}))?(?:{_one_of(_VERBS)})*[:：]?(?:\(?[0-9①-⑳][.、)])?"
    rf"|(?:{_one_of(_VERBS)})*(?:{_one_of(_ACTIONS)})[\p{{Han}}]{{0,8}}"
)
_PER = regex.compile(
    rf"(?:{_one_of(_VERBS)})*[每一]个?(?P<per>[\p{{Han}}A-Za-z]{{1,5}}?)(?:每个?(?P<second>\p{{Han}}{{1,4}}?))?(?:{_one_of(_VERBS)})*"
)
_CHANGE = regex.compile(
    rf"""(?P<condition>(?:[^,;:]*[,;:])?)
         (?P<subject>[^,;:0-9]{{0,16}}?)
         (?P<baseline>(?:{_one_of(_BASELINES)})+[^,;:]{{0,24}}?)?,?
         (?P<tone>有所|明显|显著|稳步|进一步|实现|平均|再|持续|力争|应|可|至少|预计|总体|共|均|年均|逐年)*
         (?:(?P<verb>{_one_of(word for word in _CHANGES if len(word) > 1)})\p{{Han}}{{0,8}}?
           |(?P<short>{_one_of(word for word in _CHANGES if len(word) == 1)}))[了约:]?""",
    regex.VERBOSE,
)
_LEVEL = regex.compile(rf"(?P<from>.*?)(?:{_one_of(_CHANGES)})[\p{{Han}}]{{0,6}}?[至到为](?:{_one_of(_VERBS)})*")
_CLOCK = regex.compile(r"[^0-9,;]{1,24}(?:后|之日起|日起|起|之后)的?")
_BASELINE_START = regex.compile(r"^(?:相较于|相较|相比|较之|比|较|与|同(?!比|期))")
_BASELINE_END = regex.compile(r"(?:相比较?|比较|相较|水平|基础上)$")
_A_YEAR = regex.compile(r"(?:19|20)[0-9]{2}年?(?:度|底|末|同期)?")
_HAS_DIGIT = regex.compile(r"[0-9]")


@lru_cache(maxsize=16384)
def _read_lead(text: str) -> Lead | None:
    """The role of the words before an amount. None: they make it part of a name (第3方, 前10名)."""
    if text.endswith(("第", "前", "个", "《", "》")) and not text.endswith("提前"):
        return None
    if per := _per(text):
        return Lead("plain", per=per)
    if _PLAIN.fullmatch(text):
        return _PLAIN_LEAD
    if level := _LEVEL.fullmatch(text):
        return Lead("condition" if _HAS_DIGIT.search(level["from"]) else "plain")
    if (change := _CHANGE.fullmatch(text)) and (lead := _change_lead(change)):
        return lead
    if _CLOCK.fullmatch(text):
        return Lead("plain", baseline=text)
    return Lead("condition")


def _per(text: str) -> str:
    """每月 is /月, 每人每天 is /人·天: what the amount is divided by, if it is a unit (not 每个困难家庭)."""
    match = _PER.fullmatch(text)
    words = [word for word in match.group("per", "second") if word] if match else []
    return "/" + "·".join(words) if words and all(read_known(word) for word in words) else ""


def _change_lead(match: regex.Match[str]) -> Lead | None:
    """A change with its baseline; with a condition or a number beside the baseline it is compound (rule 6).

    The one-character words begin too many others (升级, 高标准): they need a baseline, or to stand alone.
    """
    baseline = _BASELINE_END.sub("", _BASELINE_START.sub("", match["baseline"] or "")) or None
    if match["short"] and baseline is None and match[0] != match["short"]:
        return None
    numbered = baseline is not None and _HAS_DIGIT.search(_A_YEAR.sub("", baseline))
    role = "conditional change" if match["condition"] or numbered else "change"
    return Lead(role, baseline, _CHANGES[match["verb"] or match["short"]])


_START = regex.compile(rf"(?<![A-Za-z0-9.第之+])(?:{_SIGN}|{_EITHER_WAY})*(?:{_NUMBER})|[\[(](?={_NUMBER})|(?:{_SIGN})+(?={_NUMBER})")


def _led(printed: Printed) -> Target | None:
    """满意度达到90%以上, 每人每月500元, 较上年增长10%以上, 城区≥95%: words, then one amount."""
    found = _split_lead(printed.text)
    if found is None:
        return None
    lead_text, amount = found
    lead = _read_lead(lead_text) if lead_text else _PLAIN_LEAD
    if lead is None:
        return None
    if lead == _PLAIN_LEAD:
        return _quantity(printed, amount)
    return _with_lead(printed, lead, amount)


def _split_lead(text: str) -> tuple[str, Amount] | None:
    for match in _START.finditer(text):
        lead = text[: match.start()]
        amount = _read_amount(text[match.start() :])
        if amount is not None:
            return (lead, amount) if _may_lead(lead, amount) else None
    return None


def _may_lead(lead: str, amount: Amount) -> bool:
    """Other numbers before the amount are left to the clauses, unless they are what a change starts from."""
    if not _HAS_DIGIT.search(lead):
        return True
    return bool(_CHANGE.fullmatch(lead) or _LEVEL.fullmatch(lead)) or (
        amount.is_signed and not _CLAUSE_BREAK.search(lead) and not any(char in lead for char in _SIGN_CHARS)
    )


def _with_lead(printed: Printed, lead: Lead, amount: Amount) -> Target:
    if lead.role in {"condition", "conditional change"}:
        part = _part(printed)
        kind = "quantitative" if lead.role == "condition" else "change"
        return _compound_of(printed, (_target(part, amount, kind, goes=lead.goes, baseline=lead.baseline),))
    kind = "change" if lead.role == "change" else "quantitative"
    return _target(printed, _divided(amount, lead.per), kind, goes=lead.goes, baseline=lead.baseline)


def _part(printed: Printed) -> Printed:
    """A part of a compound has its own clause as raw text."""
    return printed._replace(raw=printed.text)


def _divided(amount: Amount, per: str) -> Amount:
    """每人每月500元 is 500 元/人·月."""
    countable = per and amount.unit and amount.unit.dimension != "ratio" and "/" not in amount.printed
    unit = read_unit(f"{amount.printed}{per}") if countable else None
    return amount if unit is None else amount._replace(printed=f"{amount.printed}{per}", unit=unit)


# --- cells that are no amount -----------------------------------------------------------------------------------------

_PLACEHOLDERS = frozenset(
    "/ // \\ - -- --- — —— – ― ... …… … 无 暂无 空 待定 不适用 不涉及 未填 未定 N/A n/a NA na null NULL None none nan ? ?? □ ■ . 、 。 : 略 "
    "待明确 待确定 无指标 ～ ~ · |".split()
) | {""}
_BLANK = regex.compile(
    rf"(?:[{_SIGN_CHARS}]|>=|<=)*(?:\*+|[xX×]{{1,4}}|_+|…+|\.{{3,}}|-+|—+|/)?(?P<unit>[^*_]*?)(?:\*+|_+)?"
)


def _missing(printed: Printed) -> Target | None:
    """Nothing, a dash, stars, or a unit whose number was never filled in (domain rule 8)."""
    text = printed.text
    if text in _PLACEHOLDERS or _is_unfilled(text):
        return Target(raw=printed.raw, kind="missing")
    return None


def _is_unfilled(text: str) -> bool:
    match = _BLANK.fullmatch(text) if len(text) <= 16 and not _HAS_DIGIT.search(text) else None
    if match is None:
        return False
    unit = match["unit"].removeprefix("(").removesuffix(")")
    return not unit or is_bare_unit(unit)


_ANY_NUMBER = regex.compile(r"[0-9零〇一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟]")
_NAMES = regex.compile(
    r"(?:国家|部|省|市|区)?级?[一二三四五六七八九0-9ⅠⅡⅢⅣⅤA-EI甲乙丙丁]{1,4}(?:级|类|等|星级?|甲|流|档|级[甲乙丙]等|A级?)(?:景区|资质|单位|医院|标准|水平|水质)?"
    r"(?:\(?含?\)?(?:及|或|\(含\))?(?:以上|以下))?(?:标准|水平|水质)?"
    r"|一(?![年月周天日季])\p{Han}{1,3}一\p{Han}{1,3}|[2-6]G.*|[248]K.*|(?:19|20)[0-9]{2}(?:版|款|届|级)\p{Han}*|每.{1,3}[0-9]{1,2}[日号].*"
    r"|.{0,12}[0-9]{1,3}(?:小时)?[×xX*✕][0-9]{1,3}(?:小时|天|h|H)?(?:[×xX*][0-9]{1,3}天?)?\p{Han}{0,12}"
    r"|.{0,8}(?:24小时[×xX*/][37].*|(?:24|二十四)小时(?:不间断|值班|值守|在线|待命|全天候|服务|监控|监测|运转|运行|开放|全时).{0,12})"
)
_REFERENCE = regex.compile(
    r"(?:GB|ISO|IEC|DB|JGJ|CJJ|HJ|YY|WS|AQ|QB|SL|NY|LY|JT|GA|SH|SY|TSG|DA|MZ|RB)[A-Z]*(?:/[A-Z]+)?[0-9]*[- ]?[0-9]{3,}"
    r"|[\[(](?:19|20)[0-9]{2}[\])][0-9]+号|第[0-9一二三四五六七八九十]+[号条款]|[0-9]+号文"
)


def _named(printed: Printed) -> Target | None:
    """Text with no number, or whose numbers count nothing: 二级以上, 5A级, 7×24小时, GB/T 19001-2016 (rule 8)."""
    text = printed.text
    if not _ANY_NUMBER.search(text):
        return _text(printed) if _is_only_text(text) else None
    is_reference = _REFERENCE.search(text) and _SIGNS.isdisjoint(text)
    return _text(printed) if is_reference or _NAMES.fullmatch(text) else None


_ZERO_WORD = regex.compile(r"^(?:无|没有|未|不发生|杜绝|零|0)")


def _is_only_text(text: str) -> bool:
    return not _ZERO_WORD.match(text) and not _TIME.search(text) and not _RELATIVE.search(text)


_ZERO = regex.compile(
    rf"零|(?P<no>零|0|无|没有|未发生|不发生|未出现|杜绝|未产生|没有发生)(?P<which>\p{{Han}}{{0,10}}?)(?:{_one_of(_EVENTS)})(?:发生|现象|情况|记录|行为|问题|事件|出现)?"
)
_GRADED = regex.compile(r"重大|较大|特大|重特大")
_NOTHING = Amount("=", Decimal(0), None, "", None)


def _zero(printed: Printed) -> Target | None:
    """零事故, 无重大投诉 are = 0 (domain rule 8).

    无重大事故 stays text: 重大 and 较大 are legal grades of accident (国务院令第493号), so it counts no accidents.
    """
    match = _ZERO.fullmatch(printed.text)
    if match is None or (match["no"] not in {"零", "0"} and "事故" in printed.text and _GRADED.search(match["which"])):
        return None
    return _target(printed, _NOTHING, "change" if printed.text.endswith("增长") else "quantitative")


_TIME = regex.compile(r"[年月季]|Q[1-4]|[0-9]{4}[-./][0-9]|20[0-9]{6}")
_DEADLINE = regex.compile(
    rf"(?P<sign>[{_SIGN_CHARS}]|<=|不晚于|不迟于|最迟|最晚)?(?P<lead>[^0-9,;%每比较自同]{{0,14}}?):?(?:{MOMENT})(?P<tail>[^0-9%]{{0,24}})",
    regex.VERBOSE,
)
_BY = r"(?:之前|以前|前|之内|以内|内|止|为止|底|末|期间)"
_DEADLINE_TAIL = regex.compile(
    rf"[份]?(?:{_BY})?[,]?(?:.*(?:完|成|竣工|开工|验收|交付|上线|启动|投入|到位|支付|结束|发放|实施|召开|举办|提交|编制|印发|通过|落实|执行|付清|办结|开展|使用|运行).*)?"
    rf"|{_BY}.*|.*前"
)
_RECURRING = regex.compile(r"每|逐[年月]|次月|当月|各季度")


def _deadline(printed: Printed) -> Target | None:
    """2024年12月底前, 12月31日前, 第三季度完成, 上半年, 2024.1-2024.12: by the last day of it (domain rule 7)."""
    text = printed.text.removeprefix("每年")
    if not _TIME.search(text) or _RECURRING.search(text) or text.isdecimal() or text.endswith("起"):
        return None
    match = _DEADLINE.fullmatch(text)
    if match is not None and _is_deadline(match):
        return _by(printed, moment_span(match, printed.year))
    span = read_span(text.removesuffix("完成"), printed.year)
    return _by(printed, span) if span else None


def _by(printed: Printed, span: Span | None) -> Target:
    """A deadline by the last day of `span`; a day the calendar does not have (2月30日) is damage."""
    return Target(
        raw=printed.raw, kind="deadline", deadline=span and span.last, remarks=() if span else ("damaged",)
    )


def _is_deadline(match: regex.Match[str]) -> bool:
    """Not ≤12月, which is a duration, and not 2023年水平."""
    if match["lead"] and not _DEADLINE_LEAD.fullmatch(match["lead"]):
        return False
    is_duration = match["sign"] and match["month"] and not (match["day"] or match["dotted_day"] or match["year"])
    return bool(_DEADLINE_TAIL.fullmatch(match["tail"])) and not (is_duration and not match["part"] and not match["tail"])


_DEADLINE_LEAD = regex.compile(r"[^零一二两三四五六七八九十百千]*")


# --- several amounts --------------------------------------------------------------------------------------------------

_CLAUSE_BREAK = regex.compile(r"[;。、]|(?<![0-9]),|,(?![0-9])|\((?=\p{Han}[^()]*[0-9])|(?<=[0-9%‰)\p{Han}])(?:且|并且|同时)(?=.*[0-9])|(?<=[%‰)])(?=[\p{Han}①-⑳][^0-9]*[0-9])|[①-⑳]|(?<=[日底末月度]前)(?=.*[0-9])")
_NUMBERING = regex.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[.)])(?=[^0-9])")
_LONGEST_COMPOUND = 400


def _compound(printed: Printed) -> Target | None:
    """城区≥95%，农村≥90%; 一类50元/天、二类30元/天: several clauses, of which some hold amounts (domain rule 9)."""
    if len(printed.text) > _LONGEST_COMPOUND:
        return None
    clauses = [clause for clause in _CLAUSE_BREAK.split(printed.text) if clause]
    parts = tuple(part for clause in _with_conditions(clauses) if (part := _clause(clause, printed.year)))
    if not parts:
        return None
    if len(clauses) == 1:
        return _again(printed, parts[0])
    return _compound_of(printed, tuple(inner for part in parts for inner in part.parts or (part,)))


def _with_conditions(clauses: list[str]) -> list[str]:
    """A clause without a number is the condition of the next: 一般案件，比法定时间90天缩短30%."""
    joined: list[str] = []
    waiting = ""
    for clause in clauses:
        waiting = f"{waiting},{clause}" if waiting else clause
        if _HAS_DIGIT.search(clause) or _ANY_NUMBER.search(clause):
            joined.append(waiting)
            waiting = ""
    return joined


def _clause(text: str, year: int | None) -> Target | None:
    """One clause by itself; None where it is text."""
    own = _NUMBERING.sub("", text)
    printed = Printed(text, own, year)
    for rule in (_bound, _deadline, _zero, _led):
        if target := rule(printed):
            return target
    return None


def _again(printed: Printed, target: Target) -> Target:
    """The meaning of a clause for the whole cell, which differs by a full stop or a number before it."""
    return target.model_copy(update={"raw": printed.raw})


def _compound_of(printed: Printed, parts: tuple[Target, ...]) -> Target:
    return Target(raw=printed.raw, kind="compound", parts=parts)


# --- text -------------------------------------------------------------------------------------------------------------

_RELATIVE = regex.compile(
    rf"(?:(?P<sign>{_SIGN})|与|同|和)(?P<baseline>(?:上一?年度?|去年|前一?年|上年同期|去年同期|往年|上期|(?:19|20)[0-9]{{2}}年)[^,;0-9]{{0,6}}?)(?:水平|持平|一致|标准)?"
)
_AGAINST = regex.compile(r"(?:比|较|相比)(?P<baseline>上一?年度?|去年|前一?年度?|上年同期|去年同期|往年|以往|前期|之前|[0-9]{4}年)")
_DAMAGED = regex.compile(
    rf"[\uFFFD\uE000-\uF8FF℅]|(?:^|[{_SIGN_CHARS}])(?=[0-9])[0-9.,]*[OoIl|][0-9.,OoIl|]*(?=[%‰.(\p{{Han}}]|$)"
    rf"|[{_SIGN_CHARS}][OoIl|][0-9.,OoIl|]*[0-9]|[0-9][)(]?[万亿千]?兀|^[》《]+[=]?[0-9]|^[{_SIGN_CHARS}]?[0-9]+(?:\.[0-9]*\.[0-9.]*|,[0-9]{{1,2}}(?![0-9]).*)"
    rf"|[0-9](?:o/o|0/0(?![0-9]))"
)


def _text(printed: Printed) -> Target:
    """What stays text, with its tone, what it is compared with, and a remark where the characters look damaged."""
    text = printed.text
    against = _AGAINST.search(text)
    return Target(
        raw=printed.raw,
        kind="qualitative",
        baseline=against["baseline"] if against else None,
        polarity=polarity(text),
        remarks=("damaged",) if _DAMAGED.search(text) else (),
    )


def _relative(printed: Printed) -> Target | None:
    """不低于上年水平, 与上年持平: relative to something, without a number (domain rule 6)."""
    match = _RELATIVE.fullmatch(printed.text)
    if match is None:
        return None
    operator = _BEFORE[match["sign"]] if match["sign"] else None
    return Target(raw=printed.raw, kind="change", operator=operator, baseline=match["baseline"])


_Rule = Callable[[Printed], Target | None]
_RULES: tuple[_Rule, ...] = (_bound, _missing, _named, _deadline, _zero, _relative, _led, _compound)
