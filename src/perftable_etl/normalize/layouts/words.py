"""The words of forms as a file has them: each concept and its spellings, by where they may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from perftable_etl.fields import Money, Phase, PrintedSource
from perftable_etl.records import FIELDS, INDICATOR_FIELDS, FieldName, FormKind, IndicatorPhase

Piece = Literal["level", "sign", "unit", "nature", "number", "grade", "other_time"]

COLUMN_NAMES = (*(name for name in INDICATOR_FIELDS if name != "area"), *get_args(Piece))
"""What heads the columns of an indicator table."""

if TYPE_CHECKING:
    ColumnName = FieldName | Piece
else:
    # A file may name these alone.
    ColumnName = Literal[COLUMN_NAMES]
"""The columns of an indicator table. A target in several columns has its number in `target`.

`level` holds names of level 1 and of level 2, `nature` says of a target whether it is a number or which way is better,
`number` counts the rows, below a `grade` (优, 良) stands what it takes to get it, and below `other_time` is what was
in years before (上年), or what a form that watches a running year expects of its end (全年预计完成情况).
"""

FormLabel = Literal["department", "period", "received", "expected", "own_level"]
"""What labels name that is a field only together with what else the form prints: the department that fills it in, from
when to when its project runs, the money that arrived (到位数), which leads amounts that no record has, what is expected
to be spent by the end of the year (全年预计执行数), and the budget of the level of government that the form is of
(本级)."""

GOALS: tuple[FieldName, ...] = tuple(name for name, field in FIELDS.items() if field.sort == "goal")
"""The fields whose value stands beside or below their label, in the order they are printed."""

_BESIDE = tuple(name for name, field in FIELDS.items() if field.sort not in {"goal", "money"} and name != "fiscal_year")

if TYPE_CHECKING:
    FieldLabel = FieldName
    GoalLabel = FieldName
else:
    # A file may name these alone.
    FieldLabel = Literal[_BESIDE]
    GoalLabel = Literal[GOALS]

Label = FieldLabel | FormLabel | GoalLabel
"""What a label names whose value stands beside or below it."""

TaskColumn = Literal["name", "content", "amount", "basic_amount", "project_amount"]
"""The columns of a department's tasks."""

Spelling = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Spellings = tuple[Spelling, ...]

PHASES: tuple[Phase, ...] = get_args(Phase)


def _is_pattern(text: str) -> str:
    """A regular expression that can stand beside others in one: it captures nothing."""
    try:
        captures = re.compile(f"(?:{text})").groups > 0
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    if captures:
        raise ValueError("a regular expression with a group that captures; write (?:…)")
    return text


Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_is_pattern)]


class Strict(BaseModel):
    """Base of what a file may say: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def name_what_is_allowed(cls, data: Any) -> Any:
        """Raises ValueError for a key that nothing here is, with those that may stand in its place."""
        unknown = set(data) - set(cls.model_fields) if isinstance(data, dict) else set()
        if unknown:
            raise ValueError(f"no key {', '.join(sorted(unknown))}; allowed: {', '.join(cls.model_fields)}")
        return data


class Words(Strict):
    """Concepts and their spellings.

    `sides` are printed beside blocks of rows and mean nothing more; so do `goal_sides`, but where a form has no other
    label of a goal, the one text beside them is its goal. The values of `fields` stand beside their labels,
    those of `goals` beside or below them; the labels of `money` are given by the block they stand in, led by `all`, and
    those that any block may have are under `any`; `columns` head the indicator table. What heads one and is none of
    these is told by the first of `head_patterns` that is found in it. A cell that is spelled nowhere is a label too
    where all of it fits one of `label_patterns`, or of `money_patterns`. `periods` name the time that targets are for,
    `totals` the rows that sum up; `kinds` are what titles say of what a form is for, and `tasks` head the columns of a
    department's tasks. `in_cells` are those of all these that only a cell of their own makes labels: in
    running text they are words like others.
    """

    sides: Spellings = ()
    goal_sides: Spellings = ()
    fields: dict[FieldLabel | FormLabel, Spellings] = {}
    goals: dict[GoalLabel, Spellings] = {}
    money: dict[Phase | Literal["any"], dict[PrintedSource, Spellings]] = {}
    columns: dict[ColumnName, Spellings] = {}
    in_cells: Spellings = ()
    head_patterns: dict[ColumnName, Pattern] = {}
    label_patterns: dict[Label, Pattern] = {}
    money_patterns: dict[Phase | Literal["any"], dict[PrintedSource, Pattern]] = {}
    periods: dict[IndicatorPhase, Pattern] = {}
    totals: Spellings = ()
    kinds: dict[FormKind, Pattern] = {}
    tasks: dict[TaskColumn, Spellings] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is no word at all."""
        return not any(getattr(self, name) for name in Words.model_fields)

    def labels(self) -> Iterator[tuple[Label, str]]:
        """The spellings of fields and goals, each with what it is the label of."""
        for group in (self.fields, self.goals):
            yield from ((concept, spelling) for concept, spellings in group.items() for spelling in spellings)

    def amounts(self) -> Iterator[tuple[Money, str]]:
        """The spellings of money, each with which money it is: in any block, or in one."""
        for led, block in self.money.items():
            for source, spellings in block.items():
                phases = PHASES if led == "any" else (led,)
                yield from ((Money(phase, source), spelling) for spelling in spellings for phase in phases)

    def amount_patterns(self) -> Iterator[tuple[tuple[Money, ...], str]]:
        """The patterns of labels of money, each with the amounts that a text which fits it may be, one a block."""
        for led, block in self.money_patterns.items():
            phases = PHASES if led == "any" else (led,)
            yield from ((tuple(Money(phase, source) for phase in phases), text) for source, text in block.items())

    def heads(self) -> Iterator[tuple[ColumnName, str]]:
        """The spellings of columns, each with the column it heads."""
        yield from ((concept, spelling) for concept, spellings in self.columns.items() for spelling in spellings)


FORM_LABELS: tuple[FormLabel, ...] = get_args(FormLabel)
