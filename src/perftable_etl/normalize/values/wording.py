"""The words that the grammar of target values knows, and the one spelling it reads them in.

To teach the parser an operator word, a change or a verb, add it to its line here; units are in `units`.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from perftable_etl.normalize.values.numerals import HAN_DIGITS, NUMBER, number
from perftable_etl.normalize.values.text import clean, fold
from perftable_etl.records import Operator, Polarity

# The one table of operators: what it means, the words and signs before a number, the words after it.
_OPERATORS: tuple[tuple[Operator, str, str], ...] = (
    (
        ">=",
        """
        ≥ ≧ ⩾ ≮ >= => ≥= 不低于 不少于 不小于 不下于 不亚于 不短于 不差于 不弱于 至少 最少 最低 起码 达到 达
        大于等于 大于或等于 高于等于 高于或等于 多于或等于 超过或等于 保持在 稳定在 大于等 力争达到
        """,
        "及以上 或以上 含以上 (含)以上 (含)及以上 以上 之上 或更高 或更多",
    ),
    (
        "<=",
        """
        ≤ ≦ ⩽ ≯ <= =< ≤= 不超过 不高于 不多于 不大于 不超 不长于 不晚于 不突破 至多 最多 最高 最长 小于等于
        小于或等于 低于等于 低于或等于 少于或等于 控制在 限制在 压缩在 控制到
        """,
        "及以下 或以下 含以下 (含)以下 (含)及以下 以下 以内 之内 之下 内 前 之前 以前 或更少 或更低 封顶",
    ),
    ("=", "= == 等于", ""),
    (">", "> 〉 大于 高于 超过 超出 多于 优于 长于 突破 超", "多 余 几"),
    ("<", "< 〈 小于 低于 少于 短于 不到 不足 未达到", ""),
    ("about", "约 约占 ≈ 大约 大概 约为 接近 将近 近", "左右 上下 来"),
)
BEFORE: dict[str, Operator] = {word: operator for operator, words, _ in _OPERATORS for word in words.split()}
AFTER: dict[str, Operator] = {word: operator for operator, _, words in _OPERATORS for word in words.split()}

# Changes: which way it goes, and the words for it. Those of one character need a baseline (比市场价低10%).
_CHANGES: tuple[tuple[Polarity, str], ...] = (
    ("up", "增长 增加 提高 提升 上升 上涨 上浮 扩大 增幅 递增 延长 加快 增收 增 升 涨 高 多"),
    (
        "down",
        "减少 降低 下降 缩短 缩减 压缩 压减 递减 下浮 削减 节约 节省 节支 降幅 缩小 提前 下调 核减 精简 减 降 低 少",
    ),
)
CHANGES: dict[str, Polarity] = {word: polarity for polarity, words in _CHANGES for word in words.split()}

# What a change is measured against begins with one of these: 比上年, 同比, 每年.
BASELINES = """
    同比 环比 比 较 相比 相较 相较于 较之 与 同 每年 逐年 年均 每月 逐月 每季度 每季 每届 年 年度 按年
"""

# What a target wants none of: 零事故, 无投诉.
EVENTS = """
    事故 投诉 举报 上访 信访 差错 失误 故障 伤亡 死亡 泄密 泄露 违规 违纪 违法 舆情 事件 逾期 拖欠 中断 感染 案件
    欠薪 纠纷 超支 挪用 违约 遗漏 误报 漏报 瞒报 火灾 浪费 截留 缺陷 返工 退单 腐败 失窃 隐患 复发 发生
    差评 延误
"""

# Words before an amount that add nothing to it.
FILLERS = """
    达到 达 达到了 保持 保持在 维持 维持在 控制在 控制 确保 力争 保证 不 为 是 在 介于 介乎 共 总 共计 总计 合计
    累计 年均 月均 日均 人均 平均 均 各 均为 全年 全部 全 总数 约 预计 计划 应 须 需 要 原则上 以 按 按照 当年
    本年 本年度 一次性 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至 降到 降至 降低到
    降低至 下降到 下降至 减少到 减少至 缩短到 缩短至 压缩到 压缩至 压减到 压减至 扩大到 扩大至
"""

# What is done to the things counted (培训教师100人).
ACTIONS = """
    完成 实现 开展 举办 召开 组织 培训 保障 新增 新建 建设 建成 采购 购置 发放 覆盖 服务 印发 印制 编制 制作 发布
    提供 开设 资助 补助 参加 参与 接待 受理 检查 巡查 维护 更换 安装 改造 修缮 养护 种植 收集 出版 刊发 签约 引进
    招聘 支付 超额完成 按时完成 及时完成 带动 扶持 帮扶 救助 慰问 走访 惠及 受益 投入 配备 派出 撰写 形成 处理
    办理 整改 治理 修复 清理 处置 监测 检测 抽检 抽查 评选 表彰 奖励 培育 扩建 铺设 运行 运维 升级 宣传 推送
"""

# How a measured quantity's name ends: 合格率, 面积.
LABEL_ENDS = """
    率 度 数 量 额 成本 费用 费 时间 时限 时长 面积 人数 次数 比例 占比 金额 标准 长度 幅度 增幅 降幅 增速 比重
    浓度 指数 周期 价格 单价 分 得分 评分 年限 期限 频次 频率 规模 投入 资金 经费 预算 支出 收入 产值 温度 湿度
    误差 偏差 距离 里程 水平 进度 性 带宽
"""


def one_of(words: str | Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    items = words.split() if isinstance(words, str) else words
    return "|".join(regex.escape(word) for word in sorted(items, key=len, reverse=True))


SIGN = rf"(?:(?<![节合签条预履特制附最临送到表])(?:{one_of(BEFORE)}))"  # 节约, 附近 and 到达 hold no operator
SIGN_CHARS = "≥≧⩾≮≤≦⩽≯=<>〉〈≈"
SIGNS = frozenset(SIGN_CHARS)
STOP = rf"0-9{SIGN_CHARS}±,;、。"
"""What parts one amount from the next (for a character class)."""

_FRACTION_WORDS = {"百": "%", "千": "‰", "万": "‱"}
_FRACTION = regex.compile(rf"([百千万])分之({NUMBER})")
_TENTHS = regex.compile(r"(?<=[一二三四五六七八九])成(?=[一二三四五六七八九])(.)")
# Digits and 万 or 千 by turns: 2万5千, 1亿5千万, 3千5百.
_MIXED = regex.compile(
    r"(?<![0-9.,])[0-9]{1,4}(?:(?P<first>亿)[0-9]{1,4}[千百]?万(?:[0-9]千)?|(?P<first>万)[0-9]千(?:[0-9]百)?|(?P<first>千)[0-9]百)"
    rf"|[{HAN_DIGITS}]{{1,6}}(?P<first>亿)[{HAN_DIGITS}]{{1,6}}万"
)
_AND_A_HALF = regex.compile(
    rf"(?P<number>[0-9]{{1,4}}|[{HAN_DIGITS}]{{1,4}})"
    r"(?:(?P<measure>个)半(?P<unit>小时|月|学期)|(?P<measure>个?)(?P<unit>[年天周月]|小时)半(?![年天月日小个]))"
)
_OUT_OF = regex.compile(r"\((?:满|总)分为?[0-9]+分\)")
_INCLUDED = regex.compile(r"\((不?含)(?:本数|本级|以上|[0-9.]+[^()0-9]{0,3})\)")
_MODAL = regex.compile(r"不(?:得|能|可|应|宜|许|允许)(?=[低高少多超小大短晚突])")


def folded(text: str) -> str:
    """Half-width, no white space, and one spelling of what the grammar knows under several."""
    if "<" in text or "&" in text:
        text = clean(text)
    text = fold(text)
    if _RESPELLED.isdisjoint(text):
        return text
    return _canonical(_without_stray_brackets(text))


_RESPELLED = frozenset("百千万成不含半()")


def _canonical(text: str) -> str:
    """百分之X as X%, 八成五 as 八点五成, 不得低于 as 不低于, (含90%) as (含)."""
    text = _MIXED.sub(_with_one_scale, text.replace("百分百", "100%"))
    if "半" in text:
        text = _AND_A_HALF.sub(lambda match: f"{number(match['number'])}.5{match['measure']}{match['unit']}", text)
    if "分之" in text:
        text = _FRACTION.sub(lambda match: f"{match[2]}{_FRACTION_WORDS[match[1]]}", text)
    if "成" in text:
        text = _TENTHS.sub(r"点\1成", text)
    if "不" in text:
        text = _MODAL.sub("不", text)
    if "分)" in text:
        text = _OUT_OF.sub("", text)
    return _INCLUDED.sub(r"(\1)", text) if "含" in text else text


def _with_one_scale(match: regex.Match[str]) -> str:
    """2万5千 as 2.5万: the scale stays with the unit."""
    first = match["first"]
    return f"{(number(match[0]) or 0) / (number(f'1{first}') or 1):f}{first}"


def _without_stray_brackets(text: str) -> str:
    """A cell that is cut in two leaves half a bracket at its start or end."""
    surplus = text.count("(") - text.count(")")
    if surplus > 0:
        return text.removesuffix("(")
    return text.lstrip(")") if surplus < 0 and "(" not in text[: text.find(")")] else text


CLAUSE_BREAK = regex.compile(
    r"""[;。、] | (?<![0-9]), | ,(?![0-9]) | [①-⑳]
    | \((?=\p{Han}[^()]*[0-9])
    | (?<=[0-9%‰)\p{Han}])(?:且|并且|同时)(?=.*[0-9])
    | (?<=[%‰)])(?=[\p{Han}①-⑳][^0-9]*[0-9])
    | (?<=[日底末月度]前)(?=.*[0-9])""",
    regex.VERBOSE,
)
"""Where one clause of a compound ends: at a separator, a bracket with a number in it, or just before a new name."""
