"""A clause as the way to its text: whatever is cited anywhere can be read (依据)."""

from django.utils.html import format_html
from markupsafe import Markup

from linli.core.clause import Clause
from linli.frame import addresses

_BESIDE = Markup(' target="_blank"'), Markup('<span class="away">（另开一页）</span>')
_HERE = Markup(""), Markup("")


def cite(clause: Clause | None, pack: str = "", *, beside: bool = False) -> str:
    """Write a clause as a link to its text in a pack; without a pack, only its words (依据)."""
    if clause is None:
        return ""
    return cite_words(str(clause), rule=clause.rule, pack=pack, beside=beside)


def cite_words(words: str, *, rule: str, pack: str, beside: bool = False) -> str:
    """Write the words of a clause as a link to the rule; ``beside`` opens it without leaving a form."""
    if not (rule and pack and words):
        return words
    target, said = _BESIDE if beside else _HERE
    address = addresses.of("portal:rule", pack, rule)
    return format_html('<a href="{}"{}>{}{}</a>', address, target, words, said)
