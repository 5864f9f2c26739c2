"""Prepared lessons to rows: only what differs is written, nothing that learners hang on is deleted.

Runs inside the caller's transaction. Identity is a page's ``id``, else its path without prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lessons.addresses import Places, load_addresses
from lessons.asset_loader import clean_assets, load_assets
from lessons.course_loader import Inputs, TrackLoader
from lessons.identity import match_track
from lessons.models import GlossaryTerm
from lessons.prepare import PreparedLessons
from lessons.rendering import FactCitation
from lessons.report import Report
from lessons.source import ContentTree
from lessons.text_loader import load_citations, load_glossary, load_sources


@dataclass(slots=True)
class LessonLoad:
    """What became of a tree: the report, and primary keys of lessons and source texts by content path."""

    report: Report = field(default_factory=Report)
    lessons: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)


def load_lessons(
    tree: ContentTree,
    prepared: PreparedLessons,
    html: Mapping[str, str],
    question_counts: Mapping[str, int],
    citations: Mapping[str, Iterable[FactCitation]],
    loaded_hashes: Mapping[str, str],
) -> LessonLoad:
    """Store a tree.

    ``html`` is each page's finished HTML by path, asked for once, in the order of the tree;
    ``question_counts`` how many questions it has, ``citations`` the facts cited by file, ``loaded_hashes``
    the hash a file was last loaded with, where an edit made on the site stands for it.
    """
    load = LessonLoad()
    # What each page is, is told by what the site holds: before anything is written.
    matches = {track.slug: match_track(track) for track in tree.tracks}
    load.sources = load_sources(tree, load.report, loaded_hashes)
    load_citations(load.sources, citations)
    load_glossary(tree, load.report)
    assets = load_assets(tree, prepared, load.report)
    terms = dict(GlossaryTerm.objects.filter(retired_at=None).values_list("slug", "pk"))
    inputs = Inputs(prepared, html, question_counts, load.sources, assets, terms)
    places = Places()
    for track in tree.tracks:
        places.add(TrackLoader(track, matches[track.slug], inputs, load.report).load())
    load.lessons = places.lessons
    load_addresses(tree, places)
    clean_assets(load.report)
    return load
