"""Whether a procedure can always be walked to its end (可达性)."""

from linli.core.procedure import Procedure


def unreachable(procedure: Procedure) -> tuple[str, ...]:
    """Return the steps that no walk from the first step ever enters (走不到的步骤)."""
    seen = _closure({procedure.first.key}, _onward(procedure))
    return tuple(step.key for step in procedure.steps if step.key not in seen)


def dead_ends(procedure: Procedure) -> tuple[str, ...]:
    """Return the steps from which no walk ever reaches an end (走不出的步骤)."""
    backward: dict[str, set[str]] = {}
    for start, targets in _onward(procedure).items():
        for target in targets:
            backward.setdefault(target, set()).add(start)
    ends = {step.key for step in procedure.steps if step.ends}
    seen = _closure(ends, backward)
    return tuple(step.key for step in procedure.steps if step.key not in seen)


def _onward(procedure: Procedure) -> dict[str, set[str]]:
    return {step.key: {rule.to for rule in procedure.rules_at(step) if rule.to} for step in procedure.steps}


def _closure(start: set[str], edges: dict[str, set[str]]) -> set[str]:
    seen, fresh = set(start), set(start)
    while fresh:
        fresh = {target for key in fresh for target in edges.get(key, ())} - seen
        seen |= fresh
    return seen
