"""A recurring trouble taken up as a whole: owner, goal, measures, result (专项治理)."""
