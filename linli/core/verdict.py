"""An answer that can be read out at the meeting (结论)."""

from dataclasses import dataclass

from linli.core.clause import Clause
from linli.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say yes or no, with the sentence, the clause and the figures behind it (结论)."""

    sentence: str = ""
    clause: Clause | None = None
    figures: tuple[tuple[str, str], ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_yes(self) -> bool:
        """Tell whether nothing stands against it."""
        return not self.refusals

    def __bool__(self) -> bool:
        return self.is_yes

    def require(self) -> "Verdict":
        """Return the verdict itself, or raise ``Refused`` when something stands against it."""
        if self.refusals:
            raise Refused(*self.refusals)
        return self


class Refused(Exception):
    """Stop an act that the rules do not allow (不予办理)."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("；".join(refusal.sentence for refusal in refusals))
        self.refusals = refusals


def yes(sentence: str = "", clause: Clause | None = None, **figures: object) -> Verdict:
    """Answer yes."""
    return Verdict(sentence, clause, _as_figures(figures))


def no(
    sentence: str, clause: Clause | None = None, *, remedy: str = "", asked: str = "", **figures: object
) -> Verdict:
    """Answer no: what was asked, what stands against it, and what would help."""
    refusal = Refusal(sentence, clause=clause, remedy=remedy, asked=asked, figures=_as_figures(figures))
    return Verdict(sentence, clause, refusal.figures, (refusal,))


def all_of(*verdicts: Verdict) -> Verdict:
    """Join verdicts: yes only when each is yes."""
    refusals = tuple(refusal for verdict in verdicts for refusal in verdict.refusals)
    first = next((verdict for verdict in verdicts if verdict.refusals), verdicts[0])
    return Verdict(first.sentence, first.clause, first.figures, refusals)


def _as_figures(figures: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in figures.items())
