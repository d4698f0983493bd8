"""Ballots that anybody can recount: one roll, one vote each, judged by exact thresholds (表决)."""
