"""Named disturbances of drawn forms: each a fault as published files have them, in forms that nobody published."""

from tests.disturbances import (
    amounts,
    between_pages,
    characters,
    comments,
    files,
    fit,
    frames,
    missing_rules,
    over_pages,
    patches,
    signs,
    tables,
    text_formats,
    texts,
    values,
)
from tests.disturbances.protocol import DISTURBANCES, Disturbance, Disturbed

KINDS = (
    amounts, between_pages, characters, comments, files, fit, frames, missing_rules, over_pages, patches, signs, tables,
    text_formats, texts, values,
)  # fmt: skip
"""The modules, a noun each; importing one names its disturbances."""

__all__ = ["DISTURBANCES", "KINDS", "Disturbance", "Disturbed"]
