"""Somebody at a browser without scripts, who reads, follows links and fills in forms (访客)."""

from urllib.parse import urljoin

from django.test import Client

from linli.people import queries as people
from tests.journeys.sight import Form, Node, Reader, forms

OPEN = 200


class Visitor:
    """One person's browser; without an account, somebody nobody knows."""

    def __init__(self, username: str = "") -> None:
        self._client = Client()
        self.address, self.status, self.page = "/", 0, Node("page", {})
        if username:
            account = people.account_named(username)
            assert account is not None, username
            self._client.force_login(account)

    @property
    def text(self) -> str:
        """Return what stands on the page."""
        return self.page.text

    def opens(self, address: str) -> "Visitor":
        """Open an address, as typed, scanned or kept."""
        return self._arrive(self._client.get(address, follow=True), address)

    def tries_to_open(self, address: str, *, status: int) -> "Visitor":
        """Open an address whose answer must have a status."""
        return self._arrive(self._client.get(address, follow=True), address, status=status)

    def follows(self, words: str) -> "Visitor":
        """Follow the first link with these words."""
        links = [one for one in self.page.each("a") if words in one.text and one.attrs.get("href")]
        assert links, f"{self.address} 上没有「{words}」的链接。\n{self.text}"
        return self.opens(urljoin(self.address, links[0].attrs["href"]))

    def sends(self, button: str, **said: str | list[str]) -> "Visitor":
        """Fill in the form with this button, field by label, and send it; it must be taken."""
        return self.tries(button, status=200, **said)

    def tries(self, button: str, *, status: int, **said: str | list[str]) -> "Visitor":
        """Fill in the form with this button and send it; the answer must have a status."""
        if not self._forms(button) and self._unfolds(button, status=status) != OPEN:
            return self
        form = self._form(button)
        for label, words in said.items():
            for one in words if isinstance(words, list) else [words]:
                form.fill(label, one)
        address = urljoin(self.address, form.action or self.address)
        send = self._client.post if form.method == "post" else self._client.get
        self._arrive(send(address, form.filled, follow=True), address, status=status)
        return self

    def sees(self, *words: str) -> "Visitor":
        """Read these words on the page."""
        for one in words:
            assert one in self.text, f"{self.address} 上没有「{one}」：\n{self.text}"
        return self

    def misses(self, *words: str) -> "Visitor":
        """Not read these words on the page."""
        for one in words:
            assert one not in self.text, f"{self.address} 上不该有「{one}」：\n{self.text}"
        return self

    def may(self, act: str) -> bool:
        """Tell whether a form with this button stands on the page."""
        is_folded = any(f"去填「{act}」" in one.text for one in self.page.each("a"))
        return is_folded or any(act in form.buttons for form in forms(self.page))

    def _form(self, button: str) -> Form:
        found = self._forms(button)
        known = [name for form in forms(self.page) for name in form.buttons]
        assert found, f"{self.address} 上没有「{button}」；有的是：{'、'.join(known)}\n{self.text}"
        return found[0]

    def _forms(self, button: str) -> list[Form]:
        return [form for form in forms(self.page) if button in form.buttons]

    def _unfolds(self, button: str, *, status: int) -> int:
        """Open the page of an act that is folded behind its name; it may refuse at once, as was expected."""
        links = [one for one in self.page.each("a") if f"去填「{button}」" in one.text]
        if not links:
            return OPEN
        address = urljoin(self.address, links[0].attrs["href"])
        answer = self._client.get(address, follow=True)
        self._arrive(answer, address, status=OPEN if answer.status_code == OPEN else status)
        return self.status

    def _arrive(self, answer, address: str, *, status: int = 200) -> "Visitor":  # type: ignore[no-untyped-def]
        self.status = answer.status_code
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = Reader(answer.content.decode()).root
        assert self.status == status, f"{self.address}：{self.status}\n{self.text}"
        return self
