"""What persons decided about links: it comes before what the program finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DecidedPairs:
    """Pairs of ids, earlier and later, that a person confirmed or rejected."""

    confirmed: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    rejected: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def leaves_open(self, earlier_id: str, later_id: str) -> bool:
        """Whether nobody decided about this pair."""
        pair = earlier_id, later_id
        return pair not in self.confirmed and pair not in self.rejected
