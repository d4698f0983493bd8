"""The navigation around a page, the same for both doors (栏目)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation (栏目); on a phone ``is_wide`` ones stand behind 更多."""

    key: str
    label: str
    href: str
    icon: str
    current: bool = False
    count: int = 0
    is_wide: bool = False
    is_narrow: bool = False
