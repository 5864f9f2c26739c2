"""Writes a course of any size for measurements: the same seed gives the same files.

What lessons are made of is read alike by EngineersOfAI and by MkDocs with Material: headings, prose with
inline marks and links between files, lists and task lists, tables, listings in six languages with titles and
marked lines, GitHub's alerts, footnotes, definition lists. No formulas: MkDocs leaves those to the browser.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.listings import LISTINGS

LESSONS_PER_MODULE = 50
SEED = 20
LESSON_BYTES = 10_000
"""About how long a lesson is."""

_WORDS = (
    *("token", "weight", "layer", "batch", "cache", "window", "router", "expert", "scale", "block", "tensor"),
    *("vector", "prompt", "answer", "score", "sample", "memory", "device", "kernel", "thread", "budget"),
    *("limit", "latency", "throughput", "gradient", "measure", "result", "figure", "table", "example"),
    *("reader", "engineer", "course", "lesson", "question", "small", "large", "early", "late", "wide"),
    *("narrow", "exact", "rough", "cheap", "costly"),
)
_VERBS = ("holds", "takes", "reads", "writes", "sends", "keeps", "drops", "needs", "moves", "counts", "shows")
_ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")


def write_course(root: Path, lessons: int, *, seed: int = SEED) -> list[Path]:
    """Write ``lessons`` lessons in modules of fifty below ``root``; return their paths, in order."""
    paths = []
    for number in range(lessons):
        module, place = divmod(number, LESSONS_PER_MODULE)
        paths.append(root / f"{module + 1:03}-module-{module + 1}" / f"{place + 1:02}-lesson-{place + 1}.md")
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        # A generator of its own, so that lesson 7 is the same in a course of ten and of ten thousand.
        chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 -- made-up prose is no secret
        neighbors = [paths[at] for at in (number - 1, number + 1) if 0 <= at < lessons]
        path.write_text(_Lesson(chance, number, path, neighbors).text(), encoding="utf-8")
    return paths


class _Lesson:
    """Makes one lesson up."""

    def __init__(self, chance: random.Random, number: int, path: Path, neighbors: list[Path]) -> None:
        self.chance = chance
        self.number = number
        self.path = path
        self.neighbors = neighbors

    def text(self) -> str:
        """Return the lesson: sections of changing blocks until it is long enough."""
        parts = [f"---\ntitle: {self._title()} {self.number}\ndescription: {self._sentence()}\n---\n"]
        parts.append(self._paragraph())
        size, section = 0, 0
        while size < LESSON_BYTES:
            section += 1
            parts += self._section(section)
            size = sum(len(part) + 2 for part in parts)
        parts.append(f"[^{self.number}]: {self._sentence()}\n")
        return "\n\n".join(parts)

    def _section(self, section: int) -> Iterator[str]:
        level = "##" if section % 3 == 1 else "###"
        yield f"{level} {self._title()} {section}"
        yield self._paragraph()
        makers = [self._list, self._table, self._alert, self._tasks, self._definitions]
        yield from (make() for make in [self._listing, *self.chance.sample(makers, 2)])
        yield self._paragraph()

    def _words(self, count: int) -> list[str]:
        return self.chance.choices(_WORDS, k=count)

    def _title(self) -> str:
        return " ".join(self._words(3)).capitalize()

    def _sentence(self) -> str:
        words = [*self._words(5), self.chance.choice(_VERBS), *self._words(self.chance.randint(3, 8))]
        return " ".join(words).capitalize() + "."

    def _paragraph(self) -> str:
        sentences = [self._marked(self._sentence()) for _ in range(self.chance.randint(3, 6))]
        if self.chance.random() < 0.3:
            sentences.append(f"A note says more.[^{self.number}]")
        return " ".join(sentences)

    def _marked(self, sentence: str) -> str:
        words = sentence.split()
        at = self.chance.randrange(len(words) - 1)
        match self.chance.randrange(6):
            case 0:
                words[at] = f"**{words[at]}**"
            case 1:
                words[at] = f"*{words[at]}*"
            case 2:
                words[at] = f"`{words[at]}`"
            case 3 if self.neighbors:
                words[at] = f"[{words[at]}]({self._link(self.chance.choice(self.neighbors))})"
        return " ".join(words)

    def _link(self, other: Path) -> str:
        same = other.parent == self.path.parent
        return other.name if same else f"../{other.parent.name}/{other.name}"

    def _list(self) -> str:
        lines = []
        for number in range(self.chance.randint(3, 5)):
            lines.append(f"{number + 1}. {self._marked(self._sentence())}")
            if self.chance.random() < 0.4:
                lines += [f"    - {self._sentence()}", f"    - {self._sentence()}"]
        return "\n".join(lines)

    def _tasks(self) -> str:
        return "\n".join(f"- [{self.chance.choice(' x')}] {self._sentence()}" for _ in range(3))

    def _table(self) -> str:
        rows = ["| Name | Bits | GiB | What it is for |", "|---|---:|---:|---|"]
        for word in self._words(self.chance.randint(4, 8)):
            bits, size = self.chance.randint(2, 16), self.chance.random() * 100
            rows.append(f"| `{word}` | {bits} | {size:.1f} | {' '.join(self._words(4))} |")
        return "\n".join(rows)

    def _listing(self) -> str:
        language = self.chance.choice(list(LISTINGS))
        info = [language]
        if self.chance.random() < 0.5:
            info.append(f'title="{self.chance.choice(_WORDS)}.txt"')
        if self.chance.random() < 0.3:
            info.append('hl_lines="2 3"')
        # Other names in each, so that no listing is the same twice.
        return f"```{' '.join(info)}\n{self._renamed(LISTINGS[language])}\n```"

    def _renamed(self, source: str) -> str:
        return source.replace("thing", f"{self.chance.choice(_WORDS)}_{self.chance.randrange(10_000)}")

    def _alert(self) -> str:
        lines = [f"> [!{self.chance.choice(_ALERTS)}]", f"> {self._marked(self._sentence())}"]
        return "\n".join([*lines, f"> {self._sentence()}"])

    def _definitions(self) -> str:
        return "\n\n".join(f"{word}\n:   {self._sentence()}" for word in self._words(2))
