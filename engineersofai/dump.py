"""The site's texts and the files they show, written out as the content tree they were loaded from.

Loading what was written changes nothing. The catalog is no part of it: the site holds none of its texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.models import Family
from catalog.problems import ContentError
from catalog.textfiles import decode_text
from engineersofai.roots import ROOT_MARK, is_content_root
from engineersofai.writing import Unwritable, as_written, place_of, replace_file
from lessons.files import TEXT_SUFFIXES, list_files
from lessons.generation import current_generation
from lessons.models import Asset, AssetPath, SourceFile
from lessons.ordering import slugify_part, split_prefix
from lessons.source import CATALOG_FOLDER


class Refused(Exception):
    """Nothing was written, or not everything; the text says why."""


@dataclass(slots=True)
class Dump:
    """What was written, and what lay there already, by path below the folder."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """Files of the folder that the site does not know: they stay, and would be loaded."""

    lacks_catalog: bool = False
    """Whether the site has a catalog, which its texts may cite, and the folder has none."""


def dump_lessons(folder: Path, *, track: str = "", force: bool = False) -> Dump:
    """Write all tracks and the glossary below a folder, or one track as the folder itself.

    A folder that holds anything is refused without ``force``. Nothing is ever deleted, and a file that says
    the same already is left alone. Raises ``Refused``, before anything is written unless the disk is at fault
    or content was loaded meanwhile.
    """
    generation = current_generation()
    prefix = _prefix(track) if track else ""
    texts = SourceFile.objects.filter(retired_at=None, path__startswith=prefix).order_by("path")
    if not texts.exists():
        raise Refused(_("The site holds no texts: nothing has been loaded yet."))
    if folder.exists() and not folder.is_dir():
        raise Refused(_("%(path)s is no folder.") % {"path": folder})
    if folder.is_dir() and any(folder.iterdir()) and not force:
        message = _("%(path)s is not empty. Give --force to write over what it holds; nothing is deleted.")
        raise Refused(message % {"path": folder})
    dump = Dump()
    try:
        places = {path: place_of(folder, path.removeprefix(prefix)) for path in _paths(prefix)}
        for path, data in _contents(prefix, places):
            _write(dump, folder, places[path], data)
        if not track and not is_content_root(folder):
            _write(dump, folder, folder / ROOT_MARK, b"")
    except Unwritable as error:
        raise Refused(str(error)) from error
    except OSError as error:  # such as a name too long for the disk, or a file that may not be read
        raise Refused(f"{error.filename}: {error.strerror}") from error
    if current_generation() != generation:
        raise Refused(_("Content was loaded while it was written out. Write it out again, with --force."))
    dump.lacks_catalog = Family.objects.exists() and not (folder / CATALOG_FOLDER).is_dir() and not track
    dump.strange = _strange(folder, {place.relative_to(folder).as_posix() for place in places.values()})
    return dump


def _prefix(track: str) -> str:
    """Return the folder that a track's paths begin with: its slug, with a prefix perhaps."""
    paths = SourceFile.objects.filter(retired_at=None, path__contains="/").values_list("path", flat=True)
    for name in sorted({path.partition("/")[0] for path in paths}):
        if track in {name, slugify_part(split_prefix(name)[1])}:
            return f"{name}/"
    raise Refused(_("The site has no texts of a track '%(track)s'.") % {"track": track})


def _paths(prefix: str) -> Iterator[str]:
    for rows in (SourceFile.objects.filter(retired_at=None), AssetPath.objects.all()):
        paths = rows.filter(path__startswith=prefix).order_by("path").values_list("path", flat=True)
        yield from (path for path in paths if path.startswith(prefix))


def _contents(prefix: str, places: dict[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every text, in the form its file has now, and of every asset."""
    texts = SourceFile.objects.filter(retired_at=None, path__startswith=prefix).values_list("path", "text")
    for path, text in texts.order_by("path").iterator(chunk_size=100):
        if path in places:
            yield path, _as_file(text, places[path])
    assets = AssetPath.objects.filter(path__startswith=prefix).values_list("path", "asset_id")
    for path, asset in assets.order_by("path"):
        if path in places:
            yield path, bytes(Asset.objects.values_list("data", flat=True).get(pk=asset))


def _as_file(text: str, place: Path) -> bytes:
    earlier = place.read_bytes() if place.is_file() else b""
    try:
        if earlier and decode_text(earlier, place.name) == text:
            return earlier
    except ContentError:
        pass  # no text: it is replaced
    return as_written(text, earlier)


def _write(dump: Dump, folder: Path, place: Path, data: bytes) -> None:
    name = place.relative_to(folder).as_posix()
    if place.is_file() and place.read_bytes() == data:
        dump.unchanged.append(name)
        return
    replace_file(place, data)
    dump.written.append(name)


def _strange(folder: Path, known: set[str]) -> list[str]:
    return [
        path
        for path in list_files(folder).paths
        if path.endswith(TEXT_SUFFIXES) and path not in known and not path.startswith(f"{CATALOG_FOLDER}/")
    ]
