"""A telephone number as it is compared (电话号码)."""

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"^(?:\+?86|0086)(?=1[3-9][0-9]{9}$)")


def normal(number: str) -> str:
    """Leave only the digits: half-width, without blanks, dashes and the country before a mobile number."""
    if _MOBILE.fullmatch(number):
        return number
    return _COUNTRY.sub("", re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", number)))
