"""Questions that others wrote in their own formats, read where they stand and made ours.

Each reader turns a text into drafts: our schema's keys, and where each stands. ``drafts.as_questions`` makes
questions of them. A draft without a right answer, or broken in any other way, is reported at its line and
skipped, never guessed; the rest of its text is read all the same.
"""
