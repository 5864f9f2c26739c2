"""All records of a catalog while its files are read, and what points where."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.problems import Problem, did_you_mean
from catalog.reading.schema import SourceEntry
from catalog.records import Key, Kind, Record
from catalog.yamlsource import DataPath, Mapped

Records = dict[Kind, dict[Key, Record]]


class Registry:
    """Collects records, and every problem that shows only between them."""

    def __init__(self) -> None:
        self.records: Records = {kind: {} for kind in Kind}
        self.problems: list[Problem] = []
        self._taken: dict[tuple[Kind, str, str], str] = {}
        self._references: list[tuple[Kind, str, Mapped, DataPath]] = []
        self._evidence: dict[str, str] = {}

    def add(self, record: Record, mapped: Mapped, path: DataPath) -> None:
        """Take in a record that goes by its slug, which stands at ``path``."""
        self.once(record.kind, "id", str(record.key[0]), mapped, path)
        self.put(record)

    def put(self, record: Record) -> None:
        """Take in a record; the first of two with one key stays."""
        self.records[record.kind].setdefault(record.key, record)

    def once(self, kind: Kind, what: str, value: str, mapped: Mapped, path: DataPath) -> None:
        """Report a value that another row of this kind has already, naming both places."""
        here = f"{mapped.path}:{mapped.position(path).line}"
        first = self._taken.setdefault((kind, what, value), here)
        if first != here:
            message = _("'%(value)s' is taken by another %(kind)s") % {"value": value, "kind": kind.value}
            self.report(mapped, path, "duplicate", message, _("It stands at %(place)s.") % {"place": first})

    def refer(self, kind: Kind, slug: str | None, mapped: Mapped, path: DataPath) -> Key | None:
        """Note that ``path`` names a row of a kind, and return that row's key."""
        if slug is None:
            return None
        self._references.append((kind, slug, mapped, path))
        return (slug,)

    def report(self, mapped: Mapped, path: DataPath, code: str, message: str, remedy: str = "") -> None:
        """Note a problem at the value of a path."""
        self.problems.append(mapped.problem(path, code, message, remedy))

    def add_source(self, entry: SourceEntry, mapped: Mapped, path: DataPath) -> None:
        """Take in a source; any file may define some."""
        values = {"slug": entry.id, "title": entry.title, "url": entry.url or "", "seen": entry.seen}
        self.add(Record(Kind.SOURCE, (entry.id,), values), mapped, (*path, "id"))
        self._evidence[entry.id] = entry.evidence

    def finish(self, doubtful: Collection[Kind]) -> None:
        """Check references once all files are read, except to kinds that an unreadable file may define."""
        for kind, slug, mapped, path in self._references:
            if kind in doubtful or (slug,) in self.records[kind]:
                continue
            known = [key[0] for key in self.records[kind]]
            message = _("no %(kind)s '%(slug)s'") % {"kind": kind.value, "slug": slug}
            self.report(mapped, path, "unknown-reference", message, did_you_mean(slug, known))
        self._inherit_evidence()

    def _inherit_evidence(self) -> None:
        """Give citations and machines the evidence of their source, known once all sources are read."""
        for kind in (Kind.CITATION, Kind.MACHINE):
            for key, record in self.records[kind].items():
                evidence = self._evidence.get(record["source"][0], "primary")
                self.records[kind][key] = Record(kind, key, {**record.values, "evidence": evidence})


def decimal(number: float) -> Decimal:
    """Return a number as it is written in the file, without the noise of binary fractions."""
    return Decimal(str(number))
