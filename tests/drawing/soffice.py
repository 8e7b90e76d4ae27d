"""LibreOffice as another hand that writes our formats: it converts files, all that are given in one go."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

MISSING = "LibreOffice (soffice) is not installed; on Debian: apt-get install libreoffice-calc libreoffice-writer"
FILTERS: Mapping[str, str] = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt:writer8",
    "html": "html",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}
"""How each format that we convert to is asked for."""


def convert(paths: Iterable[Path], to: str, folder: Path, reading: str = "") -> None:
    """Writes the files in another format into a folder. Raises FileNotFoundError without LibreOffice.

    `reading` is the filter to read them by, where LibreOffice shall not choose one.
    """
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += [f"--infilter={reading}"] if reading else []
        command += ["--convert-to", FILTERS[to], "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
