"""The documents of all codes, docs/findings.md and its Chinese twin, as they should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from perftable_etl.explanations.explanation import (
    FIGURES,
    Explanation,
    Language,
    file_explanations,
    finding_explanations,
)

PAGES: Mapping[str, Language] = {"findings.md": "en", "findings.zh-CN.md": "zh"}
"""The documents by their names in docs/."""

_HEADS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Code", "What it means", "Figures", "What to do"),
    "zh": ("代码", "含义", "对数值的影响", "处理"),
}
_TITLES: Mapping[Language, tuple[str, str]] = {
    "en": ("Findings", "Files that fail"),
    "zh": ("发现项（findings）", "读取失败的文件"),
}


def page_text(language: Language) -> str:
    """One document."""
    text = (files("perftable_etl.explanations") / f"page.{language}.md").read_text("utf-8")
    findings, failures = _TITLES[language]
    parts = (
        text.rstrip(),
        f"## {findings}",
        "\n".join(_table(finding_explanations(), language)),
        f"## {failures}",
        "\n".join(_table(file_explanations(), language)),
    )
    return "\n\n".join(parts) + "\n"


def _table(explanations: Mapping[str, Explanation], language: Language) -> Iterator[str]:
    heads = _HEADS[language]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for code, one in explanations.items():
        words = one.words[language]
        yield f"| `{code}` | {words.meaning} | {FIGURES[one.figures][language]} | {words.action} |"
