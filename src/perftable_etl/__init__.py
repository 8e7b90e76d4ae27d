"""Published budget-performance declarations (财政项目支出绩效目标申报表) as exact, traceable records."""

from typing import TYPE_CHECKING, Any

from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.pipeline import parse
from perftable_etl.records import Declaration, Finding, Funding, Indicator, Outcome, Target
from perftable_etl.version import VERSION

if TYPE_CHECKING:
    from perftable_etl.connection import connect

__version__ = VERSION

__all__ = [
    "Declaration",
    "Finding",
    "Funding",
    "Indicator",
    "Outcome",
    "Target",
    "__version__",
    "connect",
    "parse",
    "parse_target",
]


def __getattr__(name: str) -> Any:
    """`connect` is imported when it is first asked for: who only parses need not wait for DuckDB and Arrow."""
    if name != "connect":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from perftable_etl.connection import connect  # noqa: PLC0415

    return connect
