"""The catalog's tables: what can be downloaded, on which terms, how large, how good, and who says so."""

from catalog.models.benchmarks import Benchmark, Result
from catalog.models.checkpoints import Checkpoint
from catalog.models.citations import Citation, PublishedFile
from catalog.models.families import Family, Organization, Release
from catalog.models.licenses import License, LicenseAnswer
from catalog.models.machines import Machine
from catalog.models.sources import Evidence, Source

__all__ = [
    "Benchmark",
    "Checkpoint",
    "Citation",
    "Evidence",
    "Family",
    "License",
    "LicenseAnswer",
    "Machine",
    "Organization",
    "PublishedFile",
    "Release",
    "Result",
    "Source",
]
