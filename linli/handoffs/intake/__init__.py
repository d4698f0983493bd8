"""Real events of another system come in through the acts that people use (导入)."""
