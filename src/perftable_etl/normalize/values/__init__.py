"""From text to value: numbers, units, money, dates, targets. Pure; no module here knows a form."""
