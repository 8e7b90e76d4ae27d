"""Bringing a run's report to those who look after the job: a folder, a web address (webhook), mail, message services.

A report that does not get there is a complaint and no more: the run itself has done its work.
"""

from perftable_etl.notify.delivery import deliver

__all__ = ["deliver"]
