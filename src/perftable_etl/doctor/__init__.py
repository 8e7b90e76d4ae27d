"""Whether a machine can do the nightly job: checks that change nothing, and each of which stands alone."""

from perftable_etl.doctor.check import Check, Grade
from perftable_etl.doctor.examination import examine

__all__ = ["Check", "Grade", "examine"]
