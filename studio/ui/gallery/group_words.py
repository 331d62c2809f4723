"""What the header of a group says, for the eye and for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from studio.ui.translation import catalog_text, joined_facts, translate

if TYPE_CHECKING:
    from studio.bootstrap import GroupCount
    from studio.domain.capability import ProviderSpec


def title(by: str, key: int | str, specs: Mapping[str, ProviderSpec], today: date | None = None) -> str:
    """``Run 48``, ``Yesterday`` or ``Tongyi``."""
    if by == "run":
        return translate("GroupWords", "Run {number}").format(number=key)
    if by == "day":
        from studio.bootstrap import day_of_key

        return day_words(day_of_key(int(key)), today or date.today())  # noqa: DTZ011  # the day where the user is
    spec = specs.get(str(key))
    return catalog_text(spec.title) if spec is not None else str(key)


def day_words(day: date, today: date) -> str:
    """A word for today and yesterday, else the whole date with its weekday."""
    if day == today:
        return translate("GroupWords", "Today")
    if day == today - timedelta(days=1):
        return translate("GroupWords", "Yesterday")
    locale = QLocale()
    chinese = locale.language() == QLocale.Language.Chinese
    return locale.toString(QDate(day.year, day.month, day.day), "yyyy年M月d日 dddd" if chinese else "dddd, d MMMM yyyy")


def counts(group: GroupCount) -> str:
    """How many images, and how many of them are seen when some are in closed stacks."""
    if group.rows == group.images:
        return translate("GroupWords", "%n image(s)", "", group.images)
    words = translate("GroupWords", "{shown} of %n image(s) shown", "", group.images)
    return words.format(shown=group.rows)


def spoken(group: tuple[str, GroupCount], specs: Mapping[str, ProviderSpec], *, folded: bool = False) -> str:
    """``Run 48, 4 images``, and ``folded`` behind it."""
    by, found = group
    words = joined_facts([title(by, found.key, specs), counts(found)])
    return translate("GroupWords", "{group}, folded").format(group=words) if folded else words
