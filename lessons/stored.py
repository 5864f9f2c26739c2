"""The content tree as the site holds it: what an edit made on the site is checked and rendered with."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem
from lessons.files import ContentFiles, is_partial
from lessons.models import AssetPath, SourceFile


class StoredFiles(ContentFiles):
    """Texts from ``SourceFile`` and bytes from ``Asset``, read as a folder would be."""

    def __init__(self, overrides: dict[str, str]) -> None:
        super().__init__(Path("."))
        texts = SourceFile.objects.filter(retired_at=None).values_list("path", "text")
        self.overrides = dict(texts) | overrides
        assets = AssetPath.objects.values_list("path", flat=True)
        self.partials = sorted(path for path in self.overrides if is_partial(path))
        self.paths = sorted({*self.overrides, *assets} - set(self.partials))

    def text(self, path: str) -> str:
        """Return a stored text."""
        if path in self.overrides:
            return self.overrides[path]
        raise ContentError(Problem(path, 1, 1, "unreadable", _("not among the texts of this site")))

    def data(self, path: str) -> bytes:
        """Return a stored asset's bytes."""
        found = AssetPath.objects.filter(path=path).select_related("asset").first()
        if found is None:
            raise ContentError(Problem(path, 1, 1, "unreadable", _("not among the files of this site")))
        return bytes(found.asset.data)
