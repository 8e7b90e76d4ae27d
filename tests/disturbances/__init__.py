"""Named disturbances of drawn forms: each a fault as published files have them, in forms that nobody published."""

from tests.disturbances import amounts, cells, characters, frames, over_pages, paint
from tests.disturbances.protocol import DISTURBANCES, Disturbance, Disturbed

__all__ = ["DISTURBANCES", "Disturbance", "Disturbed", "amounts", "cells", "characters", "frames", "over_pages", "paint"]
