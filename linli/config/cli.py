"""The one command: ``linli serve``, ``linli verify FILE``, ``linli recount FILE`` and all others (命令行)."""

import os
import sys
from collections.abc import Callable
from importlib import import_module


def main() -> int:
    """Run what the first word names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    own = _OWN.get(sys.argv[1]) if len(sys.argv) > 1 else None
    return own(sys.argv[2:]) if own else _manage(sys.argv)


def _verify(words: list[str]) -> int:
    # Whoever checks an export needs neither a database nor the framework.
    status: int = import_module("linli.record.verify").main(words)
    return status


def _recount(words: list[str]) -> int:
    # Nor does whoever counts a ballot again.
    status: int = import_module("linli.ballots.recount").main(words)
    return status


def _regroup(words: list[str]) -> int:
    # Nor does whoever draws a map of opinions again.
    status: int = import_module("linli.methods.regroup").main(words)
    return status


def _serve(_: list[str]) -> int:
    status: int = import_module("linli.config.serve").main()
    return status


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    # A command is a Python module, so it cannot carry the hyphen people type: export-record.
    named = [word.replace("-", "_") for word in words[1:2] if not word.startswith("-")]
    execute_from_command_line([*words[:1], *(named or words[1:2]), *words[2:]])
    return 0


_OWN: dict[str, Callable[[list[str]], int]] = {
    "verify": _verify,
    "recount": _recount,
    "regroup": _regroup,
    "serve": _serve,
}

if __name__ == "__main__":
    sys.exit(main())
