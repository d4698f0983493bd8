"""Who a session belongs to: the account with its person, by a statement that is compiled once (身份)."""

from allauth.account.auth_backends import AuthenticationBackend

from linli.frame.compiled import Question
from linli.people.models import Account, Person

# What a page knows of whoever opens it; the rest of a person is read, and decrypted, where it is asked for.
_KNOWN = frozenset({"id", "key", "name", "lives_at"})
_ACCOUNT = Question(
    lambda number: Account.objects.filter(pk=number).defer(
        *(f"person__{one.name}" for one in Person._meta.concrete_fields if one.name not in _KNOWN)
    )
)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library carries no types
    """Let people in as the library does, and find them again on every page at little cost."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session, if it may still enter."""
        account = _ACCOUNT.first(number=user_id)
        return account if account and self.user_can_authenticate(account) else None
