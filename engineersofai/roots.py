"""What kind of folder is loaded: a content root, whose folders are tracks, or one track."""

from __future__ import annotations

from pathlib import Path

from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.source import CATALOG_FOLDER

ROOT_MARK = ".content-root"
"""An empty file by which ``dumplessons`` marks a content root that has neither catalog nor glossary."""


def is_content_root(folder: Path) -> bool:
    """Whether the folders in this one are tracks, rather than modules of one track."""
    return (
        (folder / CATALOG_FOLDER).is_dir()
        or (folder / GLOSSARY_NAME).is_file()
        or (folder / ROOT_MARK).is_file()
    )
