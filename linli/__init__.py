"""Linli 邻里: governing a neighbourhood together, by the rules."""
