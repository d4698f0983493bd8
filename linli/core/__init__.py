"""The rules: questions with answers, no database, no clock, no framework."""
