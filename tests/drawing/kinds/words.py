"""The words of a form: for each concept a spelling of the package's vocabulary, one seen in print, or an invented one.

A concept is named by the place it has in the vocabulary and its name there: `fields.name`, `money.year.all`,
`columns.weight`, `sides`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from perftable_etl.normalize.layouts.collection import default_layouts
from tests.drawing.kinds.choice import Choice

SEEN: Mapping[str, tuple[str, ...]] = {
    "fields.name": ("项目名称",),
    "fields.department": ("部门名称", "部门（单位）名称"),
    "fields.nature": ("项目性质", "项目属性"),
    "fields.category": ("项目类别", "项目类型"),
    "fields.competent_department": ("主管部门", "主管部门及代码"),
    "fields.implementing_unit": ("实施单位", "项目单位"),
    "fields.start_date": ("计划开始日期",),
    "fields.end_date": ("计划完成日期",),
    "fields.project_code": ("项目编码",),
    "fields.grade": ("评价等级",),
    "goals.overall_goal": ("项目总目标", "中长期目标"),
    "goals.annual_goal": ("年度总体目标", "年度目标"),
    "goals.actual_goal": ("实际完成情况",),
    "money.year.all": ("年度资金总额",),
    "money.year.fiscal": ("其中：财政拨款",),
    "money.year.carryover": ("上年结转资金",),
    "money.year.other": ("其他资金",),
    "money.year.central": ("其中：中央资金", "其中：中央补助"),
    "money.year.provincial": ("省级资金",),
    "money.year.municipal": ("市级资金",),
    "money.year.county": ("县级资金",),
    "money.total.all": ("项目资金总额", "中期资金总额"),
    "money.total.fiscal": ("其中：财政拨款",),
    "money.total.other": ("其他资金",),
    "matrix.initial": ("年初预算数",),
    "matrix.adjusted": ("全年预算数", "全年预算数（A）"),
    "matrix.executed": ("全年执行数", "全年执行数（B）"),
    "matrix.weight": ("分值",),
    "matrix.rate": ("执行率", "执行率（B/A）"),
    "matrix.score": ("得分",),
    "matrix.expected": ("全年预计执行数", "全年预计支出数"),
    "columns.level1": ("一级指标",),
    "columns.level2": ("二级指标",),
    "columns.level3": ("三级指标", "指标内容"),
    "columns.target": ("指标值", "年度指标值"),
    "columns.sign": ("指标性质", "计算符号", "运算符号"),
    "columns.unit": ("度量单位", "计量单位"),
    "columns.weight": ("分值", "权重"),
    "columns.actual": ("实际完成值", "全年完成值"),
    "columns.score": ("得分", "自评得分"),
    "columns.reason": ("偏差原因分析及改进措施", "未完成原因分析"),
    "columns.remark": ("备注",),
    "groups.targets": ("指标值",),
    "groups.target": ("年度指标值", "预期指标值"),
    "totals": ("合计", "总分"),
    "sides.money": ("项目资金", "资金情况", "预算资金"),
    "sides.goals": ("绩效目标", "项目绩效目标"),
    "sides.indicators": ("绩效指标", "年度绩效指标"),
    "sides.total": ("中期绩效指标", "长期绩效指标"),
    "sides.year": ("年度绩效指标",),
    "long.number": ("序号", "编号"),
    "tasks.side": ("年度主要任务",),
    "tasks.name": ("任务名称",),
    "tasks.content": ("主要内容",),
    "tasks.amount": ("预算金额", "金额"),
}
"""Spellings seen in print, for what the vocabulary may not have or has no place for."""

INVENTED: Mapping[str, tuple[str, ...]] = {
    "fields.name": ("事业名称", "课题题名"),
    "fields.nature": ("资金属性",),
    "fields.category": ("支出大类",),
    "fields.competent_department": ("归口单位", "上属机关"),
    "fields.implementing_unit": ("承做处所", "经办处室"),
    "fields.start_date": ("启动日",),
    "fields.end_date": ("了结日",),
    "goals.overall_goal": ("远景要求",),
    "goals.annual_goal": ("当期要求", "本期要达到的效果"),
    "money.year.all": ("预算总盘子",),
    "money.year.fiscal": ("其中：本级财力",),
    "money.year.carryover": ("往年滚存",),
    "money.year.other": ("单位自筹",),
    "columns.level1": ("大类",),
    "columns.level2": ("中类",),
    "columns.level3": ("衡量要点", "考察点"),
    "columns.target": ("应达水准", "定额"),
    "columns.sign": ("比较号",),
    "columns.unit": ("量纲",),
    "columns.weight": ("权数", "配点"),
    "columns.remark": ("附记",),
}
"""Words of no vocabulary, where a file of words may have them."""

_PLACES_APART = {"fields.department", "sides.money", "sides.goals", "sides.indicators", "sides.total", "sides.year"}


def known(concept: str) -> tuple[str, ...]:
    """How a concept is spelled: the vocabulary's spellings, then those seen that it does not have."""
    own = () if concept in _PLACES_APART else tuple(_vocabulary(concept.split(".")))
    return tuple(dict.fromkeys((*SEEN.get(concept, ()), *own)))


def _vocabulary(path: list[str]) -> Iterator[str]:
    for words in default_layouts().words:
        found: object = words
        for key in path:
            found = found.get(key, ()) if isinstance(found, Mapping) else getattr(found, key, ())
        if isinstance(found, tuple):
            yield from found


class Words:
    """The words of one form: each concept is spelled in one way, which is chosen when it is first asked for."""

    def __init__(self, choose: Choice, invented: Iterable[str] = ()) -> None:
        self._choose = choose
        self.invented = frozenset(invented)
        self._spellings: dict[str, str] = {}

    def __call__(self, concept: str) -> str:
        if concept not in self._spellings:
            spellings = INVENTED[concept] if concept in self.invented else known(concept)
            self._spellings[concept] = self._choose.one_of(spellings)
        return self._spellings[concept]

    def choose(self, concept: str, *, having: str = "", without: str = "") -> None:
        """Spells a concept in a known way that has a word, or does not have it, unless it is to be invented."""
        spellings = [word for word in known(concept) if having in word and not (without and without in word)]
        if concept not in self.invented:
            self.use(concept, self._choose.one_of(spellings))

    @property
    def known(self) -> frozenset[str]:
        """The spellings so far that are not invented."""
        return frozenset(word for concept, word in self._spellings.items() if concept not in self.invented)

    def use(self, concept: str, spelling: str) -> str:
        """Spells a concept so."""
        self._spellings[concept] = spelling
        return spelling


def spell_without_transfers(words: Words) -> None:
    """Words that no form but that of a transfer has are left to those."""
    words.choose("fields.name", without="转移支付")
    words.choose("money.year.all", without="下达")


def write_layouts(folder: Path) -> Path:
    """A folder of layouts with all invented words."""
    folder.mkdir(exist_ok=True)
    (folder / "vocabulary.toml").write_text("\n".join(_toml()), "utf-8")
    return folder


def _toml() -> Iterator[str]:
    table = ""
    for concept, spellings in sorted(INVENTED.items(), key=lambda item: item[0].rpartition(".")[0]):
        place, _, name = concept.rpartition(".")
        if place != table:
            yield f"[{place}]"
            table = place
        yield f"{name} = {json.dumps(spellings, ensure_ascii=False)}"
