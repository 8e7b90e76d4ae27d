"""What the codes in a database mean, for the pages of its site."""

from __future__ import annotations

from perftable_etl.explanations.explanation import (
    FIGURES,
    Explanation,
    Language,
    file_explanations,
    finding_explanations,
)
from perftable_etl.load.database import Connection
from perftable_etl.report.site.json_script import Json

_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_CODES = "SELECT DISTINCT code FROM findings UNION SELECT error_code FROM documents WHERE status = 'failed' ORDER BY 1"


def codes(connection: Connection) -> Json:
    """By code and language: what it means, whether figures are affected, what to do."""
    known = {**file_explanations(), **finding_explanations()}
    used = [code for (code,) in connection.execute(_CODES).fetchall()]
    return {code: _words(known[code]) for code in used if code in known}


def _words(explanation: Explanation) -> Json:
    return {
        language: [
            explanation.words[language].meaning,
            FIGURES[explanation.figures][language],
            explanation.words[language].action,
        ]
        for language in _LANGUAGES
    }
