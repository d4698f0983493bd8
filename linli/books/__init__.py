"""One double-entry book for each purse of money, minutes or points (账本)."""
