"""Sessions in the database, each found by a statement that is compiled once (会话)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from linli.frame.clock import now
from linli.frame.compiled import Question

_OF_KEY = Question(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))


class SessionStore(db.SessionStore):
    """Keep a session as Django does, and find it a tenth as dear."""

    def _get_session_from_db(self) -> Session | None:
        found = _OF_KEY.first(key=self.session_key, at=now())
        if found is None:
            self._session_key = None
        return found
