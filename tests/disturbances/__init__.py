"""Named disturbances of drawn forms: each a fault as published files have them, in forms that nobody published."""

from tests.disturbances import amounts, cells, characters, files, frames, over_pages, paint, texts
from tests.disturbances.protocol import DISTURBANCES, Disturbance, Disturbed

__all__ = [
    "DISTURBANCES",
    "Disturbance",
    "Disturbed",
    "amounts",
    "cells",
    "characters",
    "files",
    "frames",
    "over_pages",
    "paint",
    "texts",
]
