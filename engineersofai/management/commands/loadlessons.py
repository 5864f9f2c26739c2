"""``manage.py loadlessons [DIR …]``: content files to the site, all or nothing."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.problems import ContentError, Severity
from engineersofai.console import Console, forgiving_streams, speaks_unicode
from engineersofai.content import Prepared, Stale, load, prepare
from engineersofai.database_words import database_in_words
from engineersofai.edits import Choices, lies_within
from engineersofai.fix_ids import fix_ids
from engineersofai.load_options import add_load_options, check_options, check_root, no_catalog, no_pages
from engineersofai.progress_bar import ProgressBar
from engineersofai.reporting import (
    Fold,
    Outcome,
    Places,
    annotate,
    as_document,
    checkout,
    fold,
    summary,
    tally,
)
from engineersofai.roots import is_content_root
from engineersofai.watch import watch
from engineersofai.workers import Progress, no_progress
from engineersofai.writing import Unwritable
from lessons.report import Report


class Refused(CommandError):
    """The content was refused; the name stands before the count of its errors."""


class Command(BaseCommand):
    """Reads, checks and renders every file, then writes what differs in one short transaction."""

    help = (
        "Loads lessons, questions, the catalog and the glossary from content files. All problems of all "
        "files are reported in one run; with any error nothing is written. Loading the same files again "
        "changes nothing. Learners read and answer meanwhile."
    )

    # They import every view, which takes as long as finding that nothing changed.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_load_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        check_options(options)
        self.console = Console(self.stdout, self.stderr, self.style)
        self.options = options
        self.files_with_new_ids: set[str] = set()
        if options["watch"]:
            self._watch(options["dirs"] or [settings.CONTENT_DIR])
        else:
            try:
                self._load_all()
            except KeyboardInterrupt:
                message = _("Interrupted: a folder that was not loaded whole is as it was.")
                raise CommandError(message, returncode=130) from None

    def _watch(self, roots: list[Path]) -> None:
        """Load, and again after every change, until Ctrl-C; what a load refuses is for the author to mend."""

        def load_again() -> None:
            close_old_connections()
            try:
                self._load_all()
            except (CommandError, OSError) as error:
                self.stderr.write(f"{type(error).__name__}: {error}")
            self.console.remark(_("Watching for changes; Ctrl-C ends.") + "\n")

        with suppress(KeyboardInterrupt):
            watch(roots, load_again)

    def _load_all(self) -> None:
        options = self.options
        outcomes: list[Outcome] = []
        with forgiving_streams():
            with database_in_words():
                for root in options["dirs"] or [settings.CONTENT_DIR]:
                    check_root(root, options)
                    outcomes.append(self._one(root))
                    if options["format"] != "json":
                        self._show(outcomes[-1])
                    if outcomes[-1].is_refused and not options["check"]:
                        break
            if options["format"] == "json":
                is_plain = not speaks_unicode(self.stdout)
                self.console.say(json.dumps(as_document(outcomes), ensure_ascii=is_plain, indent=1))
        if any(outcome.is_refused for outcome in outcomes):
            problems = [problem for outcome in outcomes for problem in outcome.problems]
            raise Refused(f"{tally(problems)}: {self._what_was_written(outcomes)}")

    def _what_was_written(self, outcomes: list[Outcome]) -> str:
        """Return what a run that ends with a refusal has written all the same."""
        loaded = [] if self.options["check"] or self.options["dry_run"] else outcomes[:-1]
        if not loaded and not self.files_with_new_ids:
            return _("nothing was written.")
        said = [_("nothing of %(folder)s was loaded.") % {"folder": outcomes[-1].root}]
        if loaded:
            folders = ", ".join(str(outcome.root) for outcome in loaded)
            said.append(_("Loaded before it: %(folders)s.") % {"folders": folders})
        return " ".join([*said, *self._ids_written()])

    def _ids_written(self) -> list[str]:
        """Return a sentence on the ids that are in their files by now, if there are any."""
        count = len(self.files_with_new_ids)
        message = ngettext(
            "The ids told above are written into %(count)d file.",
            "The ids told above are written into %(count)d files.",
            count,
        )
        return [message % {"count": count}] if count else []

    def _one(self, root: Path) -> Outcome:
        started = time.monotonic()
        options, choices = self.options, _choices(self.options)
        if options["fix_ids"]:
            self._fix_ids(root, choices)
        prepared = self._prepare(root, choices)
        problems = [
            problem
            for problem in prepared.problems
            if lies_within(problem.path, choices.only, prepared.tree.files.prefix)
        ]
        problems += no_pages(root, prepared)
        if not options["check"]:
            problems += no_catalog(root, prepared, problems)
        report = Report()
        if not options["check"] and not any(problem.is_error for problem in problems):
            try:
                prepared, report = self._load(root, choices, prepared)
            except ContentError as error:
                problems += error.problems
        seconds = time.monotonic() - started
        base = checkout() if options["format"] == "github" else Path.cwd()
        return Outcome(root, prepared, problems, report, seconds, options["check"], choices.dry_run, base)

    def _prepare(self, root: Path, choices: Choices) -> Prepared:
        # Who asks for a list of all pages, or for all warnings, asks for more than what changed.
        whole = self.options["format"] != "text" or self.options["verbosity"] > 1
        is_stored = not self.options["check"]
        return prepare(root, choices, stored=is_stored, whole=whole, progress=self._progress())

    def _fix_ids(self, root: Path, choices: Choices) -> None:
        is_listed_only = self.options["check"] or choices.dry_run
        said = _("would get") if is_listed_only else _("got")
        try:
            for each in fix_ids(root, choices, write=not is_listed_only):
                # The paths of a single track begin with its slug, which is no folder.
                prefix = "" if is_content_root(root) else each.path.partition("/")[0] + "/"
                path = Places(root, prefix, Path.cwd()).of(each.path)
                self.console.remark(f"{path}:{each.line}:{each.column}: {said} id: {each.id}")
                if not is_listed_only:
                    self.files_with_new_ids.add(path)
        except Unwritable as error:
            message = _("An id cannot be written, and nothing was loaded: %(why)s.") % {"why": error}
            raise CommandError(" ".join([message, *self._ids_written()])) from error

    def _load(self, root: Path, choices: Choices, prepared: Prepared) -> tuple[Prepared, Report]:
        try:
            return prepared, load(prepared, choices)
        except Stale:
            again = self._prepare(root, choices)
            try:
                return again, load(again, choices)
            except Stale:
                raise CommandError(_("Another load is at work. Try again when it is done.")) from None

    def _progress(self) -> Progress:
        """Return a bar on a terminal, and nothing elsewhere."""
        if self.options["format"] == "text" and self.options["verbosity"] > 0 and self.stderr.isatty():
            return ProgressBar(sys.stderr)
        return no_progress

    def _show(self, outcome: Outcome) -> None:
        if self.options["format"] == "github":
            for line in annotate(outcome.places.placed(outcome.problems)):
                self.console.say(line)
        else:
            self._diagnose(outcome)
        if not outcome.is_refused and self.options["verbosity"] > 0:
            *lines, last = summary(outcome, in_full=self.options["verbosity"] > 1)
            for line in lines:
                self.console.say(line)
            self.console.announce(last)

    def _diagnose(self, outcome: Outcome) -> None:
        names = {
            Severity.ERROR: _("error"),
            Severity.WARNING: _("warning"),
            Severity.NOTE: _("note"),
        }
        verbosity = self.options["verbosity"]
        problems = outcome.places.placed(outcome.problems)
        shown = problems if verbosity > 0 else [one for one in problems if one.is_error]
        for problem in fold(shown, listed=None) if verbosity > 1 else fold(shown):
            if isinstance(problem, Fold):
                self.console.remark(problem.text)
            else:
                self.console.complain(problem, names[problem.severity])
        if not outcome.is_refused and (counted := tally(shown)):
            self.console.remark(counted)


def _choices(options: dict[str, Any]) -> Choices:
    return Choices(
        track=options["track"],
        only=options["only"],
        keep="ours" if options["ours"] else "theirs" if options["theirs"] else "ask",
        prune=options["prune"],
        dry_run=options["dry_run"],
    )
