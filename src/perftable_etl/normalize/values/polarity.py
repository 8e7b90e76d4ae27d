"""What is inferred, not printed: the polarity of a target in words, and whether more or less is better."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Direction, Polarity, Target

# One line a polarity, the first that is found counts: what the target promises, and the words that say so.
_POLARITIES: tuple[tuple[Polarity, str], ...] = (
    ("keep", "[不未](?:降低|下降|减少|增加|上升|提高|超|突破|变|减|增)|不低于|不高于|持平|零增长"),
    (
        "up",
        "提升|提高|增强|改善|增长|增加|上升|优化|完善|净化|促进|推动|推进|加强|扩大|好转|加快|深化|增进|改进|丰富|拓展|翻番|延长",
    ),
    ("down", "减少|下降|降低|缩短|缩小|减轻|缓解|压减|压缩|缩减|减排|遏制|减小|负增长|削减|节约|节省"),
    ("keep", "稳定|持续|保持|可控|保障|长期|维持|正常|平稳|安全|^无|^未|^零|杜绝|维护"),
    (
        "done",
        "完成|达标|合格|按时|按期|按质|及时|到位|落实|符合|执行|健全|实现|建成|达到|通过|满足|合规|规范|建立|齐全|准确|覆盖",
    ),
)
_PATTERNS = tuple((polarity, regex.compile(words)) for polarity, words in _POLARITIES)

# What is not done is no promise: 未完成, 未按时办结, 没有达标, 不合格.
_FAILED = regex.compile(
    r"(?:尚?未能?|没有|没能|未曾|不能|无法)(?:按时|按期|及时|如期|全部|全面|明显|显著|有效|予以)?(?:完成|达|合格|到位|落实|符合|执行|实现|建成|通过|满足|办结|提升|改善|增强|优化|完善|开展)"
    r"|不(?:完成|达标|合格|及时|到位|落实|符合|实现|满足|合规|规范|齐全|准确)"
)

# Words in an indicator's name. Counts (次数, 人数, 数量) say nothing by themselves.
_LOWER_IS_BETTER = regex.compile(
    r"成本|费用|费率|单价|投诉|事故|故障|差错|失误|错误率|逾期|违规|违法|违纪|能耗|消耗|排放|污染|死亡|伤亡|流失|空置|泄密|误差|偏差"
    r"|中断|失效|损耗|流产|复发|发病|(?:响应|处理|处置|办理|解决|等待|等候|完成|恢复|修复|审批|到达)(?:时间|时长|时限|天数)"
)
_REDUCED = regex.compile(
    r"下降|降低|减少|缩短|压减|节约|整改|化解|调解|处置率|处理率|解决率|办结率|受理率|控制率|排除率|修复率|答复率|回复率"
)
_HIGHER_IS_BETTER = regex.compile(
    r"满意|覆盖|好评|知晓|达标|合格|优良|完好|准确|及时率|完成率|通过率|正确率|使用率|利用率|可用|保障率|安全率|出勤率|参与率|就业率"
    r"|提升率|增长率|规范率|有效率|落实率|成功率|到位率|执行率|识别率|整改率|反馈率|处置率|处理率|解决率|办结率|受理率|修复率|答复率|回复率|控制率"
)
_BY_OPERATOR: dict[str | None, Direction] = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower"}
_BY_POLARITY: dict[str | None, Direction] = {"up": "higher", "down": "lower"}


def polarity(text: str) -> Polarity | None:
    """What a target in words promises: more (up), less (down), no change for the worse (keep), or completion (done)."""
    return None if _FAILED.match(text) else next((kind for kind, words in _PATTERNS if words.search(text)), None)


def direction(name: str, target: Target) -> Direction | None:
    """Whether higher or lower values are better, inferred; None where nothing says it, or where signs disagree.

    The printed operator says it (≥ higher, ≤ lower), or the polarity of a change (下降 lower); its name says it too
    (满意度 higher, 投诉 lower). Name and operator must not contradict each other (投诉率 ≥90%), nor the name and
    a target of none (安全保障率, 无重大事故). Where neither says it, a target at the end of what there can be does.
    """
    printed = _BY_POLARITY.get(target.polarity) if target.kind == "change" else _BY_OPERATOR.get(target.operator)
    named = _direction_of_name(fold(name))
    if (printed and named and printed != named) or (named == "higher" and target.value == 0):
        return None
    if printed or target.kind != "quantitative" or target.operator not in {"=", None}:
        return printed
    return named or _direction_of_limit(fold(name), target)


def _direction_of_limit(name: str, target: Target) -> Direction | None:
    """Which way alone a target can be missed: no share is above 100 %, and no year has more days than it has.

    The time that something takes is no count of days.
    """
    if target.value_upper is not None:
        return None
    if target.base_unit == "%":
        is_share = _SHARE.search(name) and not _NO_SHARE.search(name)
        return "higher" if target.base_value == _WHOLE and is_share else None
    is_whole_year = target.base_unit == "天" and target.base_value in _DAYS_OF_A_YEAR
    return "higher" if is_whole_year and not _DURATION.search(name) else None


_WHOLE = 100
_DAYS_OF_A_YEAR = frozenset({365, 366})
_SHARE = regex.compile(r"率$|^(?:按时|按期|按质|及时|全部|全面)完成|(?:完成|落实|到位)$")
# What may be more than all, and what nobody wants all of.
_NO_SHARE = regex.compile(r"增|降|减|涨|变|差|超|损|债|贫|欠|病|淘汰|[未不没]")
_DURATION = regex.compile(r"周期|工期|期限|时限|时间|时长|用时|耗时|历时|[提延]前|缩短")


@remembered(16384)
def _direction_of_name(name: str) -> Direction | None:
    if _HIGHER_IS_BETTER.search(name):
        return "higher"
    if _LOWER_IS_BETTER.search(name) and not _REDUCED.search(name):
        return "lower"
    return None
