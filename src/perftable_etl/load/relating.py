"""All that follows from what is stored, made anew: which projects count, what decisions change, what is linked."""

from __future__ import annotations

from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.database import Connection
from perftable_etl.load.links import link
from perftable_etl.load.relations import Relations, relate


def relate_anew(connection: Connection) -> Relations:
    """Relates projects, shows decisions and links years, each of which builds on the one before."""
    relations = relate(connection)
    refresh(connection)
    link(connection)
    return relations
