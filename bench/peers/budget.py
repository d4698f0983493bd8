"""What pabutools chooses from one file, what it takes, and who pays what (同类的遴选)."""

import json
import sys
from fractions import Fraction
from time import process_time_ns

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

MILLISECOND = 1_000_000
HUNDREDTHS = 100

instance, profile = parse_pabulib(sys.argv[1])

start = process_time_ns()
winners = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
shared = process_time_ns()
greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)
voted = process_time_ns()

told = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, analytics=True)
bought = [one.selected_project for one in told.details.iterations if one.selected_project]
json.dump(
    {
        "winners": [project.name for project in winners],
        "paid": {one.name: str(Fraction(str(one.affordability * one.cost)) * HUNDREDTHS) for one in bought},
        "shares_ms": (shared - start) / MILLISECOND,
        "votes_ms": (voted - shared) / MILLISECOND,
    },
    sys.stdout,
)
