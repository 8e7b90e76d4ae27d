"""All that follows from several documents together, and from decisions of persons, in its order."""

from __future__ import annotations

from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.database import Connection
from perftable_etl.load.organizations import organize
from perftable_etl.load.relations import Relations, relate


def derive(connection: Connection) -> Relations:
    """Tells anew what replaces and repeats what, which corrections hold where, and whose each project is."""
    relations = relate(connection)
    refresh(connection)
    organize(connection)
    return relations
