"""The files that pages point at: what is served as what, under the hash of its bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from lessons.files import CATEGORY_NAMES, ContentFiles, holds_questions
from lessons.source import CATALOG_FOLDER, ContentTree

ASSET_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
    ".ipynb": "application/json",
    **dict.fromkeys(
        (
            *(".c", ".cpp", ".go", ".h", ".java", ".jl", ".js", ".md5", ".php", ".py", ".r", ".rb", ".rs"),
            *(".sh", ".sql", ".tex", ".ts", ".tsv", ".yaml", ".yml"),
        ),
        "text/plain; charset=utf-8",
    ),
}
"""What is served as what: code that lessons point at as plain text. Other files of a tree are not served."""


@dataclass(frozen=True, slots=True)
class AssetSource:
    """A file that pages point at. Its bytes stay on disk until they are stored: a tree may hold gigabytes."""

    path: str
    name: str
    sha256: str
    content_type: str
    width: int | None
    height: int | None
    files: ContentFiles = field(repr=False, compare=False)

    @property
    def url(self) -> str:
        """Where it is served: the address carries its hash."""
        return f"/assets/{self.sha256}/{self.name}"

    def read(self) -> bytes:
        """Return the bytes; raises ``ContentError`` when they changed since the tree was read."""
        data = self.files.data(self.path)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            message = _("changed while it was read")
            raise ContentError(Problem(self.path, 1, 1, "unreadable", message, _("Load again.")))
        return data


def read_assets(tree: ContentTree, problems: list[Problem]) -> dict[str, AssetSource]:
    """Return what pages may point at, by content path. What cannot be served is a warning in ``problems``."""
    assets: dict[str, AssetSource] = {}
    folders = tuple(track.folder for track in tree.tracks)
    for path in tree.files.paths:
        name = path.rpartition("/")[2]
        suffix = "." + name.rpartition(".")[2].lower()
        if suffix not in ASSET_TYPES or path.startswith(f"{CATALOG_FOLDER}/") or path in tree.texts:
            continue
        if name in CATEGORY_NAMES or holds_questions(path) or not path.startswith(folders):
            continue
        try:
            data = tree.files.data(path)
        except ContentError as error:
            # A page that shows it is told so at its own line; a file that none shows hurts nobody.
            problems += [replace(problem, severity=Severity.WARNING) for problem in error.problems]
            continue
        width, height = image_size(data, suffix)
        digest = hashlib.sha256(data).hexdigest()
        kind = ASSET_TYPES[suffix]
        assets[path] = AssetSource(path, _safe_name(name), digest, kind, width, height, tree.files)
    return assets


def _safe_name(name: str) -> str:
    return re.sub(r"[^\w.-]", "-", name)[-200:]


_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_SVG_NUMBER = rb"([0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)"
_SVG_BOX = re.compile(
    rb"viewBox=[\"']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+" + _SVG_NUMBER + rb"[\s,]+" + _SVG_NUMBER + rb"\s*[\"']"
)


MAX_SIDE = 100_000
"""The longest side, in pixels, that is believed."""


def image_size(data: bytes, suffix: str) -> tuple[int | None, int | None]:
    """Return width and height in pixels, so that pages can reserve the place; (None, None) when unknown.

    So it is for a file that is cut off, or whose sides are none that an image has.
    """
    width, height = _stated_size(data, suffix)
    if width is None or height is None or not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return None, None
    return width, height


def _stated_size(data: bytes, suffix: str) -> tuple[int | None, int | None]:
    if suffix == ".svg":
        return _svg_size(data)
    if suffix == ".png" and data[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if suffix == ".gif" and data[:4] == b"GIF8":
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if suffix in {".jpg", ".jpeg"}:
        return _jpeg_size(data)
    if suffix == ".webp" and data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None, None


def _svg_size(data: bytes) -> tuple[int | None, int | None]:
    tag = _SVG_TAG.search(data[:4096])
    if tag is None:
        return None, None
    sides = {
        name: re.search(rb"\s" + name + rb"=[\"']" + _SVG_NUMBER + rb"(?:px)?[\"']", tag[0])
        for name in (b"width", b"height")
    }
    width, height = sides[b"width"], sides[b"height"]
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = _SVG_BOX.search(tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else (None, None)


def _jpeg_size(data: bytes) -> tuple[int | None, int | None]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None, None
