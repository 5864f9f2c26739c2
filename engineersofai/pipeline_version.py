"""What renders: a hash of the code and the libraries that turn content into HTML."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

_LIBRARIES = ("markdown", "math-core", "nh3", "pygments", "pymdown-extensions")

_CODE = (
    "catalog/**/*.py",
    "templates/catalog/*.html",
    "engineersofai/quiz_content.py",
    "engineersofai/units.py",
    "lessons/prepare.py",
    "lessons/rendering/**/*.py",
    "quizzes/*.py",
    "quizzes/foreign/**/*.py",
)
"""Every module that has a say in what a page becomes; one too many only costs time after an upgrade."""


@lru_cache(maxsize=1)
def pipeline_version() -> str:
    """Return a hash that differs whenever the same text might be rendered otherwise.

    It is made from the code itself: nobody has to remember to raise a number.
    """
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for pattern in _CODE:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    digest.update(settings.LANGUAGE_CODE.encode())
    return digest.hexdigest()
