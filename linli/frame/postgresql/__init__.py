"""PostgreSQL as Django speaks to it, and statements that it reads and plans but once."""
