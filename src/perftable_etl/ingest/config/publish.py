"""How far the numbers of what is published may fall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from perftable_etl.ingest.config.values import TomlTable
from perftable_etl.load.rules import MAX_FALL, complaint

Share = Annotated[float, Field(ge=0, le=1)]


class PublishSettings(TomlTable):
    """How far numbers may fall from one snapshot to the next: `max_fall`, or what `gates` says of some by name.

    In a name `*` stands for anything; the first that matches counts. 0.05 is 5 % of a count, 5 points of a fill rate.
    1 lets it fall to nothing. `parquet`: snapshots come as Parquet, too.
    """

    max_fall: Share = MAX_FALL
    parquet: bool = False
    gates: Mapping[str, Share] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _require_known_gates(self) -> Self:
        if wrong := complaint(self.gates):
            raise ValueError(wrong)
        return self
