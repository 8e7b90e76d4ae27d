"""Colours as numbers (0xRRGGBB): their channels, how they blend, whether they are dark or vivid."""

from __future__ import annotations

WHITE, GREY, BLACK = 0xFFFFFF, 0x808080, 0x000000

_DARK = 128
"""Of 255. No channel of a dark colour is brighter."""

_COLOURED = 64
"""Of 255, between the channels. Greys and near blacks differ by less."""

_VIVID = 0.4
"""Of full saturation: the colours of ink pads. Greys and tints have less."""


def channels(colour: int) -> tuple[int, int, int]:
    """Red, green and blue, each of 255."""
    return colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF


def from_channels(red: int, green: int, blue: int) -> int:
    """The colour of these channels, each of 255."""
    return red << 16 | green << 8 | blue


def from_shares(red: float, green: float, blue: float) -> int:
    """The colour of these channels, each from 0 to 1 as PDF counts them."""
    return from_channels(round(red * 255), round(green * 255), round(blue * 255))


def blend(colour: int, alpha: float, background: int) -> int:
    """What a colour of opacity `alpha` (0 to 1) looks like on a background."""
    if alpha >= 1:
        return colour
    pairs = zip(channels(colour), channels(background), strict=True)
    return from_channels(*(round(alpha * one + (1 - alpha) * other) for one, other in pairs))


def over_white(colour: int, alpha: float) -> int:
    """The colour of an area painted with an opacity `alpha` on white paper."""
    return blend(colour, alpha, WHITE)


def is_dark(colour: int) -> bool:
    """Whether a colour is dark and not vivid, as that of text is; seals are vivid, shades and watermarks light."""
    parts = channels(colour)
    return max(parts) <= _DARK and max(parts) - min(parts) < _COLOURED


def is_vivid(colour: int) -> bool:
    """Whether a colour is as saturated as that of an ink pad."""
    parts = channels(colour)
    return max(parts) - min(parts) >= _VIVID * max(*parts, 1)


def brightness(colour: int) -> float:
    """0 to 255, as the eye weighs red, green and blue (ITU-R BT.601)."""
    red, green, blue = channels(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
