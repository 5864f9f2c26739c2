"""Questions out: as our own YAML, or as GIFT for other systems. What is written reads as it was."""
