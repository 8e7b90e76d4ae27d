"""Turns and shifts of the plane: from the level frame that pages are read in to the paper as it lies, and back."""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

from perftable_etl.document import Box
from perftable_etl.geometry.boxes import around_points


class Matrix(NamedTuple):
    """A turn and a shift of the plane, in the order of PDF: x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """The smallest box around a turned one."""
        x0, y0, x1, y1 = box
        return around_points(self.point(x, y) for x in (x0, x1) for y in (y0, y1))

    def then(self, other: Matrix) -> Matrix:
        """First this one, then the other."""
        a, b = other.a * self.a + other.c * self.b, other.b * self.a + other.d * self.b
        c, d = other.a * self.c + other.c * self.d, other.b * self.c + other.d * self.d
        return Matrix(a, b, c, d, *other.point(self.e, self.f))


def turn(angle: float, width: float, height: float) -> Matrix:
    """A turn by `angle` degrees clockwise around the middle of a page."""
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    x, y = width / 2, height / 2
    return Matrix(cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
