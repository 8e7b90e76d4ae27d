"""All that follows from what is stored, made anew: how projects relate, what decisions change, whose projects are."""

from __future__ import annotations

from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.database import Connection
from perftable_etl.load.links import link
from perftable_etl.load.organizations import organize
from perftable_etl.load.relations import Relations, relate


def relate_anew(connection: Connection) -> Relations:
    """Relates projects, shows decisions, tells units and links their years: each builds on what comes before it."""
    relations = relate(connection)
    refresh(connection)
    organize(connection)
    link(connection)
    return relations
