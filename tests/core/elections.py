"""Small elections under a budget, written briefly."""

from hypothesis import strategies as st

from linli.core.selection import (
    Ballot,
    Completion,
    Election,
    Form,
    Limits,
    Marking,
    Method,
    Project,
    Rule,
    Satisfaction,
    Tie,
)

SHARES = Rule(Method.EQUAL_SHARES)
VOTES = Rule(Method.VOTES)
PER_COST = Rule(Method.VOTES_PER_COST)


def election(costs: dict[str, int], votes: dict[str, int], budget: int, rule: Rule, **more) -> Election:
    """Let so many people tick the projects whose letters stand together: {"ab": 3, "c": 2}."""
    projects = tuple(Project(key, f"项目{key}", cost) for key, cost in costs.items())
    ballots = tuple(Ballot(tuple((key, 1) for key in keys), people) for keys, people in votes.items())
    return Election(projects, ballots, Limits(budget, **more), rule)


RULES = st.one_of(
    st.builds(Rule, st.sampled_from([Method.VOTES, Method.VOTES_PER_COST])),
    st.builds(
        lambda worth, completion, ties: Rule(
            Method.EQUAL_SHARES,
            worth,
            completion,
            raised_by=7 if completion.raises else 0,
            ties=ties,
            seed="2026-11-23",
        ),
        st.sampled_from(Satisfaction),
        st.sampled_from(Completion),
        st.sampled_from([(Tie.EARLIER,), (Tie.LESS_COST, Tie.LOT), (Tie.MORE_VOTES, Tie.EARLIER)]),
    ),
)


@st.composite
def elections(draw, rules=RULES) -> Election:
    """Draw small elections in which ties, poor supporters, limits and exclusions are common."""
    keys = "abcdef"[: draw(st.integers(1, 6))]
    projects = tuple(
        Project(
            key,
            f"项目{key}",
            draw(st.integers(1, 40)),
            category=draw(st.sampled_from(["", "绿化", "助老"])),
            district=draw(st.sampled_from(["", "东片", "西片"])),
            least=draw(st.sampled_from([1, 1, 1, 3])),
        )
        for key in keys
    )
    weights = st.sampled_from([1, 1, 1, 2, 3])
    ballots = tuple(
        Ballot(
            tuple((key, draw(weights)) for key in keys if draw(st.booleans())),
            draw(st.integers(1, 5)),
        )
        for _ in range(draw(st.integers(0, 7)))
    )
    limits = Limits(
        draw(st.integers(0, 120)),
        {"东片": draw(st.integers(0, 60))} if draw(st.booleans()) else {},
        {"绿化": draw(st.integers(0, 60))} if draw(st.booleans()) else {},
        (frozenset(keys[:2]),) if draw(st.booleans()) else (),
    )
    return Election(projects, ballots, limits, draw(rules), Form(Marking.POINTS, 3))
