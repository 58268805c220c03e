"""Password policy beyond Django's own checks, and the first password of a new account."""

from __future__ import annotations

import secrets
import string

from django.core.exceptions import ValidationError

from .models import User

# Without letters and digits that look alike on paper.
LOWER, UPPER, DIGITS, SIGNS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789", "-+=%"


class CharacterClasses:
    """At least so many of the four classes: lower case, upper case, digits, other signs."""

    def __init__(self, wanted: int = 3):
        self.wanted = wanted

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when the password is too uniform."""
        found = [
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(c in string.punctuation or c.isspace() for c in password),
        ]
        if sum(found) < self.wanted:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule in words, for the page where a password is chosen."""
        return f"Mật khẩu phải có ít nhất {self.wanted} trong 4 loại: chữ thường, chữ hoa, chữ số, ký hiệu."


def first_password() -> str:
    """A random password that satisfies the policy: three groups of four, easy to read out, at least 70 bits."""
    while True:
        signs = LOWER + UPPER + DIGITS
        groups = ["".join(secrets.choice(signs) for _ in range(4)) for _ in range(3)]
        password = "-".join(groups)
        if (
            any(c in LOWER for c in password)
            and any(c in UPPER for c in password)
            and any(c in DIGITS for c in password)
        ):
            return password
