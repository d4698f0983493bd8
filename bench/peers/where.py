"""Which database a peer works on: it knows nothing of Linli's settings (数据库)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit


def databases() -> dict[str, dict[str, Any]]:
    """Read Django's database settings from ``PEER_DATABASE``: a PostgreSQL address or the path of a file."""
    url = os.environ["PEER_DATABASE"]
    if not url.startswith("postgres"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        engine = "django.db.backends.sqlite3"
        return {"default": {"ENGINE": engine, "NAME": Path(url), "CONN_MAX_AGE": None, "OPTIONS": options}}
    parts = urlsplit(url)
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.strip("/"),
            "USER": parts.username or "",
            "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
            "CONN_MAX_AGE": None,
        }
    }
