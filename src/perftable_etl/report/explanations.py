"""The explanation of a code, for people and as JSON."""

from __future__ import annotations

from perftable_etl.explanations.explanation import FIGURES, Explanation
from perftable_etl.report.machine import json_text


def explanation_text(one: Explanation) -> str:
    """The explanation in English."""
    words = one.words["en"]
    lines = (
        one.code,
        f"  What it means: {words.meaning}",
        f"  Figures: {FIGURES[one.figures]['en']}",
        f"  What to do: {words.action}",
    )
    return "\n".join(lines)


def explanation_json(one: Explanation) -> str:
    """The explanation in all languages."""
    said = {language: words._asdict() for language, words in one.words.items()}
    return json_text({"code": one.code, "figures": one.figures, **said})
