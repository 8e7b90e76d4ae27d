"""How a name is worded anew in another year: what real units did from one year to the next, on other names.

Each takes a name apart as it was put together, so it knows what stays the same without comparing names.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Rewording = Callable[[str, str, Random], str]
"""Makes another name of a subject and an ending."""


def verb_first(subject: str, ending: str, random: Random) -> str:
    """举办网络安全宣传各项重要活动, of 网络安全宣传各项重要活动举办场数."""
    return f"{random.choice(('开展', '举办', '组织', '组织开展', '完成'))}{subject}{'' if len(ending) < 3 else ending}"


def verb_last(subject: str, ending: str, random: Random) -> str:
    """技术治网专项行动支撑服务开展次数, of 技术治网专项行动支撑服务."""
    return f"{subject}{random.choice(('开展', '举办', '完成', '实施'))}{ending or '次数'}"


def measured(subject: str, ending: str, random: Random) -> str:
    """对重点单位进行网络安全抽查次数, of 对重点单位进行网络安全抽查."""
    return f"{subject}{ending or random.choice(('数量', '次数', '数'))}"


def of_the_year(subject: str, ending: str, random: Random) -> str:
    """全年巡检数量, of 巡检数量."""
    return f"{random.choice(('全年', '年度', '全市', '本年度', '各类', '全区'))}{subject}{ending}"


def other_ending(subject: str, ending: str, random: Random) -> str:
    """满意率 for 满意度, 数 for 数量, 解决时间 for 处理时间."""
    others = {
        "满意度": ("满意率", "满意程度", "好评率"), "数量": ("数", "个数", "总数"), "次数": ("数量", "频次", "数"),
        "场次": ("场数", "次数"), "人数": ("总人数", "人次"), "响应时间": ("响应时长", "响应时限"),
        "完成时间": ("完成时限", "办结时间"), "平均成本": ("次均成本", "成本"), "费用": ("费", "经费"),
        "及时率": ("及时性", "按时完成率"), "合格率": ("达标率",), "知晓率": ("知晓度",),
        "覆盖率": ("覆盖面", "覆盖程度"),
    }  # fmt: skip
    return f"{subject}{random.choice(others.get(ending, (ending,)))}"


def more_words(subject: str, ending: str, random: Random) -> str:
    """重要项目网上正面宣传次数, of 正面宣传次数: more is said of the same."""
    cut = random.randrange(1, len(subject)) if len(subject) > 3 else 0
    words = random.choice(("工作", "服务", "相关", "任务", "业务", "专项", "及指导", "等活动"))
    return f"{subject}{words}{ending}" if cut < 2 else f"{subject[:2]}{subject[2:]}{words}{ending}"


def fewer_words(subject: str, ending: str, random: Random) -> str:
    """公务出车及时率, of 公务用车保障及时率: a word of it goes."""
    kept = subject[2:] if random.random() < 0.5 else subject[:-2]
    return f"{kept if len(kept) >= 2 else subject}{ending}"


def about_someone(subject: str, ending: str, random: Random) -> str:
    """面向企业、区级网信办的普法培训, of 普法培训."""
    whom = random.choice(("面向企业、街镇的", "对重点单位进行", "针对基层单位的", "相关单位"))
    return f"{whom}{subject}{ending}"


def in_a_clause(subject: str, ending: str, random: Random) -> str:
    """结合专项行动，定期通报网信领域执法工作情况, of 网信领域执法工作情况通报数."""
    clause = random.choice(("结合专项行动，", "聚焦重点领域，", "按照上级要求，", "围绕中心工作，"))
    return f"{clause}{random.choice(('定期', '持续', '按时'))}{random.choice(('开展', '完成'))}{subject}{ending}"


def other_word(subject: str, ending: str, random: Random) -> str:
    """软件故障解决时间, of 业务故障处理时间: another word for a part of it."""
    others = (
        ("维修", "检修"), ("检测", "检验"), ("培训", "轮训"), ("慰问", "走访"), ("接待", "办理"),
        ("改造", "更新"), ("制作", "拍摄"),
        ("补助", "补贴"), ("保洁", "清扫"), ("巡检", "检查"), ("印制", "印刷"), ("活动", "主题活动"),
        ("采集", "采样"), ("备份", "维护"),
    )  # fmt: skip
    fitting = [pair for pair in others if pair[0] in subject]
    one, other = (
        random.choice(fitting) if fitting else (subject[:2], random.choice(("重点", "日常", "年度")) + subject[:2])
    )
    return f"{subject.replace(one, other, 1)}{ending}"


REWORDINGS: tuple[Rewording, ...] = (
    verb_first, verb_last, measured, of_the_year, other_ending, more_words, fewer_words, about_someone,
    in_a_clause, other_word,
)  # fmt: skip


def printed_otherwise(name: str, random: Random) -> str:
    """The same name in another print: widths, blanks, numbering, brackets."""
    change = random.randrange(6)
    if change == 0:
        return name[:2] + " " + name[2:]
    if change == 1:
        return f"{random.randrange(1, 9)}.{name}"
    if change == 2:
        return name.replace("(", "（").replace(")", "）").replace(",", "，")
    if change == 3:
        return f"“{name[:4]}”{name[4:]}"
    return name


def renamed(topic: str, act: str, kind: str, random: Random) -> str:
    """Another name of a project: another kind of money, a word more, a word less."""
    return random.choice((
        f"{topic}{act}{random.choice(('经费', '项目', '专项资金', '专项经费', '补助资金'))}",
        f"{topic}及配套{act}{kind}",
        f"{topic}服务{act}{kind}",
        f"{topic[:2]}{topic[2:]}工作{kind}",
        f"{random.choice(('区级', '年度', '综合'))}{topic}{act}{kind}",
    ))  # fmt: skip
