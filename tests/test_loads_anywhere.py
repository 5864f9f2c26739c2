"""A load works from any folder: a timer or a service starts it elsewhere than an author does."""

from pathlib import Path

import pytest

from engineersofai.workers import FEW
from tests.loads import Load, holds_edition, write_course


@pytest.mark.django_db(transaction=True)
def test_many_pages_are_rendered_wherever_the_command_is_given(tmp_path: Path):
    lessons = FEW + 2
    root = write_course(tmp_path / "content", lessons, edition=1)

    load = Load("loadlessons", root, cwd=tmp_path)
    said = load.said()

    assert load.process.returncode == 0, said
    assert "Traceback" not in said
    assert holds_edition(1, lessons)
