"""Categories in two levels (handbook §3.2, step 1): main ones (大类), and below each its sub-categories (小类).

An item keeps both names. A form and an address write them as one value, `城建交通·道路桥梁`; a main category without
sub-categories stands for itself. What an area no longer offers stays with the items that have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tasks.forms.views import Option
from tasks.register.models import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tasks.bootstrap import Banli

MARK = "·"
"""Between the two levels; no name may hold it."""
MAIN, SUB = "categories", "subcategories"
"""The entries of an area's settings: a list of names, and by main category the names below it."""


def joined(main: str, sub: str) -> str:
    """Both levels as one value."""
    return f"{main}{MARK}{sub}" if sub else main


def apart(value: str) -> tuple[str, str]:
    """The main category and the sub-category of a value; the second is empty where there is none."""
    main, _, sub = value.partition(MARK)
    return main.strip(), sub.strip()


def of_item(item: Item) -> str:
    """An item's category as the value of a form."""
    return joined(item.category, item.subcategory)


def shown(main: str, sub: str) -> str:
    """Both levels as a person reads them."""
    return f"{main} {MARK} {sub}" if sub else main


def offered(settings: Mapping[str, Any], held: str = "") -> list[Option]:
    """What a form offers, grouped by main category.

    Args:
        settings: the area's rules, in the version that counts.
        held: what the item has already; it may keep it, even if it is not offered any more.
    """
    below = settings.get(SUB) or {}
    options = []
    for main in settings[MAIN]:
        kept = [Option(held, "（未分小类）", group=main)] if held == main and below.get(main) else []
        subs = [Option(joined(main, sub), sub, group=main) for sub in below.get(main) or ()]
        options += [*kept, *subs] if subs else [Option(main, main)]
    if held and held not in {option.value for option in options}:
        options.append(Option(held, shown(*apart(held))))
    return options


def filters(known: Iterable[tuple[str, str]]) -> list[Option]:
    """What a list may be narrowed to: a main category with all below it, or one sub-category."""
    below: dict[str, list[str]] = {}
    for main, sub in known:
        below.setdefault(main, []).extend([sub] if sub else [])
    options = []
    for main, subs in below.items():
        group = main if subs else ""
        options += [Option(main, main, group=group), *(Option(joined(main, sub), sub, group=main) for sub in subs)]
    return options


def used(banli: Banli, main: str) -> dict[str, int]:
    """How many items have each name of a main category, the most first."""
    counted = (
        select(Item.subcategory, func.count())
        .where(Item.category == main)
        .group_by(Item.subcategory)
        .order_by(func.count().desc())
    )
    with banli.reading() as session:
        return {shown(main, sub): count for sub, count in session.execute(counted)}


def read(settings: Mapping[str, Any], main: str, sub: str) -> str | None:
    """The value of two cells of a sheet, or None where the area has no such category.

    The first cell may hold both, or a sub-category alone where its name is found only once. Registers of earlier years
    know main categories only: these are taken as they are.
    """
    below: Mapping[str, Sequence[str]] = settings.get(SUB) or {}
    for mark in (MARK, "/", "—", "-"):
        if not sub and mark in main:
            main, _, sub = (part.strip() for part in main.partition(mark))
    if main not in settings[MAIN]:
        above = [name for name in settings[MAIN] if main in (below.get(name) or ())]
        return joined(above[0], main) if len(above) == 1 and not sub else None
    if sub and sub not in (below.get(main) or ()):
        return None
    return joined(main, sub)
