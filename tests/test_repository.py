"""What the repository may hold: nothing of one machine, no secret, no stray address, nothing unsafe."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

GENERATED = {".git", ".venv", "build", "staticfiles", "node_modules", "htmlcov", "test-results"}
BINARY = {".woff2", ".png", ".jpg", ".ico", ".gz", ".fuzz"}


def tracked(root: Path) -> list[Path]:
    """Return the files of the repository; where it came without Git, all that no command makes."""
    done = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True)
    if done.returncode == 0 and done.stdout:
        files = [root / name for name in done.stdout.split("\0") if name]
    else:
        files = [path for path in root.rglob("*") if not GENERATED & {*path.relative_to(root).parts}]
    return [path for path in files if path.is_file()]


@pytest.fixture(scope="session")
def texts(root: Path) -> dict[str, str]:
    """Return every text file of the repository by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in tracked(root)
        if path.suffix not in BINARY
    }


def lines_with(texts: dict[str, str], pattern: str) -> list[str]:
    """Return ``path:line: text`` of each line that matches, except in this file, which must name them."""
    found = []
    for path, text in texts.items():
        if path != "tests/test_repository.py":
            for number, line in enumerate(text.splitlines(), start=1):
                if re.search(pattern, line):
                    found.append(f"{path}:{number}: {line.strip()[:120]}")
    return found


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        (
            "host of a package index",
            r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|index-url",
        ),
        ("path of one machine", r"(?<![\w.:*/-])/(?:work|root|tmp|home/\w+)/"),
        ("folder outside the repository", r"\.\./shared"),
        ("private key", r"-----BEGIN [A-Z ]*PRIVATE KEY"),
        ("access key", r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9]{32,})\b"),
        ("left for later", r"\b(?:TODO|FIXME|XXX|HACK)\b"),
        ("conflict mark", r"^(?:<<<<<<<|>>>>>>>) "),
    ],
)
def test_no_file_holds(texts: dict[str, str], what: str, pattern: str):
    assert lines_with(texts, pattern) == [], what


def test_nothing_that_a_running_site_makes_is_tracked(root: Path):
    made = re.compile(r"(?:^|/)(?:\.env|\.secret-key|.*\.sqlite3.*|__pycache__/.*)$")

    assert [str(path) for path in tracked(root) if made.search(path.relative_to(root).as_posix())] == []


UNSAFE_PYTHON = r"\bmark_safe\(|\bSafeString\(|csrf_exempt|\.raw\(|\.extra\(|\beval\(|\bexec\(|yaml\.load\("
UNSAFE_TEMPLATE = r"\|\s*safe\b|\{%\s*autoescape off"


def test_what_is_unsafe_by_habit_says_why_it_is_safe_here(texts: dict[str, str]):
    """A comment on the line or on one of the three before it gives the reason."""
    unsaid = []
    for path, text in texts.items():
        lines = text.splitlines()
        if path.endswith(".py") and not path.startswith("tests/"):
            pattern, comment = UNSAFE_PYTHON, "#"
        elif path.endswith(".html"):
            pattern, comment = UNSAFE_TEMPLATE, "{#"
        else:
            continue
        for number, line in enumerate(lines, start=1):
            if re.search(pattern, line) and not any(
                comment in near for near in lines[max(0, number - 4) : number]
            ):
                unsaid.append(f"{path}:{number}: {line.strip()}")
    assert unsaid == []


# --- Lock files -----------------------------------------------------------------------------------

LOCKS = ["requirements.lock", "requirements-dev.lock"]
SMALL_LOCKS = ["requirements-slow.lock", "benchmarks/requirements.lock"]


def locked(text: str) -> dict[str, str]:
    """Return name and version of every requirement of a lock file."""
    return {name.lower(): version for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", text)}


@pytest.mark.parametrize("name", [*LOCKS, *SMALL_LOCKS])
def test_lock_holds_hashes_and_no_address(texts: dict[str, str], name: str):
    entries = re.split(r"(?m)^(?=[\w.-]+==)", texts[name])

    assert "://" not in texts[name]
    assert len(entries) > (30 if name in LOCKS else 1)
    assert [entry.split()[0] for entry in entries if entry and "--hash=sha256:" not in entry] == []


def test_development_installs_the_very_versions_that_run(texts: dict[str, str]):
    run, develop = (locked(texts[name]) for name in LOCKS)

    assert {name: develop.get(name) for name in run} == run


def test_locks_satisfy_what_the_project_declares(root: Path, texts: dict[str, str]):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    groups = [
        item for group in project["dependency-groups"].values() for item in group if isinstance(item, str)
    ]
    declared = [*project["project"]["dependencies"], *(item for extra in extras for item in extra), *groups]
    versions = locked(texts["requirements-slow.lock"]) | locked(texts["requirements-dev.lock"])

    unmet = [
        text
        for text, requirement in ((text, Requirement(text)) for text in declared)
        if requirement.name.lower() not in versions
        or not requirement.specifier.contains(versions[requirement.name.lower()], prereleases=True)
    ]

    assert unmet == []
