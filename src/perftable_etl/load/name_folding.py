"""A macro of SQL that makes names comparable, however they are printed."""

from __future__ import annotations

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "〔〕"
_NARROW = "".join(map(chr, range(0x21, 0x7F))) + "()"

# Names are the same however wide their signs are, and whatever blanks stand in them.
FOLDED = f"""
CREATE OR REPLACE TEMP MACRO folded(text) AS
    lower(regexp_replace(translate(text, '{_WIDE}', '{_NARROW.replace("'", "''")}'), '[\\s\\p{{Z}}]', '', 'g'))
"""
