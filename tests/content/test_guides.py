"""The guides say what the code does."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path

from django.utils.translation import override

from catalog.citable import FIELDS
from engineersofai.management.commands.loadlessons import Command
from lessons.frontmatter import FrontMatter

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/authoring.md").read_text()


def test_the_authoring_guide_prints_every_citable_field() -> None:
    table = GUIDE.split("<!-- fields -->")[1].split("<!-- /fields -->")[0]

    with override("en"):
        wanted = [f"| `{name}` | {field.label} |" for name, field in FIELDS.items()]

    assert [line for line in table.split("\n") if line.startswith("| `")] == wanted


def test_the_authoring_guide_names_every_front_matter_key() -> None:
    assert [key for key in FrontMatter.model_fields if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_the_authoring_guide_names_every_option_of_the_command() -> None:
    parser = ArgumentParser(add_help=False)
    Command().add_arguments(parser)
    options = [option for action in parser._actions for option in action.option_strings]

    assert [option for option in options if option not in GUIDE] == []


def test_links_in_guides_lead_to_files() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    pages.remove(ROOT / "docs/authoring.md")  # its links are examples

    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())
        if ":" not in target and not (page.parent / target).exists()
    ]

    assert broken == []
