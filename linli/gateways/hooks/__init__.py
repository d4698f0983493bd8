"""Telling outside systems what happened: signed, tried again, never twice for one thing (回调)."""
