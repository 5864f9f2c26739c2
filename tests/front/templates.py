"""What the tests of templates share: the text of every template of ours."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def ours() -> Iterator[tuple[str, str]]:
    """Yield path and text of every template in the repository."""
    for folder in (ROOT / "templates", *ROOT.glob("*/templates")):
        for path in sorted(folder.rglob("*.html")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
