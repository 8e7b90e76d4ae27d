"""Published budget-performance declarations (财政项目支出绩效目标申报表) as exact, traceable records."""

from perftable_etl.normalize.targets import parse_target
from perftable_etl.pipeline import parse
from perftable_etl.records import Declaration, Finding, Funding, Indicator, Outcome, Target
from perftable_etl.version import VERSION

__version__ = VERSION

__all__ = [
    "Declaration",
    "Finding",
    "Funding",
    "Indicator",
    "Outcome",
    "Target",
    "__version__",
    "parse",
    "parse_target",
]
