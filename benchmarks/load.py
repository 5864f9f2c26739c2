"""What loading a course costs, against ``mkdocs build`` with Material on the same files.

``make bench-load`` runs it; BENCH="--lessons 200 --rounds 1" is quick. Both start from nothing each time: an
empty database, an empty folder. They take turns, so that a busy moment of the machine hits both alike. Then a
second course is loaded twice: what a load costs that has nothing to do.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, Failed, adopt_orphans, run
from benchmarks.course import write_course

ROOT = Path(__file__).resolve().parent.parent
MKDOCS = ROOT / "build" / "benchmarks" / "bin" / "mkdocs"

MKDOCS_CONFIG = """site_name: A measured course
use_directory_urls: true
theme:
  name: material
  font: false
plugins: [search]
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.quotes: {callouts: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
  - pymdownx.tilde
validation: {links: {not_found: warn}}
strict: true
"""


class Site:
    """One database that courses are loaded into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "site.sqlite3"
        self.env = {"DATABASE_URL": f"sqlite:///{self.database}", "DEBUG": "true"}

    def start_empty(self) -> None:
        """Throw the database away and make one without rows."""
        for left in self.folder.glob("site.sqlite3*"):
            left.unlink()
        self.manage("migrate", "--verbosity", "0")

    def load(self, course: Path) -> Cost:
        """Load a course."""
        return self.manage("loadlessons", str(course))

    def manage(self, *words: str) -> Cost:
        """Run a management command."""
        return run([sys.executable, ROOT / "manage.py", *words], cwd=self.folder, env=self.env)


def build_with_mkdocs(course: Path, folder: Path) -> Cost:
    """Build a course as a site of files."""
    (folder / "mkdocs.yml").write_text(f"{MKDOCS_CONFIG}docs_dir: {course}\nsite_dir: {folder / 'site'}\n")
    shutil.rmtree(folder / "site", ignore_errors=True)
    return run([MKDOCS, "build", "--quiet"], cwd=folder, env={"NO_MKDOCS_2_WARNING": "1"})


def compare(folder: Path, lessons: int, rounds: int) -> dict[str, float]:
    """Measure both on one course; CPU is in milliseconds a lesson, and the median of the rounds."""
    course = folder / "course"
    write_course(course, lessons)
    site = Site(folder)
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(build_with_mkdocs(course, folder))
        site.start_empty()
        ours.append(site.load(course))
    again = site.load(course)
    return {
        "lessons": lessons,
        "rounds": rounds,
        "loadlessons_cpu_ms": _milliseconds(ours, lessons),
        "mkdocs_cpu_ms": _milliseconds(theirs, lessons),
        "ratio": statistics.median(a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True)),
        "loadlessons_seconds": statistics.median(each.seconds for each in ours),
        "mkdocs_seconds": statistics.median(each.seconds for each in theirs),
        "loadlessons_peak_mib": max(each.peak_mib for each in ours),
        "mkdocs_peak_mib": max(each.peak_mib for each in theirs),
        "again_cpu_ms": _milliseconds([again], lessons),
    }


def unchanged(folder: Path, lessons: int) -> dict[str, float]:
    """Load a large course, then load it again with nothing changed: the second as a part of the first."""
    course = folder / "large"
    write_course(course, lessons)
    site = Site(folder)
    site.start_empty()
    start = site.manage("check", "--verbosity", "0")
    full, again = site.load(course), site.load(course)
    return {
        "lessons": lessons,
        "full_cpu_seconds": full.cpu,
        "full_seconds": full.seconds,
        "full_peak_mib": full.peak_mib,
        "unchanged_cpu_seconds": again.cpu,
        "unchanged_seconds": again.seconds,
        "unchanged_peak_mib": again.peak_mib,
        "django_start_cpu_seconds": start.cpu,
        "ratio": again.cpu / full.cpu,
    }


def _milliseconds(costs: list[Cost], lessons: int) -> float:
    return statistics.median(cost.cpu for cost in costs) / lessons * 1000


def main() -> None:
    """Measure, and print a table and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lessons", type=int, default=1000, help="lessons of the comparison (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--unchanged", type=int, default=10_000, help="lessons loaded twice (10000); 0: none")
    choices = parser.parse_args()
    if not MKDOCS.exists():
        sys.exit("MkDocs is not installed in build/benchmarks; `make bench-load` does that.")
    measured: dict[str, dict[str, float]] = {}
    try:
        adopt_orphans()
        with tempfile.TemporaryDirectory(prefix="bench-load-") as folder:
            measured["comparison"] = compare(Path(folder), choices.lessons, choices.rounds)
            _show("comparison", measured["comparison"])
            if choices.unchanged:
                measured["unchanged"] = unchanged(Path(folder), choices.unchanged)
                _show("nothing changed", measured["unchanged"])
    except Failed as failure:
        sys.exit(str(failure))
    print(json.dumps(measured))


def _show(title: str, figures: dict[str, float]) -> None:
    print(title)
    for name, figure in figures.items():
        print(f"  {name:26} {figure:12,.3f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
