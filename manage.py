#!/usr/bin/env python
"""Run a management command of EngineersOfAI."""

import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells have it."""


def end_at_once(number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C while modules are imported: nothing has begun, and an exception may get lost there."""
    os.write(2, b"manage.py: interrupted.\n")
    os._exit(INTERRUPTED)


def main() -> None:
    is_heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # not of a job in the background
    if is_heard:
        signal.signal(signal.SIGINT, end_at_once)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import BaseCommand, ManagementUtility
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run `make install` and use .venv/bin/python."
        ) from error

    class Utility(ManagementUtility):
        def fetch_command(self, subcommand: str) -> BaseCommand:
            command = super().fetch_command(subcommand)
            if is_heard:  # everything is imported: from here on Ctrl-C is the command's to handle
                signal.signal(signal.SIGINT, signal.default_int_handler)
            return command

    try:
        Utility(sys.argv).execute()
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        raise SystemExit(f"manage.py: {error}") from None  # one sentence for the operator
    except KeyboardInterrupt:
        print("manage.py: interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
