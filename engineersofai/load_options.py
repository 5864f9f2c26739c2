"""What ``loadlessons`` can be told, and what makes no sense together."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from catalog.models import Family
from catalog.problems import Problem
from engineersofai.content import Prepared
from engineersofai.directives import CODE as DIRECTIVE_CODE
from engineersofai.roots import is_content_root
from lessons.files import PAGE_SUFFIXES
from lessons.ordering import slugify_part
from lessons.source import CATALOG_FOLDER

_WITHOUT_DATABASE = {
    "--dry-run": "dry_run",
    "--ours": "ours",
    "--theirs": "theirs",
    "--prune": "prune",
}
"""Options that say what to do with the site: a check does not look at it."""


def add_load_options(parser: ArgumentParser) -> None:
    """Add every option with its meaning."""
    parser.add_argument(
        "dirs",
        nargs="*",
        type=Path,
        metavar="DIR",
        help=_(
            "A content root (a folder that holds catalog/ or glossary.yml; its other folders are tracks), or "
            "the folder of one track. Several are loaded in order, each all or nothing. Without any: the "
            "folder that CONTENT_DIR names."
        ),
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=_("Read, render and check everything; need and touch no database."),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=_("Report what a load would change on this site; write nothing."),
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="PATH",
        help=_(
            "Load one file or folder, named by its path within DIR, with the questions beside it; everything "
            "else stays as the site has it. With --check: report the problems of that part only."
        ),
    )
    parser.add_argument(
        "--track",
        default="",
        metavar="SLUG",
        help=_("Where DIR is a single track: the track's slug, which is otherwise the name of its folder."),
    )
    parser.add_argument(
        "--prune",
        action="store_true",
        help=_("Let more than a fifth of a track's lessons retire. What learners did stays."),
    )
    sides = parser.add_mutually_exclusive_group()
    sides.add_argument(
        "--ours",
        action="store_true",
        help=_("Where a text was edited on the site and its file changed too: keep the site's text."),
    )
    sides.add_argument(
        "--theirs",
        action="store_true",
        help=_("Where a text was edited on the site: take the file's text."),
    )
    parser.add_argument(
        "--fix-ids",
        action="store_true",
        help=_(
            "First write an id into the files for every question in YAML that has none; nothing else. With "
            "--check or --dry-run: only list them."
        ),
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help=_(
            "Stay, and load again whenever a file below DIR changes, until Ctrl-C. While DEBUG is on, pages "
            "open in a browser show what changed by themselves."
        ),
    )
    parser.add_argument(
        "--format",
        choices=["text", "json", "github"],
        default="text",
        help=_(
            "How to report: text for people (the default); json, one object on standard output; github, "
            "annotations for the lines of a pull request. --verbosity 2 lists everything that text folds."
        ),
    )


def check_options(options: Mapping[str, Any]) -> None:
    """Refuse options that have no meaning together; raises ``CommandError`` that says why."""
    if options["check"]:
        for name, key in _WITHOUT_DATABASE.items():
            if options.get(key):
                message = _("--check looks at no database, so %(name)s has nothing to do.")
                raise CommandError(message % {"name": name})
    resolved = [path.resolve() for path in options["dirs"]]
    for place, path in enumerate(resolved):
        if path in resolved[:place]:
            raise CommandError(_("%(path)s is given twice.") % {"path": options["dirs"][place]})
    for name in ("only", "track"):
        if options[name] and len(resolved) > 1:
            raise CommandError(_("--%(name)s goes with one folder.") % {"name": name})
    only = PurePosixPath(options["only"])
    if only.is_absolute() or ".." in only.parts:
        message = _("--only %(path)s: name the file or folder as it lies within DIR.")
        raise CommandError(message % {"path": options["only"]})
    track = options["track"]
    if track and track != slugify_part(track):
        message = _("'%(slug)s' is no slug. Did you mean '%(meant)s'?")
        raise CommandError(message % {"slug": track, "meant": slugify_part(track)})


def check_root(root: Path, options: Mapping[str, Any]) -> None:
    """Refuse what is no folder that can be read; raises ``CommandError`` that says what to give instead."""
    if root.is_file():
        message = _("%(path)s is a file. Give its folder: loadlessons %(folder)s --only %(name)s")
        names = {"path": root, "folder": root.parent, "name": root.name}
        raise CommandError(message % names)
    if not root.is_dir():
        raise CommandError(_("%(path)s is no folder. Name a content root or a track.") % {"path": root})
    if not os.access(root, os.R_OK | os.X_OK):
        raise CommandError(_("%(path)s cannot be read.") % {"path": root})
    if options["track"] and is_content_root(root):
        message = _("%(path)s is a content root: its folders name its tracks. Leave --track out.")
        raise CommandError(message % {"path": root})


def no_catalog(root: Path, prepared: Prepared, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield an error where models and facts are unknown since there is no catalog, neither here nor stored.

    Each of them is an error of its own; this one says what is behind them all. Asks the database.
    """
    if prepared.catalog is not None or not any(problem.code in _OF_CATALOG for problem in problems):
        return
    if Family.objects.exists():
        return
    message = _("the site has no catalog, and this folder brings none: models and facts are unknown")
    remedy = _("Load the content root that holds the catalog first.")
    if is_content_root(root):
        remedy = _("Put the folder of the catalog here; dumplessons does not write it.")
    yield Problem(f"{CATALOG_FOLDER}/", 1, 1, "no-catalog", message, remedy)


_OF_CATALOG = frozenset({"unknown-fact", DIRECTIVE_CODE})
"""Codes of problems with what texts take from the catalog."""


def no_pages(root: Path, prepared: Prepared) -> Iterator[Problem]:
    """Yield an error where a folder gives no page at all: most likely it is the wrong folder.

    A content root may hold a catalog and nothing else.
    """
    if prepared.unchanged is not None or is_content_root(root) or any(prepared.tree.pages()):
        return
    message = _("no page lies here or in any folder below")
    remedy = _("A page is a file that ends in %(suffixes)s.") % {"suffixes": _(" or ").join(PAGE_SUFFIXES)}
    yield Problem(prepared.tree.files.prefix, 1, 1, "no-pages", message, remedy)
