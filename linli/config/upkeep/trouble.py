"""What stops a piece of upkeep, in words for whoever runs the machine (运维障碍)."""


class Trouble(Exception):
    """A backup, a restore or a look at the machine cannot go on; says why and what to do."""
