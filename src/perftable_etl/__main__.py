"""The console script, and `python -m perftable_etl`.

Worker processes import the script they were started from. They shall not load the database and the terminal with it, so
nothing is imported here before the script runs.
"""

from __future__ import annotations


def main() -> None:
    """Runs the command line."""
    from perftable_etl.system.absent import leave_out  # noqa: PLC0415
    from perftable_etl.system.interruption import end_at_once  # noqa: PLC0415

    end_at_once()
    leave_out("pandas")  # pyarrow loads it where it is installed, which takes half a second; no command works with it

    from perftable_etl.cli import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
