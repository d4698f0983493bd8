"""Resident institutions, what they need and can lend, and what they pledged (驻区单位共建)."""
