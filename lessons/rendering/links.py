"""Where the links and images of a content file lead."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from lessons.rendering.context import AssetLink, RenderContext
from lessons.rendering.urls import split_address


def is_external(destination: str) -> bool:
    """Whether a destination lies outside this site."""
    parts = split_address(destination)
    return bool(parts.scheme or parts.netloc)


def content_path(destination: str, base: str) -> str:
    """Return the path in the content tree that a relative destination names from the file ``base``."""
    path = unquote(split_address(destination).path)
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def resolve_page(destination: str, context: RenderContext, place: tuple[int, int]) -> str:
    """Return the address for a link; one that leads nowhere is reported and left as it is."""
    if is_external(destination) or destination.startswith("#") or not destination:
        return destination
    parts = split_address(destination)
    if destination.startswith("/") and _is_site_address(parts.path):
        return destination
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    for place_of in _places(destination, context):
        for ending in ("", ".md", ".mdx", "/index.md", "/README.md"):
            if url := context.library.pages.get(place_of + ending):
                return url + anchor
        if asset := context.library.assets.get(place_of):
            context.assets.add(place_of)
            return asset.url + anchor
    path = content_path(destination, context.path)
    if any(known.startswith(f"{path}/") for known in context.library.assets):
        message = _("broken link: no page in the folder '%(path)s'") % {"path": path}
        context.warn(*place, "broken-link", message, _("Link to a file in it, or add an index.md."))
        return destination
    message = _("broken link: no file '%(path)s'") % {"path": path}
    remedy = _("Write 'https://%(address)s' if it is a website.") % {"address": destination}
    if not destination.casefold().startswith("www."):
        remedy = context.suggest(path, [*context.library.pages, *context.library.assets])
    context.warn(*place, "broken-link", message, remedy or _("Correct the path, or remove the link."))
    return destination


MAX_LEFT_OUT = 2
"""Leading folders of an address on the author's site that may be no folders of the tree: ``/course/``."""


def _places(destination: str, context: RenderContext) -> list[str]:
    """Return the content paths that a destination may mean, the likeliest first.

    A relative one means one. One from the root of the author's site (``/course/chapter1/2``) is looked for
    in the tree, in the page's track, and there without its first folders.
    """
    path = content_path(destination, context.path)
    if not destination.startswith("/"):
        return [path]
    track = context.path.partition("/")[0]
    parts = path.rstrip("/").split("/")
    left_out = range(min(len(parts), MAX_LEFT_OUT + 1))
    return [path.rstrip("/"), *("/".join([track, *parts[start:]]) for start in left_out)]


def _is_site_address(path: str) -> bool:
    """Whether an address from the root is one of this site's own pages."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def resolve_asset(destination: str, context: RenderContext, place: tuple[int, int]) -> AssetLink | None:
    """Return where an image of the tree is served; a missing one is reported."""
    if destination.startswith("/") and _is_site_address(destination):
        return None
    path = content_path(destination, context.path)
    for place_of in _places(destination, context):
        if asset := context.library.assets.get(place_of):
            context.assets.add(place_of)
            return asset
    context.warn(
        *place,
        "missing-image",
        _("missing image: no file '%(path)s'") % {"path": path},
        context.suggest(path, context.library.assets) or _("Add the file, or correct the path."),
    )
    return None
