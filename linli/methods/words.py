"""Known words: to tell the words of an unbroken sentence apart, and to find them by their letters (词典)."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from linli.methods.reading import is_spelled
from linli.methods.tokens import plain

# A phrase as short as this is looked for as it stands; a longer word would hide the shorter ones within it.
_SHORT = 3
_OFTEN = 1_000_000
# What a sentence can spare: alone they tell nothing.
_SPARED = frozenset("的了吗呢吧啊在是有和与及着就都也很被把给让没")
_MOST_WORDS = 6
_LEAST_LETTERS = 2


@dataclass(frozen=True)
class Dictionary:
    """The words of a site: names of categories, offices and the like (词典)."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Dictionary":
        """Take in words, each once, and teach them to the segmenter."""
        known = tuple(dict.fromkeys(plain(word).replace(" ", "") for word in words if word))
        segmenter = _segmenter()
        for word in known:
            if len(word) <= _SHORT:
                segmenter.add_word(word, _OFTEN, "n")
        return cls(known)

    def apart(self, run: str) -> tuple[str, ...]:
        """Tell the words of a run apart (分词): 三号小区电梯故障 is 三号, 小区, 电梯, 故障.

        A letter alone goes with its neighbour; what a sentence can spare is left out.
        """
        if len(run) <= _SHORT or run.isascii():
            return (run,)
        return _glued(_segmenter().cut(run)) or (run,)

    def spelled(self, letters: str) -> tuple[str, ...]:
        """Return the words whose pinyin, or whose initials, begin with some letters (拼音检索)."""
        if len(letters) < _LEAST_LETTERS or not (letters.isascii() and letters.isalpha()):
            return ()
        return tuple(word for word in self.words if is_spelled(word, letters))[:_MOST_WORDS]


def _glued(words: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    alone = ""
    for word in words:
        if len(word) > 1:
            found += [word] if not alone else [alone, word] if len(alone) > 1 else [alone + word]
            alone = ""
        elif word not in _SPARED:
            alone += word
    return (*found, alone) if alone else tuple(found)


def _segmenter() -> ModuleType:
    # Its dictionary takes a tenth of a second to load: whoever wants it ready asks for a word beforehand.
    import rjieba  # noqa: PLC0415

    return rjieba
