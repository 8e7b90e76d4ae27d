"""Published budget-performance declarations (财政项目支出绩效目标申报表) as exact, traceable records.

Each name is imported when it is first asked for: who wants the version need not wait for a PDF engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from perftable_etl.version import VERSION

if TYPE_CHECKING:
    from perftable_etl.normalize.values.targets import parse_target
    from perftable_etl.pipeline import parse
    from perftable_etl.query.connection import connect
    from perftable_etl.query.frames import read_indicators, read_projects
    from perftable_etl.query.relations import indicators, projects
    from perftable_etl.records import Declaration, Finding, Funding, Indicator, Outcome, Target

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
    "indicators",
    "parse",
    "parse_target",
    "projects",
    "read_indicators",
    "read_projects",
]

_HOMES = {
    "connect": "query.connection",
    **dict.fromkeys(("indicators", "projects"), "query.relations"),
    **dict.fromkeys(("read_indicators", "read_projects"), "query.frames"),
    "parse": "pipeline",
    "parse_target": "normalize.values.targets",
    **dict.fromkeys(("Declaration", "Finding", "Funding", "Indicator", "Outcome", "Target"), "records"),
}
"""The module that each name comes from."""


if not TYPE_CHECKING:  # a checker of types reads the imports above, and tells what is not among them

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
