"""Finding the explanation of a code."""

from __future__ import annotations

from difflib import get_close_matches

from perftable_etl.errors import UsageError
from perftable_etl.explanations.explanation import Explanation, file_explanations, finding_explanations
from perftable_etl.screen import visible


def explanation_of(code: str) -> Explanation:
    """The explanation of a code. Raises UsageError, which names the codes that are like it."""
    known = {**file_explanations(), **finding_explanations()}
    word = code.strip().lower().replace("-", "_")
    if word in known:
        return known[word]
    near = [one for one in known if word and word in one] or get_close_matches(word, known, n=5, cutoff=0.5)
    like = f"Near ones are {', '.join(near[:8])}." if near else "docs/findings.md lists all codes."
    raise UsageError(f"no finding and no failure has the code {visible(code)}. {like}")
