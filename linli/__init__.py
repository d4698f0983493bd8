"""Linli 邻里: governing a neighbourhood together, by the rules."""

__version__ = "0.1.0"
