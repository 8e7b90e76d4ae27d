"""What sites ask of robots (robots.txt, RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from perftable_etl.errors import NotAsked, Refused
from perftable_etl.ingest.sources.addresses import origin_of

LONGEST_DELAY = 60.0
"""Seconds between two requests, at most, that a site can ask for: a longer night is no politeness."""


class Robots:
    """The rules of each site, asked for once. `read` gives the text at an address, empty where there is none."""

    def __init__(self, user_agent: str, read: Callable[[str], str]) -> None:
        self._product = user_agent.partition("/")[0]
        self._read = read
        self._rules: dict[str, Protego] = {}
        self._unknown: dict[str, str] = {}

    def check(self, address: str) -> None:
        """Raises Refused if the site does not want it fetched, and what `read` raises."""
        if not self._rules_for(address).can_fetch(address, self._product):
            raise Refused(f"{address} is forbidden by {origin_of(address)}/robots.txt; ask the site for permission")

    def delay(self, address: str) -> float:
        """Seconds the site asks to leave between two requests; 0 where it does not, or its rules are not read yet."""
        rules = self._rules.get(origin_of(address))
        return min((rules and rules.crawl_delay(self._product)) or 0.0, LONGEST_DELAY)

    def _rules_for(self, address: str) -> Protego:
        origin = origin_of(address)
        if origin in self._unknown:
            raise NotAsked(self._unknown[origin])
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(self._read_of(origin))
        return self._rules[origin]

    def _read_of(self, origin: str) -> str:
        try:
            return self._read(f"{origin}/robots.txt")
        except NotAsked as error:
            self._unknown[origin] = str(error)
            raise
