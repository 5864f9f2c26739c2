"""Makes an account an instructor, or takes the role back."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import instructors
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Lets an account into the admin as an instructor. NAME is a user name or an email address. "
        "An account that does not exist is made, with a password asked for on the terminal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="user name, or email address of an account")
        parser.add_argument("--remove", action="store_true", help="take the role back; the account stays")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password of a new account from standard input",
        )

    def handle(self, *args: Any, name: str, remove: bool, password_stdin: bool, **options: Any) -> None:
        user = find_account(name)
        if remove:
            self._remove(name, user)
            return
        made = user is None
        with transaction.atomic():
            if user is None:
                user = make_account(name, self._password(name, from_stdin=password_stdin))
            appointed = instructors.appoint(user)
        if made:
            self.stdout.write(f"Made the account {user.username}, an instructor. Sign in at /admin/.")
        elif appointed:
            self.stdout.write(f"{user.username} is an instructor now. Sign in at /admin/.")
        else:
            self.stdout.write(f"{user.username} is an instructor already.")
        if not user.is_active:
            self.stderr.write(f"{user.username} is deactivated and cannot sign in until that is undone.")

    def _remove(self, name: str, user: User | None) -> None:
        if user is None:
            raise CommandError(f"There is no account named {name!r}.")
        if not instructors.dismiss(user):
            self.stdout.write(f"{user.username} was no instructor.")
        elif user.is_staff:
            self.stdout.write(
                f"{user.username} is no instructor any more; as a superuser they keep the admin."
            )
        else:
            self.stdout.write(f"{user.username} is no instructor any more.")

    def _password(self, name: str, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError(
                f"There is no account named {name!r}, and no terminal to ask for a password. "
                "Sign up on the site first, run this on a terminal, or give --password-stdin."
            )
        self.stdout.write(f"There is no account named {name!r} yet. It is made with this password:")
        password = getpass.getpass("Password: ")
        if getpass.getpass("Password again: ") != password:
            raise CommandError("The two passwords differ. Nothing was made.")
        return password


def find_account(name: str) -> User | None:
    """Return the account with this user name, else the one with this address."""
    address = User.objects.normalize_email(name)
    return User.objects.named(name).first() or (
        User.objects.filter(email=address).first() if address else None
    )


def make_account(username: str, password: str) -> User:
    """Make an account that can sign in; ``CommandError`` says what is wrong with name or password."""
    user = User(username=User.normalize_username(username))
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(f"Cannot make the account {username!r}: {' '.join(error.messages)}") from error
    user.set_password(password)
    user.save()
    return user
