"""A page as somebody reads it: text, links, forms with their fields and buttons (所见)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "link", "meta", "br", "hr", "img", "use", "path", "circle", "polygon", "polyline", "rect"}
UNSEEN = {"script", "style", "template", "head"}


@dataclass(slots=True)
class Node:
    """An element with what is in it."""

    tag: str
    attrs: dict[str, str]
    inside: "list[Node | str]" = field(default_factory=list)

    def each(self, *tags: str) -> "Iterator[Node]":
        """Yield every element of some kinds below this one, in reading order."""
        for one in self.inside:
            if isinstance(one, Node):
                if one.tag in tags:
                    yield one
                if one.tag != "template":
                    yield from one.each(*tags)

    @property
    def text(self) -> str:
        """Return what can be read, blanks run together."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag not in UNSEEN:
                yield " "
                yield from one._pieces()
                yield " "


class Reader(HTMLParser):
    """Build the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("page", {})
        self._open = [self.root]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        depth = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at].tag == tag), 0)
        if depth:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


class Form:
    """A form as it stands filled in, changed by what one types and chooses."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.action = node.attrs.get("action", "")
        self.method = node.attrs.get("method", "get").lower()
        self.buttons = [one.text for one in node.each("button") if one.attrs.get("type") != "button"]
        self.filled: dict[str, str | list[str]] = {}
        for one in node.each("input", "textarea", "select"):
            self._note(one)

    def fill(self, label: str, said: str) -> None:
        """Choose the card, or type into the field, with a label; of fields alike, the first left empty."""
        if self._choose(label, said):
            return
        every = self._labelled(label)
        assert every, f"没有「{label}」这一栏；有的是：{'、'.join(self._labels())}"
        one = every[0]
        value = _option(one, said) if one.tag == "select" else said
        name = one.attrs["name"]
        is_repeated = sum(other.attrs["name"] == name for other in every) > 1
        self.filled[name] = [*self._several(name), value] if is_repeated else value

    def _several(self, name: str) -> list[str]:
        kept = self.filled.get(name, [])
        return kept if isinstance(kept, list) else [kept] if kept else []

    def _note(self, one: Node) -> None:
        name, kind = one.attrs.get("name", ""), one.attrs.get("type", "")
        if not name or kind == "file" or (kind in ("radio", "checkbox") and "checked" not in one.attrs):
            return
        if one.tag == "select":
            options = list(one.each("option"))
            chosen = next((option for option in options if "selected" in option.attrs), options[0])
            self.filled[name] = chosen.attrs.get("value", chosen.text)
        else:
            self.filled[name] = one.text if one.tag == "textarea" else one.attrs.get("value", "")

    def _choose(self, label: str, said: str) -> bool:
        """Choose a card: the legend is the label, the card's words are the answer."""
        groups = (one for one in self._node.each("fieldset") if _legend(one).startswith(label))
        cards = [card for group in groups for card in group.each("label") if card.text.startswith(said)]
        box = next((box for card in cards for box in card.each("input")), None)
        if box is None:
            return False
        name, value = box.attrs["name"], box.attrs.get("value", "on")
        is_one_of_many = box.attrs.get("type") == "checkbox"
        self.filled[name] = [*self._several(name), value] if is_one_of_many else value
        return True

    def _labelled(self, label: str) -> list[Node]:
        wanted = [one for one in self._node.each("label") if one.text.startswith(label)]
        ids = {one.attrs.get("for") for one in wanted}
        inside = [box for one in wanted for box in one.each("input", "select", "textarea")]
        named = [
            one
            for one in self._node.each("input", "select", "textarea")
            if one.attrs.get("id") in ids - {None}
        ]
        return [*named, *(one for one in inside if one not in named)]

    def _labels(self) -> list[str]:
        return [one.text for one in self._node.each("label", "legend")]


def _legend(group: Node) -> str:
    return next((one.text for one in group.each("legend")), "")


def _option(select: Node, said: str) -> str:
    options = {one.text: one.attrs.get("value", one.text) for one in select.each("option")}
    found = next((value for text, value in options.items() if said in text), None)
    assert found is not None, f"没有「{said}」可选；有的是：{'、'.join(options)}"
    return found


def forms(page: Node) -> list[Form]:
    """Return the forms of a page."""
    return [Form(node) for node in page.each("form")]
