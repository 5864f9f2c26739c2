"""What an author's files can do to a page, and cannot: run, clobber, imitate, call outside."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson
from lessons.rendering.sanitizer import RESERVED_IDS
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

PAYLOAD = (
    '"><script>alert(1)</script><form action=//evil.test><button class=btn id=main>x</button></form>'
    "<img src=//evil.test/x.png onerror=alert(1)>"
)

COURSE = {
    "glossary.yml": """terms:
  - id: byte
    term: 'Byte <short>'
    definition: 'Eight bits. <hostile>'
    source: {url: "https://example.org/byte", title: 'Bytes <hostile>', seen: 2026-11-23}
""",
    "course/_category_.yml": "label: 'A <hostile>'\ndescription: '<hostile>'\nprerequisites: ['<hostile>']\n",
    "course/01-first/_category_.yml": "label: 'Module <hostile>'\ndescription: '<hostile>'\n",
    "course/01-first/01-hostile.md": """---
title: 'Lesson <hostile>'
sidebar_label: 'Label <hostile>'
description: 'About <hostile>'
key_concept: 'Key <hostile>'
objectives: ['Do <hostile>']
prerequisites: ['Know <hostile>']
tags: ['<hostile>']
---

Text. <hostile>

## Heading <hostile> {#main}

[link](https://example.org "<hostile>"), ![alt <hostile>](a.svg "title <hostile>"), `code <hostile>`

<a id="status" class="btn btn--go" href="https://example.org" target="_blank" onclick="x()">Check</a>
<div class="question" id="q" style="position:fixed" role="button" tabindex="5">Choose</div>

| head <hostile> |
|---|
| cell <hostile> |

:::note[<hostile>]
<hostile>
:::

:::odd[<hostile>]
x
:::

```python title="<hostile>"
print("<hostile>")
```

Term
:   <hostile>

$\\text{<hostile>}$ and [^1].

[^1]: <hostile>

<details><summary><hostile></summary>

<hostile>

</details>
""",
    "course/01-first/01-hostile.quiz.yml": """questions:
  - id: one
    type: choice
    kind: recall
    prompt: 'Which? <hostile>'
    options:
      - {text: 'a <hostile>', correct: true, reason: 'r <hostile>'}
      - {text: 'b', reason: 'r <hostile>'}
    explanation: 'e <hostile>'
""",
    "course/01-first/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}

PAGES = [
    "/",
    "/learn/",
    "/learn/course/",
    "/learn/course/first/",
    "/learn/course/first/hostile/",
    "/quizzes/course/first/hostile/",
    "/progress/",
    "/progress/lessons/course/first/hostile/",
    "/glossary/",
]

CONTROLS = {
    *("script", "style", "form", "input", "button", "select", "textarea", "iframe", "object", "embed"),
    *("base", "link", "meta", "video", "audio", "svg", "use", "template", "dialog"),
}


_WORDS = {"alt", "title", "content", "aria-label", "data-title"}
"""Attributes that are text; a link may lead anywhere too, it is the reader who follows it."""


class Page(HTMLParser):
    """What a page is made of, as far as it matters here."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.controls: Counter[str] = Counter()
        self.ids: list[str] = []
        self.classes: Counter[str] = Counter()
        self.faults: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in CONTROLS:
            self.controls[tag] += 1
        if "id" in given:
            self.ids.append(given["id"])
        self.classes.update(given.get("class", "").split())
        self._script = tag == "script"
        for name, value in given.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "target"}:
                self.faults.append(f"<{tag} {name}>")
            if "evil" in value and name not in _WORDS and (tag, name) != ("a", "href"):
                self.faults.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.faults.append(f"script in the page: {data[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def visit(root: Path, put: str) -> dict[str, Page]:
    """Load the course with something in place of its marks, and read every page of it."""
    quoted = {".yml": put.replace("'", "''"), ".md": put}
    files = {
        name: text.replace("<short>", put[:60]).replace("<hostile>", quoted.get(Path(name).suffix, put))
        for name, text in COURSE.items()
    }
    load(write_tree(root, files))
    browser = Client()
    pages = {}
    for address in PAGES:
        response = browser.get(address)
        assert response.status_code == 200, address
        pages[address] = Page(response.content.decode())
    return pages


def test_pages_of_a_hostile_course_hold_what_those_of_a_harmless_one_hold(tmp_path: Path) -> None:
    harmless = visit(tmp_path / "harmless", "plain")

    hostile = visit(tmp_path / "hostile", PAYLOAD)

    for address, page in hostile.items():
        assert page.faults == [], address
        assert page.controls == harmless[address].controls, address
        twins = [name for name, count in Counter(page.ids).items() if count > 1]
        assert twins == [], address
        assert page.classes["btn"] == harmless[address].classes["btn"], address
    assert "Choose" in Lesson.objects.get().html  # the text of what is taken away stays


def test_ids_and_classes_of_the_page_around_are_not_an_authors(tmp_path: Path) -> None:
    ids = " ".join(f'<a id="{name}">x</a>' for name in sorted(RESERVED_IDS))
    page = f"# A\n\n{ids}\n\n## Main\n\n## Status {{#status}}\n\n<p class='btn question answer'>x</p>\n"
    load(write_tree(tmp_path, {"glossary.yml": "terms: []\n", "course/01-m/01-a.md": page}))

    html = Lesson.objects.get().html

    assert RESERVED_IDS.isdisjoint(re.findall(r'id="([^"]*)"', html))
    assert not re.search(r'class="[^"]*\b(btn|question|answer)\b', html)


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_sent_with_every_page_allows_nothing_unsafe(
    tmp_path: Path, client: Client, address: str
) -> None:
    visit(tmp_path, "plain")

    header = client.get(address)["Content-Security-Policy"]

    policy = {name: set(rest) for name, *rest in (part.split() for part in header.split(";"))}
    assert policy["default-src"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == {"'self'"}
    assert policy["form-action"] == {"'self'"}
    assert policy["base-uri"] == policy["object-src"] == policy["frame-ancestors"] == {"'none'"}
    sources = set().union(*policy.values())
    assert not {each for each in sources if "unsafe" in each or "*" in each or each in {"http:", "https:"}}
    assert [name for name, values in policy.items() if "data:" in values] == ["img-src"]
