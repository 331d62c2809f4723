"""Vary an image: another seed, the next seeds, other words. Every entry that costs says what, before it is pressed."""

from __future__ import annotations

import random
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from studio.ui.quotes import quote_of
from studio.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from studio.domain.plan import RunPlan
    from studio.domain.request import GenerationRequest, Target
    from studio.ui.window.controller import WindowController

_SEED_SPACE = 1_000_000
_MORE = 4
_PHRASES_MOST = 24
_PHRASE_SHOWN_CHARACTERS = 48
_PHRASE_ENDS = re.compile(r"[,，、;；.。!！?？:：\n]+")
_MARKS = frozenset("{|}\\@")


class VaryOffer(QObject):
    """Opens the menu and carries out what is chosen; nothing is sent before."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self.menu: Menu | None = None

    def open(self, run: Any, request: GenerationRequest, target: Target) -> None:
        """Offer variations of a request whose seed is the one that was really used, where it is known."""
        menu = self.menu = Menu(parent=self._controller.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Vary"))
        menu.destroyed.connect(self._forget)
        takes_seed = self._takes_seed(request, target)
        another = request.model_copy(update={"seed": random.randrange(_SEED_SPACE), "n": 1})
        following = request.model_copy(update={"seed": _following(request.seed), "n": _MORE})
        one = self.tr("New seed") if takes_seed else self.tr("One more image")
        more = self.tr("The next 4 seeds") if takes_seed else self.tr("4 more images")
        if takes_seed and request.seed is None:
            more = self.tr("4 new seeds")
        self._add_run(menu, one, run, another, target, icon_name="dice-5")
        self._add_run(menu, more, run, following, target, icon_name="layers-2")
        menu.addSeparator()
        self._add_words(menu, run, request, target)
        menu.popup(self._place())
        menu.setActiveAction(menu.actions()[0])

    def _add_run(
        self, menu: Menu, words: str, run: Any, request: GenerationRequest, target: Target, *, icon_name: str
    ) -> None:
        quote = quote_of([self._plan(request, target)])
        menu.add(
            quote.behind(words),
            partial(self._start, run.id, request, target),
            icon_name=icon_name,
            available=not quote.reason,
            reason=quote.reason,
        )

    def _add_words(self, menu: Menu, run: Any, request: GenerationRequest, target: Target) -> None:
        inner = menu.add_menu(self.tr("Vary words"), icon_name="pencil")
        phrases = phrases_of(request.prompt)
        for start, end in phrases[:_PHRASES_MOST]:
            phrase = " ".join(request.prompt[start:end].split())
            if len(phrase) > _PHRASE_SHOWN_CHARACTERS:
                phrase = phrase[: _PHRASE_SHOWN_CHARACTERS - 1].rstrip() + "…"
            inner.add(phrase, partial(self._vary_words, run.id, request, target, start, end))
        if len(phrases) > _PHRASES_MOST:
            some = self.tr("{some} of {total} phrases").format(some=_PHRASES_MOST, total=len(phrases))
            inner.add(some, available=False)
        inner.menuAction().setEnabled(bool(phrases))
        menu.add(self.tr("Change it in the composer"), partial(self._load, run.id, request, target))

    # ------------------------------------------------------------------------------------------------ doing
    def _start(self, run_id: int, request: GenerationRequest, target: Target) -> None:
        self._controller.runs.start_from(run_id, request, [target])

    def _load(self, run_id: int, request: GenerationRequest, target: Target, *, template: str | None = None) -> None:
        self._controller.runs.set_parent(run_id)
        self._controller.composer.load(request, [target], template=template)
        self._controller.window.toolbar.composer_toggle.setChecked(True)
        self._controller.composer.prompt_box.select_prompt()

    def _vary_words(self, run_id: int, request: GenerationRequest, target: Target, start: int, end: int) -> None:
        """The prompt in the composer with this phrase as a choice, the second value selected to be typed over."""
        from studio.domain.choices import ChoiceValue, write_choice, write_plain

        phrase = request.prompt[start:end]
        choice = write_choice((ChoiceValue(phrase), ChoiceValue(phrase)))
        before, after = write_plain(request.prompt[:start]), write_plain(request.prompt[end:])
        self._load(run_id, request, target, template=before + choice + after)
        second = len(before) + choice.rindex("|") + 1
        self._controller.composer.prompt_box.select_part(second, len(before) + len(choice) - 1)

    # ------------------------------------------------------------------------------------------------ inner
    def _plan(self, request: GenerationRequest, target: Target) -> RunPlan:
        return self._controller.client.studio.engine.plan(request, [target])

    def _takes_seed(self, request: GenerationRequest, target: Target) -> bool:
        plan = self._plan(request.model_copy(update={"seed": 1}), target)
        return all(notice.code != "seed_ignored" for notice in plan.targets[0].notices)

    def _place(self) -> QPoint:
        """At the pointer while that is over the window's pictures, else in the middle of what has the focus."""
        gallery = self._controller.gallery
        point = QCursor.pos()
        if gallery.isVisible() and gallery.rect().contains(gallery.mapFromGlobal(point)):
            return point
        focused = QApplication.focusWidget() or self._controller.window
        return focused.mapToGlobal(focused.rect().center())

    def _forget(self) -> None:
        self.menu = None


def phrases_of(prompt: str) -> list[tuple[int, int]]:
    """Where the phrases of a prompt begin and end, between commas and stops; those with marks of choices are not in
    it."""
    found = []
    start = 0
    for end in (*_PHRASE_ENDS.finditer(prompt), None):
        stop = end.start() if end is not None else len(prompt)
        phrase = prompt[start:stop]
        lead = len(phrase) - len(phrase.lstrip())
        if phrase.strip() and not _MARKS & set(phrase) and "__" not in phrase:
            found.append((start + lead, start + len(phrase.rstrip())))
        start = end.end() if end is not None else stop
    return found


def _following(seed: int | None) -> int:
    return random.randrange(_SEED_SPACE) if seed is None else (seed + 1) % 2**32
