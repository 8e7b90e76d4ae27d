"""What a sync would do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perftable_etl.ingest.loading import Trouble
from perftable_etl.ingest.sync import Offer
from perftable_etl.report.terminal.console import new_table, printable, show, show_failure
from perftable_etl.report.wording import ACTIONS
from perftable_etl.web.addresses import decoded, shown


def show_offers(offers: Sequence[Offer | Trouble]) -> None:
    """What a sync would do: a line for each file that sources list."""
    table = new_table("Source", "Would", "File", "Address", names=("File", "Address"), prose=("Would",))
    for offer in offers:
        if isinstance(offer, Offer):
            listing = offer.listing
            address = printable(shown(listing.uri, Path.cwd()))
            table.add_row(printable(offer.source.name), ACTIONS[offer.action], printable(listing.name), address)
    show(table)
    for trouble in offers:
        if isinstance(trouble, Trouble):
            show_failure(f"{trouble.source}: {decoded(trouble.message)}")
