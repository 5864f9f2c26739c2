"""What reads and renders: a hash of the code and the libraries that turn content into pages."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

_LIBRARIES = ("markdown", "math-core", "nh3", "pydantic", "pygments", "pymdown-extensions", "pyyaml")

_CODE = (
    "catalog/**/*.py",
    "templates/catalog/*.html",
    "engineersofai/**/*.py",
    "lessons/**/*.py",
    "quizzes/**/*.py",
)
"""Every module that has a say in what files become: by it a load is left out, and kept pages are read again.

One too many only costs time after an upgrade; one too few would keep what old code made of a course.
"""


@lru_cache(maxsize=1)
def pipeline_version() -> str:
    """Return a hash that differs whenever the same files might become something else.

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
