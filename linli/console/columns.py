"""The form on which a person says which column means what, and what its words mean here (核对列)."""

from collections.abc import Mapping as Choices
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from linli.core.masking import mask_number
from linli.handoffs.intake.kinds import Fact, Kind
from linli.handoffs.intake.mapping import MODELS, Column, Mapping
from linli.handoffs.intake.matching import MOST_SEVERAL, SEVERAL
from linli.handoffs.intake.table import Row

EXAMPLES = 3
# Whoever matches columns needs to see what kind of number it is, not whose.
SECRET = frozenset({"phone", "contact_phone", "owner_phones", "id_number", "email"})
_HEAD, _TAIL = 3, 2
_LONGEST_EXAMPLE = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with the columns picked for it, what counts where they are empty, and examples (一项)."""

    fact: Fact
    picked: tuple[str, ...]
    otherwise: str
    values: str
    examples: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether nothing says yet where a needed fact stands."""
        return self.fact.is_needed and not any(self.picked) and not self.otherwise


def lines(kind: Kind, *, mapping: Mapping, header: Sequence[str], sample: Sequence[Row]) -> list[Line]:
    """Lay a mapping out fact by fact, the needed ones first."""
    found = [_line(fact, mapping.column(fact.key), header, sample) for fact in kind.facts]
    return sorted(found, key=lambda line: not line.fact.is_needed)


def read(kind: Kind, *, sent: QueryDict, header: Sequence[str], before: Mapping) -> Mapping:
    """Read the mapping that was sent; what the form does not show stays as it was."""
    columns = {fact.key: _column(fact, sent, header) for fact in kind.facts}
    return MODELS[kind.key](pack=before.pack, empty=before.empty, moments=_forms(sent, before), **columns)


def _line(fact: Fact, column: Column, header: Sequence[str], sample: Sequence[Row]) -> Line:
    titles = tuple(title for title in column.titles if title in header)
    places = [header.index(title) for title in titles]
    said = ("/".join(row.cells[at] for at in places if row.cells[at]) for row in sample)
    examples = tuple(dict.fromkeys(_shown(fact.key, one) for one in said if one))[:EXAMPLES]
    room = MOST_SEVERAL if fact.key in SEVERAL else 1
    picked = (*titles, *[""] * room)[: max(room if not titles else len(titles) + (room > 1), 1)]
    values = "\n".join(f"{there} = {here}" for there, here in column.values.items())
    return Line(fact, picked[:room], column.otherwise, values, examples)


def masked_cells(row: Sequence[str], *, mapping: Mapping, kind: Kind, header: Sequence[str]) -> list[str]:
    """Return the cells of a row that have a title, with the numbers of people half hidden."""
    hidden = {title for fact in kind.facts if fact.key in SECRET for title in mapping.column(fact.key).titles}
    told = zip(header, row, strict=True)
    return [_hidden(cell) if title in hidden else cell for title, cell in told if title]


def _shown(key: str, said: str) -> str:
    return _hidden(said) if key in SECRET else said[:_LONGEST_EXAMPLE]


def _hidden(said: str) -> str:
    return mask_number(said, head=_HEAD, tail=_TAIL)


def _column(fact: Fact, sent: QueryDict, header: Sequence[str]) -> Column:
    titles = tuple(dict.fromkeys(one for one in sent.getlist(f"from_{fact.key}") if one in header and one))
    return Column(
        titles=titles,
        otherwise=sent.get(f"otherwise_{fact.key}", "").strip(),
        values=_values(sent.get(f"values_{fact.key}", "")),
    )


def _values(text: str) -> Choices[str, str]:
    pairs = (line.replace("＝", "=").partition("=") for line in text.splitlines())
    return {there.strip(): here.strip() for there, sign, here in pairs if sign and there.strip()}


def _forms(sent: QueryDict, before: Mapping) -> tuple[str, ...]:
    if "moments" not in sent:
        return before.moments
    return tuple(line.strip() for line in sent.get("moments", "").splitlines() if line.strip())
