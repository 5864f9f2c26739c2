"""``manage.py dumplessons DIR``: the site's texts as files, edits made on the site included."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engineersofai.database_words import database_in_words
from engineersofai.dump import Dump, Refused, dump_lessons
from lessons.source import CATALOG_FOLDER


class Command(BaseCommand):
    """Writes what ``loadlessons`` would read; loading it again changes nothing."""

    help = (
        "Write the lessons, questions and glossary that the site holds, with the files they show, to a "
        "folder. Edits made on the site come along. The catalog is not: it is edited in its files only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR", help="folder to write to; made when missing")
        parser.add_argument(
            "--track", default="", metavar="SLUG", help="write this track only, as the folder itself"
        )
        parser.add_argument(
            "--force", action="store_true", help="write over files of a folder that is not empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["dir"]
        try:
            with database_in_words():
                dump = dump_lessons(folder, track=options["track"], force=options["force"])
        except Refused as error:
            raise CommandError(str(error)) from error
        for path in dump.written if options["verbosity"] > 1 else ():
            self.stdout.write(f"  {path}")
        self._report(dump, folder, options["track"])

    def _report(self, dump: Dump, folder: Path, track: str) -> None:
        if dump.strange:
            said = ngettext(
                "%(count)d file in the folder is not of the site and stays: %(names)s",
                "%(count)d files in the folder are not of the site and stay: %(names)s",
                len(dump.strange),
            )
            names = ", ".join(dump.strange[:3]) + (", …" if len(dump.strange) > 3 else "")
            self.stderr.write(self.style.WARNING(said % {"count": len(dump.strange), "names": names}))
        said = _("%(folder)s: %(written)d files written, %(unchanged)d said the same already.") % {
            "folder": folder,
            "written": len(dump.written),
            "unchanged": len(dump.unchanged),
        }
        self.stdout.write(self.style.SUCCESS(said))
        if dump.lacks_catalog:
            warning = _("The catalog is not written, since its files are the only place where it is edited.")
            remedy = _("Copy them to %(folder)s before you load it into another database.")
            self.stderr.write(self.style.WARNING(f"{warning} {remedy % {'folder': folder / CATALOG_FOLDER}}"))
        option = f" --track {track}" if track else ""
        self.stdout.write(_("To load it: manage.py loadlessons %(rest)s") % {"rest": f"{folder}{option}"})
