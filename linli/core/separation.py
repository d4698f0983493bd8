"""No body acts for another: who leads, deliberates, decides, carries out and oversees (各司其职)."""

from collections.abc import Iterator

from linli.core.procedure import Procedure, Stand

# The acts by which a body does its own part; the others only prepare or report.
FUNCTIONS = {
    "adopt": "领导",
    "conclude": "协商",
    "resolve": "决定",
    "reject": "决定",
    "complete": "实施",
    "oversee": "监督",
}


def doubled(procedure: Procedure) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each office that acts in several functions though no rule merges them, with these (代行)."""
    held: dict[tuple[str, bool], dict[str, None]] = {}
    for office, function in _parts(procedure):
        held.setdefault(office, {})[function] = None
    return tuple(
        (office, tuple(functions))
        for (office, _), functions in held.items()
        if len(functions) > 1 and office not in procedure.merges
    )


def joined(procedure: Procedure, *, offices: frozenset[str]) -> tuple[str, ...]:
    """Return the functions that whoever holds several offices would act in; none if at most one (兼代)."""
    acting = _parts(procedure)
    functions = tuple(dict.fromkeys(function for (office, _), function in acting if office in offices))
    return functions if len(functions) > 1 and not offices & procedure.merges.keys() else ()


def _parts(procedure: Procedure) -> Iterator[tuple[tuple[str, bool], str]]:
    """List who takes which part: an office, and whether it is the one above."""
    for step in procedure.steps:
        for rule in step.acts:
            for key in rule.by if rule.act in FUNCTIONS else ():
                role = procedure.roles[key]
                yield (role.office or role.key, role.stands is Stand.ABOVE), FUNCTIONS[rule.act]
