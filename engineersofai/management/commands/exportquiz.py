"""``manage.py exportquiz [PLACE …]``: the site's questions as YAML or GIFT."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engineersofai.database_words import database_in_words
from engineersofai.quiz_export import LessonQuiz, NothingThere, WouldReplace, stored_quizzes, write_quizzes
from engineersofai.writing import Unwritable


class Command(BaseCommand):
    """Writes questions to the terminal, or one file a lesson to a folder."""

    help = (
        "Write the questions that the site holds, as our own YAML or as GIFT for Moodle and others. What is "
        "written loads again as it was; facts and links stay as their author wrote them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "places",
            nargs="*",
            metavar="PLACE",
            help="slug of a track, or address or file of a module or lesson; everything when left out",
        )
        parser.add_argument("--format", choices=["yaml", "gift"], default="yaml")
        parser.add_argument(
            "--output", type=Path, metavar="DIR", help="folder for one file a lesson, made when missing"
        )
        parser.add_argument("--force", action="store_true", help="replace files that say something else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with database_in_words():
                quizzes = stored_quizzes(options["places"])
        except NothingThere as error:
            message = _("There is no track, module or lesson at '%(place)s'.") % {"place": error}
            raise CommandError(message) from error
        if not quizzes:
            raise CommandError(_("No lesson there asks a question."))
        form, folder = options["format"], options["output"]
        if folder is None:
            if form == "yaml" and len(quizzes) > 1:
                message = _("%(count)d lessons have questions, and a file holds those of one.")
                remedy = _("Name a folder with --output, or one lesson.")
                raise CommandError(f"{message % {'count': len(quizzes)}} {remedy}")
            self.stdout.write("\n".join(quiz.text(form) for quiz in quizzes), ending="")
        else:
            self._write(quizzes, options)
        self._remark(quizzes, form)

    def _write(self, quizzes: list[LessonQuiz], options: dict[str, Any]) -> None:
        count = 0
        try:
            for _place in write_quizzes(
                quizzes, options["output"], options["format"], force=options["force"]
            ):
                count += 1
        except Unwritable as error:
            raise CommandError(str(error)) from error
        except WouldReplace as error:
            message = _("%(path)s lies there and says something else. Replace it with --force.")
            raise CommandError(message % {"path": error}) from error
        questions = sum(len(quiz.questions) for quiz in quizzes)
        said = ngettext("%(files)d file", "%(files)d files", count) % {"files": count}
        asked = ngettext("%(count)d question", "%(count)d questions", questions) % {"count": questions}
        self.stdout.write(self.style.SUCCESS(f"{options['output']}: {said}, {asked}"))

    def _remark(self, quizzes: list[LessonQuiz], form: str) -> None:
        """Say what somebody who takes a file over has to know."""
        for quiz in quizzes if form == "yaml" else ():
            if gaps := quiz.gaps:
                message = ngettext(
                    "%(path)s: loads as it is, and is to be completed in %(count)d place: %(first)s",
                    "%(path)s: loads as it is, and is to be completed in %(count)d places: %(first)s …",
                    len(gaps),
                )
                first = f"{gaps[0].line}:{gaps[0].column}: {gaps[0].message}"
                self._note(message, quiz.path("yaml"), len(gaps), first)
        for quiz in quizzes:
            if quiz.in_page:
                message = ngettext(
                    "%(path)s: %(count)d question stands in the page; take it out there if you use this file",
                    "%(path)s: %(count)d questions stand in the page; take them out if you use this file",
                    quiz.in_page,
                )
                self._note(message, quiz.page.path, quiz.in_page)

    def _note(self, message: str, path: str, count: int, first: str = "") -> None:
        self.stderr.write(self.style.WARNING(message % {"path": path, "count": count, "first": first}))
