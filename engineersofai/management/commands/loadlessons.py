"""``manage.py loadlessons [DIR …]``: content files to the site, all or nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem
from engineersofai.content import Prepared, Stale, load, prepare
from engineersofai.edits import Choices, lies_within
from lessons.report import Report


class Command(BaseCommand):
    """Reads, checks and renders every file, then writes what differs in one short transaction."""

    help = "Load lessons, questions, the catalog and the glossary from content files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dirs", nargs="*", type=Path, metavar="DIR", help="content root, or one track")
        parser.add_argument(
            "--check", action="store_true", help="read and check everything; touch no database"
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would change; write nothing")
        parser.add_argument(
            "--only", default="", metavar="PATH", help="load this file or folder of the tree only"
        )
        parser.add_argument(
            "--track", default="", metavar="SLUG", help="slug of the track, for a single track"
        )
        parser.add_argument(
            "--prune", action="store_true", help="allow more than a fifth of the lessons to retire"
        )
        sides = parser.add_mutually_exclusive_group()
        sides.add_argument("--ours", action="store_true", help="where both changed, keep the site's text")
        sides.add_argument(
            "--theirs", action="store_true", help="where the site's text was edited, take the file's"
        )
        parser.add_argument("--format", choices=["text", "json", "github"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        choices = Choices(
            track=options["track"],
            only=options["only"],
            keep="ours" if options["ours"] else "theirs" if options["theirs"] else "ask",
            prune=options["prune"],
            dry_run=options["dry_run"],
        )
        for root in options["dirs"] or [settings.CONTENT_DIR]:
            if not root.is_dir():
                raise CommandError(
                    _("%(path)s is no folder. Name a content root or a track.") % {"path": root}
                )
            try:
                self._one(root, choices, check=options["check"], format=options["format"])
            except (OperationalError, ProgrammingError) as error:
                message = _("The database cannot be used: %(why)s. Is `manage.py migrate` done?")
                raise CommandError(message % {"why": str(error).strip().rstrip(".")}) from error

    def _one(self, root: Path, choices: Choices, *, check: bool, format: str) -> None:
        prepared = prepare(root, choices, stored=not check)
        problems = _within(prepared, choices)
        report = Report()
        refused: list[Problem] = [problem for problem in problems if problem.is_error]
        if not refused and not check:
            try:
                report = self._load(root, choices, prepared)
            except ContentError as error:
                refused = list(error.problems)
                problems += refused
        if format == "json":
            self.stdout.write(json.dumps(_as_json(prepared, problems, report), ensure_ascii=False, indent=1))
        else:
            self._show(problems, github=format == "github")
        if refused:
            raise CommandError(
                _("%(count)d errors: nothing was written.") % {"count": len(refused)}
                if len(refused) > 1
                else _("1 error: nothing was written.")
            )
        if format != "json":
            self._summary(report, root, check=check, dry_run=choices.dry_run)

    def _load(self, root: Path, choices: Choices, prepared: Prepared) -> Report:
        try:
            return load(prepared, choices)
        except Stale:
            try:
                return load(prepare(root, choices), choices)
            except Stale:
                raise CommandError(_("Another load is at work. Try again when it is done.")) from None

    def _show(self, problems: list[Problem], *, github: bool) -> None:
        for problem in problems:
            if github:
                level = "error" if problem.is_error else "warning"
                self.stdout.write(
                    f"::{level} file={problem.path},line={problem.line},col={problem.column}::"
                    f"{problem.message}. {problem.remedy}"
                )
            else:
                style = self.style.ERROR if problem.is_error else self.style.WARNING
                name = _("error") if problem.is_error else _("warning")
                self.stderr.write(style(f"{name}: {problem.with_excerpt()}"))

    def _summary(self, report: Report, root: Path, *, check: bool, dry_run: bool) -> None:
        if check:
            self.stdout.write(self.style.SUCCESS(_("%(root)s: no errors.") % {"root": root}))
            return
        for kind in report.kinds():
            actions = ", ".join(
                f"{report.counts[kind, action]} {action}"
                for of, action in report.counts
                if of == kind and report.counts[kind, action]
            )
            self.stdout.write(f"  {kind}: {actions}")
        said = _("%(root)s: %(count)d changes") % {"root": root, "count": report.changes}
        if report.changes == 1:
            said = _("%(root)s: 1 change") % {"root": root}
        self.stdout.write(
            self.style.SUCCESS(said + (_(" (dry run: nothing was written)") if dry_run else ""))
        )


def _within(prepared: Prepared, choices: Choices) -> list[Problem]:
    if not choices.only:
        return prepared.problems
    return [problem for problem in prepared.problems if lies_within(problem.path, choices.only)]


def _as_json(prepared: Prepared, problems: list[Problem], report: Report) -> dict[str, Any]:
    changed = {name: action for kind, action, name in report.changed if kind == "lesson"}
    pages = [
        {
            "file": page.path,
            "url": f"/learn/{page.url_path}/",
            "title": page.title,
            "track": track.slug,
            "module": module.key,
            "position": position,
            "questions": prepared.quizzes.counts.get(page.path, 0),
            "status": changed.get(page.url_path, "unchanged"),
        }
        for track in prepared.tree.tracks
        for module in track.modules
        for position, page in enumerate(module.lessons)
    ]
    diagnostics = [
        {
            "file": problem.path,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "severity": str(problem.severity),
            "message": f"{problem.message}. {problem.remedy}".strip(),
        }
        for problem in problems
    ]
    return {"pages": pages, "diagnostics": diagnostics}
