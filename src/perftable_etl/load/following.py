"""What follows from all that is stored, told anew as a whole whenever something was stored."""

from __future__ import annotations

from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.database import Connection
from perftable_etl.load.links import link
from perftable_etl.load.organizations import organize
from perftable_etl.load.relations import Relations, relate


def follow(connection: Connection) -> Relations:
    """How projects relate, what decisions are about, whose projects are, and which continue which.

    To be called within a transaction.
    """
    relations = relate(connection)
    refresh(connection)
    organize(connection)
    link(connection)
    return relations
