"""The identity number of a citizen and its check digit (公民身份号码, GB 11643—1999)."""

import re
import unicodedata
from datetime import date

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def normal(number: str) -> str:
    """Write a number as it stands on the card: half-width, without blanks, with a capital X."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()


def check_digit(digits: str) -> str:
    """Work out the last character from the first seventeen digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def born_on(number: str) -> date | None:
    """Return the birthday a normal number tells; none when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_valid(number: str) -> bool:
    """Tell whether a normal number has the shape, a real birthday and the right check digit."""
    if not _SHAPE.fullmatch(number) or born_on(number) is None:
        return False
    return check_digit(number[:17]) == number[17]
