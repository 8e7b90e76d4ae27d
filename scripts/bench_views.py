"""Times every view over a database of two million indicators, as `make bench-views` does.

The rows are drawn in SQL from their numbers, so that every run has the same: units that publish each year, projects and
indicators that come again with the same names, second copies and later publications. DuckDB gets two threads. Each
question is asked three times; the best counts, as the machine may have other work.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.warehouse import Warehouse

UNITS = 950
TRIES = 3
THREADS = 2

