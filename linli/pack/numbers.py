"""Numbers as rules write them: counts, shares, terms, thresholds (数)."""

import re
from typing import Annotated

from pydantic import Field, PlainValidator

from linli.core.law import Number
from linli.core.share import Share
from linli.core.term import Term
from linli.core.threshold import Threshold


def read_number(written: object) -> Number:
    """Read a count, share, term or threshold by its form; raise ValueError with a Chinese sentence (数)."""
    match written:
        case str():
            return _read_words(written)
        case int() if not isinstance(written, bool) and written >= 0:
            return written
        case _:
            raise ValueError(
                f"不能是「{written}」：应当是整数、份额「>= 2/3」、期限「5 working_days」或者门槛的句子"
            )


def _read_words(written: str) -> Share | Term | Threshold:
    if re.search(r"\sof\s", written):
        return Threshold.parse(written)
    return Share.parse(written) if written.lstrip()[:1] in ("<", "=", ">") else Term.parse(written)


NumberPart = Annotated[Number, PlainValidator(read_number)]
# A rule and the name of one of its numbers: RC-27.quorum.
Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9\-]*\.[a-z][a-z0-9_]*$")]
