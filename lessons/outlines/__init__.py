"""Outlines of other tools: files that give order, menu titles and grouping to a course."""

from lessons.outlines.arrange import modules_by_outline
from lessons.outlines.book import Book, read_book
from lessons.outlines.choosing import find_outline
from lessons.outlines.entries import Entry, Outline, Part

__all__ = ["Book", "Entry", "Outline", "Part", "find_outline", "modules_by_outline", "read_book"]
