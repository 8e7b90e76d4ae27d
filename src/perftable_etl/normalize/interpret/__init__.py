"""From form to declaration: fields, money, indicators, and which text nothing has read."""
