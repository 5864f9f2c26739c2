"""Where the file of a text that was edited on the site lies now, when it was renamed or its lesson was."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property

from catalog.problems import ContentError
from lessons.files import ContentFiles, is_page
from lessons.frontmatter import read_front_matter
from lessons.models import SourceFile
from lessons.text_loader import digest
from quizzes.reading import QUIZ_SUFFIXES


class Renames:
    """Compares the files of a tree with the texts that the site holds."""

    def __init__(self, files: ContentFiles) -> None:
        self.files = files
        # As they are on disk: edits will be put among them.
        self._paths = frozenset(files.paths)
        self._hashes: dict[str, str] = {}
        self._ids: dict[str, str | None] = {}

    def target_of(self, row: SourceFile) -> str | None:
        """Return the new path of a text whose file left its place; None when it was removed.

        A file was renamed when a new one has the text that was last loaded, or the site's, or the same id; a
        file beside a lesson goes where the lesson went.
        """
        if is_page(row.path):
            return self._page(row)
        same = self._same(row)
        if len(same) == 1:
            return same[0]
        page = self._stored_page_beside(row.path)
        if page is None or page.path in self._paths or (target := self._page(page)) is None:
            return None
        return target.rpartition(".")[0] + row.path.removeprefix(_stem(row.path))

    def left_for(self, rows: Iterable[SourceFile], places: Set[str]) -> dict[str, str]:
        """Return the new path of each text whose file left for one of some places, by its old path.

        Files beside a lesson that went there go along. A text whose file is where it was has no new path.
        """
        gone = [row for row in rows if row.path not in self._paths]
        targets = {row.path: target for row in gone if (target := self.target_of(row)) is not None}
        stems = {_stem(old) for old, new in targets.items() if new in places and is_page(old)}
        return {old: new for old, new in targets.items() if new in places or _stem(old) in stems}

    def lesson_beside(self, row: SourceFile) -> SourceFile | None:
        """Return the text of the lesson that a question file belongs to, when it has left as well."""
        page = None if is_page(row.path) else self._stored_page_beside(row.path)
        return page if page is not None and page.path not in self._paths and not self._page(page) else None

    def _page(self, row: SourceFile) -> str | None:
        same = self._same(row)
        if len(same) == 1:
            return same[0]
        new = self._new(row.path)
        wanted = _id_of(row.text, row.path)
        named = [path for path in new if wanted and self._id(path) == wanted]
        return named[0] if len(named) == 1 else None

    def _stored_page_beside(self, path: str) -> SourceFile | None:
        pages = SourceFile.objects.filter(retired_at=None, path__startswith=f"{_stem(path)}.")
        return next((row for row in pages if is_page(row.path) and _stem(row.path) == _stem(path)), None)

    @cached_property
    def _unknown(self) -> list[str]:
        known = set(SourceFile.objects.filter(retired_at=None).values_list("path", flat=True))
        return sorted(self._paths - known)

    def _new(self, path: str) -> list[str]:
        """Return the files that the site does not know, in the same track and of the same kind."""
        top, suffix = path.partition("/")[0] + "/", path.removeprefix(_stem(path))
        unknown = [each for each in self._unknown if each.startswith(top)]
        if is_page(path):
            return [each for each in unknown if is_page(each)]
        return [each for each in unknown if each.removeprefix(_stem(each)) == suffix]

    def _text(self, path: str) -> str:
        try:
            return self.files.text(path)
        except ContentError:
            return ""  # reported when the file is read

    def _same(self, row: SourceFile) -> list[str]:
        return [path for path in self._new(row.path) if self._hash(path) in {row.loaded_hash, row.text_hash}]

    def _hash(self, path: str) -> str:
        """Return the hash of a file, which is read once however many texts are looked for."""
        if path not in self._hashes:
            self._hashes[path] = digest(self._text(path))
        return self._hashes[path]

    def _id(self, path: str) -> str | None:
        if path not in self._ids:
            self._ids[path] = _id_of(self._text(path), path)
        return self._ids[path]


def _stem(path: str) -> str:
    """Return a path up to the first dot of its endings: ``x/03-mixtral`` for ``x/03-mixtral.quiz.yml``."""
    ending = next((ending for ending in QUIZ_SUFFIXES if path.endswith(ending)), None)
    return path.removesuffix(ending) if ending else path.rpartition(".")[0]


def _id_of(text: str, path: str) -> str | None:
    return read_front_matter(text, path).meta.id
