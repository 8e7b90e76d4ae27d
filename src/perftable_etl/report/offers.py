"""What a sync would do, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.ingest.loading import Trouble
from perftable_etl.ingest.sync import Offer
from perftable_etl.report.machine import json_text


def offers_json(offers: Sequence[Offer | Trouble]) -> str:
    """What sources list and what a sync would do with each file; and what they would not list."""
    content = {
        "files": [
            # Programs know the action by this name since the first release.
            {"source": offer.source.name, "errand": offer.action, **offer.listing._asdict()}
            for offer in offers
            if isinstance(offer, Offer)
        ],
        "troubles": [trouble._asdict() for trouble in offers if isinstance(trouble, Trouble)],
    }
    return json_text(content)
