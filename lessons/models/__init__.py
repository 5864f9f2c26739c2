"""What was loaded from content files."""

from lessons.models.course import Lesson, Module, Page, RenderedText, Section, Track
from lessons.models.glossary import GlossaryTerm
from lessons.models.texts import Asset, AssetPath, FactUse, Generation, SourceFile

__all__ = [
    "Asset",
    "AssetPath",
    "FactUse",
    "Generation",
    "GlossaryTerm",
    "Lesson",
    "Module",
    "Page",
    "RenderedText",
    "Section",
    "SourceFile",
    "Track",
]
