"""One made-up course out of one text, and what must hold however it reads.

The text is a page; after a line ``>>> NAME`` follows another file. Bytes need not be UTF-8. What the fuzzer
finds is kept in ``tests/lessons/fuzz_cases`` in the same form.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from engineersofai.content import Prepared, prepare
from engineersofai.edits import Choices

CASES = Path(__file__).parent / "lessons" / "fuzz_cases"

PAGE = "course/01-module/01-page.md"
NAMES = {
    "page.md": PAGE,
    "page.mdx": "course/01-module/02-other.mdx",
    "index.md": "course/01-module/index.md",
    "page.quiz.yml": "course/01-module/01-page.quiz.yml",
    "page.quiz.md": "course/01-module/01-page.quiz.md",
    "page.quiz.gift": "course/01-module/01-page.quiz.gift",
    "quiz.toml": "course/01-module/quiz.toml",
    "_category_.yml": "course/01-module/_category_.yml",
    "_category_.json": "course/01-module/_category_.json",
    "SUMMARY.md": "course/SUMMARY.md",
    "_toctree.yml": "course/_toctree.yml",
    "glossary.yml": "glossary.yml",
}
"""What may follow ``>>>``, and where it lies in the course."""

SECONDS = 2.0
"""CPU time one input may take."""

_PARTS = re.compile(rb"^>>> ([\w.]+)$\n?", re.MULTILINE)
_GLOSSARY = b"""terms:
  - id: byte
    term: Byte
    definition: Eight bits.
    source: {url: "https://example.org/byte", title: Bytes, seen: 2026-11-23}
"""
_RUNNING = {
    *("script", "style", "iframe", "object", "embed", "base", "meta", "link"),
    *("form", "textarea", "select"),
}


class Broken(AssertionError):
    """An input led to what must never be."""


def files_of(text: bytes) -> dict[str, bytes]:
    """Return the files that an input stands for, by path in the course."""
    first, *rest = _PARTS.split(text)
    files = {"glossary.yml": _GLOSSARY, PAGE: first}
    for name, content in zip(rest[::2], rest[1::2], strict=True):
        if path := NAMES.get(name.decode()):
            files[path] = content
    return files


def try_input(text: bytes) -> float:
    """Read and render an input; return the CPU seconds it took.

    Raises ``Broken`` when a promise does not hold, and lets through whatever the code raises.
    """
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        root = Path(folder)
        for path, content in files_of(text).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        began = time.process_time()
        prepared = prepare(root, Choices(), stored=False)
        spent = time.process_time() - began
    _examine(prepared)
    return spent


def slow_pages(text: bytes) -> list[str]:
    """Return the paths of pages that are refused for the time they take."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        for path, content in files_of(text).items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        problems = prepare(Path(folder), Choices(), stored=False).problems
    return [problem.path for problem in problems if problem.code in {"too-slow", "too-large"}]


def keep(text: bytes, folder: Path) -> Path:
    """Write an input into a folder, under a name of its own."""
    path = folder / f"{hashlib.sha256(text).hexdigest()[:12]}.fuzz"
    path.write_bytes(text)
    return path


def cases() -> list[Path]:
    """Return the inputs that were found once and must stay mended."""
    return sorted(CASES.glob("*.fuzz"))


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a folder of its own is made in it


def _examine(prepared: Prepared) -> None:
    known = {*prepared.tree.files.paths}
    for problem in prepared.problems:
        if problem.line < 1 or problem.column < 1 or not problem.message:
            raise Broken(f"a problem without a place: {problem!r}")
        if problem.path not in known and not any(path.startswith(problem.path) for path in known):
            raise Broken(f"a problem of no file: {problem!r}")
        problem.with_excerpt()
        str(problem).encode()
    for page in prepared.lessons.pages.values():
        for fault in faults_of(page.rendered.html):
            raise Broken(f"{page.source.path}: {fault}")
        page.rendered.html.encode()


def faults_of(html: str) -> Iterator[str]:
    """Yield what in a page's HTML could run, send or load, and what is not for readers."""
    if held := re.search("[\ue000\ue001]", html):
        yield f"a held piece was not put back at {held.start()}"
    looker = _Looker()
    looker.feed(html)
    yield from looker.faults


class _Looker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNNING:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            scheme = re.sub(r"[\0-\x20]", "", value or "").partition(":")[0].lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "srcset"}:
                self.faults.append(f"{name} on <{tag}>")
            elif name in {"href", "src", "cite"} and scheme in {"javascript", "data", "vbscript"}:
                self.faults.append(f"{name} of {scheme}: on <{tag}>")
