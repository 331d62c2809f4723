"""The head of the details: name, run, rating, tags, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.details.facts import clock
from studio.ui.quotes import Quote, Quotes
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated, shown
from studio.ui.widgets import (
    Button,
    Chip,
    ChipKind,
    ElidedLabel,
    FlowLayout,
    IconButton,
    Label,
    Monogram,
    StarRating,
    Swatch,
    set_available,
)
from studio.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from studio.domain.jobs import FollowUp, ImageRecord, Job, Run
    from studio.ui.actions import Availability, StudioActions


class DetailsHead(Translated, QWidget):
    """Shows one image, several, or a job; each control asks `StudioActions`."""

    def __init__(self, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._ids: list[int] = []
        self._tags: tuple[str, ...] = ()
        self._rejected = False
        self._run_id = 0
        self._job_id = ""
        self.follow_ups: tuple[FollowUp, ...] = ()
        self.run: Run | None = None
        self.quotes: Quotes | None = None
        """What a further run would cost; without it the entries have no price."""
        self._monogram = Monogram("", parent=self)
        self._title = ElidedLabel(role=TextRole.PROMPT, weight=600, parent=self)
        self._line = Label(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self._line.setWordWrap(True)  # a line too long would push the stars out at the right
        self.stars = StarRating(parent=self)
        self._tag_box = QWidget(self)
        self._tag_flow = FlowLayout(self._tag_box, spacing=6)
        self._collections: tuple[str, ...] = ()
        self._colour_box = QWidget(self)
        self._colour_flow = FlowLayout(self._colour_box, spacing=6)
        self._colours: tuple[tuple[str, int], ...] = ()
        self.swatches: list[Swatch] = []
        self._chips: list[Chip] = []
        self.load_button = Button(parent=self)
        self.reference_button = Button(parent=self)
        self._icons = {
            "vary": IconButton("shuffle", shortcut="V", parent=self),
            "copy": IconButton("copy", shortcut="Ctrl+C", parent=self),
            "folder": IconButton("folder-open", parent=self),
            "export": IconButton("download", shortcut="Ctrl+E", parent=self),
            "compare": IconButton("columns-2", shortcut="C", parent=self),
            "delete": IconButton("trash-2", shortcut="Del", parent=self),
            "more": IconButton("ellipsis", parent=self),
        }
        self._icons["delete"].counts_quick_clicks = False
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._monogram)
        first.addWidget(self._title, 1)
        second = QHBoxLayout()
        second.addWidget(self._line, 1)
        second.addWidget(self.stars)
        self._buttons = QWidget(self)
        pair = QHBoxLayout(self._buttons)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(Space.S)
        pair.addWidget(self.load_button, 1)
        pair.addWidget(self.reference_button, 1)
        self._icon_row = QWidget(self)
        icons = QHBoxLayout(self._icon_row)
        icons.setContentsMargins(0, 0, 0, 0)
        for number, button in enumerate(self._icons.values()):
            if number:
                icons.addStretch(1)
            icons.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        rows.setSpacing(Space.S)
        rows.addLayout(first)
        rows.addLayout(second)
        rows.addWidget(self._tag_box)
        rows.addWidget(self._colour_box)
        rows.addWidget(self._buttons)
        rows.addWidget(self._icon_row)

    def _connect(self) -> None:
        actions = self._actions
        self.stars.rated.connect(lambda stars: self._for_all(lambda ids: actions.rate.emit(ids, stars)))
        self.load_button.clicked.connect(lambda: self._for_first(actions.load_settings.emit))
        self.reference_button.clicked.connect(lambda: self._for_all(actions.use_as_reference.emit))
        self._icons["vary"].clicked.connect(lambda: self._for_first(actions.vary.emit))
        self._icons["copy"].clicked.connect(lambda: self._for_all(actions.copy_images.emit))
        self._icons["folder"].clicked.connect(lambda: self._for_first(actions.show_in_folder.emit))
        self._icons["export"].clicked.connect(lambda: self._for_all(actions.export.emit))
        self._icons["compare"].clicked.connect(lambda: self._for_all(actions.compare.emit))
        self._icons["delete"].clicked.connect(lambda: self._for_all(actions.trash.emit))
        self._icons["more"].clicked.connect(self._open_menu)

    def _for_all(self, do: Callable[[list[int]], object]) -> None:
        if self._ids:
            do(self._ids)

    def _for_first(self, do: Callable[[int], object]) -> None:
        if self._ids:
            do(self._ids[0])

    def show_image(self, image: ImageRecord, title: str, monogram: str) -> None:
        self._ids, self._run_id, self._job_id = [image.id], image.run_id, image.job_id
        self._monogram.set_letter(monogram)
        self._monogram.show()
        self._title.set_full_text(title)
        self._line.setText(self.tr("Run {run} · {time}").format(run=image.run_id, time=clock(image.created_at)))
        self.stars.set_rating(image.rating)
        self._rejected = image.rejected
        self._show_tags(image.tags)
        self._show_controls(image=True)

    def show_several(self, images: Sequence[ImageRecord], ids: Sequence[int]) -> None:
        """`ids` are all that are selected; `images` may be only the first of them."""
        self._ids = list(ids)
        self._monogram.hide()
        self._title.set_full_text(self.tr("%n image(s)", "", len(ids)))
        runs = {image.run_id for image in images}
        if len(images) < len(ids):
            words = self.tr("Told below: the first {count} of {total}")
            self._line.setText(words.format(count=len(images), total=len(ids)))
        else:
            self._line.setText(self.tr("from %n run(s)", "", len(runs)))
        ratings = {image.rating for image in images}
        self.stars.set_rating(ratings.pop() if len(ratings) == 1 else 0)
        self._show_tags(tuple(sorted(set.intersection(*(set(image.tags) for image in images)))) if images else ())
        self._show_controls(image=True)
        self._buttons.hide()

    def show_collections(self, names: Sequence[str]) -> None:
        """Those that all shown images are in."""
        if tuple(names) != self._collections:
            self._collections = tuple(names)
            self._show_tags(self._tags)

    def show_colours(self, colours: Sequence[tuple[str, int]]) -> None:
        """The main colours of the one shown image as ``#rrggbb`` with their share in per cent."""
        self._colours = tuple(colours)
        for swatch in self.swatches:
            self._colour_flow.removeWidget(swatch)
            swatch.hide()
            swatch.deleteLater()
        self.swatches = []
        for colour, share in self._colours:
            words = self.tr("Find images with {colour} in them ({share} % here)").format(colour=colour, share=share)
            swatch = Swatch(colour, words, side=18, parent=self._colour_box)
            swatch.clicked.connect(partial(self._find_colour, colour))
            self.swatches.append(swatch)
            self._colour_flow.addWidget(swatch)
            swatch.show()
        self._colour_box.setVisible(bool(self._colours))

    def _find_colour(self, colour: str, _on: bool = False) -> None:
        self._actions.find_colour.emit(colour)

    def show_job(self, job: Job, title: str, monogram: str) -> None:
        self._ids, self._run_id, self._job_id = [], job.run_id, job.id
        self._monogram.set_letter(monogram)
        self._monogram.show()
        self._title.set_full_text(title)
        words = self.tr("Run {run} · sent {time}") if job.sent_at else self.tr("Run {run} · queued {time}")
        self._line.setText(words.format(run=job.run_id, time=clock(job.sent_at or job.queued_at)))
        self._show_controls(image=False)

    def retranslate(self) -> None:
        self.load_button.setText(self.tr("Load settings"))
        self.reference_button.setText(self.tr("Use as reference"))
        names = {
            "vary": self.tr("Vary"),
            "copy": self.tr("Copy image"),
            "folder": self.tr("Show in folder"),
            "export": self.tr("Export"),
            "compare": self.tr("Compare"),
            "delete": self.tr("Move to the bin"),
            "more": self.tr("More"),
        }
        for key, name in names.items():
            self._icons[key].set_name(name)
        self._show_tags(self._tags)
        self.show_colours(self._colours)

    def _show_controls(self, *, image: bool) -> None:
        for widget in (self.stars, self._tag_box, self._buttons, self._icon_row):
            widget.setVisible(image)
        if not image:
            self._colour_box.hide()
        one = len(self._ids) == 1
        for key in ("vary", "folder"):
            set_available(self._icons[key], one, self.tr("This is for one image at a time"))
        set_available(self._icons["compare"], not one, self.tr("Select two images or more"))
        if why_not := self._actions.why_not():
            for widget in (self.stars, self._icons["vary"], self._icons["delete"]):
                set_available(widget, False, why_not)

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        for chip in self._chips:
            self._tag_flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for tag in tags:
            chip = Chip(
                tag, kind=ChipKind.TAG, removable=True, remove_words=self.tr("Remove tag"), parent=self._tag_box
            )
            chip.removed.connect(lambda gone=tag: self._set_tags([one for one in self._tags if one != gone]))
            self._add_chip(chip)
        add = Chip(self.tr("Tag"), kind=ChipKind.TAG_OUTLINE, icon_name="plus", parent=self._tag_box)
        add.clicked.connect(lambda: self._for_all(self._actions.edit_tags.emit))
        self._add_chip(add)
        for name in self._collections:
            words = self.tr("Take out of this collection")
            chip = Chip(
                name, kind=ChipKind.TAG, icon_name="folder", removable=True, remove_words=words, parent=self._tag_box
            )
            chip.clicked.connect(partial(self._show_collection, name))
            chip.removed.connect(partial(self._take_out, name))
            self._add_chip(chip)
        collect = Chip(self.tr("Collection"), kind=ChipKind.TAG_OUTLINE, icon_name="plus", parent=self._tag_box)
        collect.setAccessibleName(self.tr("Add to collection"))
        collect.clicked.connect(lambda: self._for_all(self._actions.pick_collection.emit))
        self._add_chip(collect)
        if why_not := self._actions.why_not():
            for chip in (*self._chips[: len(tags) + 1], collect):  # a collection can still be shown by its chip
                set_available(chip, False, why_not)

    def _show_collection(self, name: str, _on: bool = False) -> None:
        self._actions.show_collection.emit(name)

    def _take_out(self, name: str) -> None:
        self._for_all(lambda ids: self._actions.uncollect.emit(ids, name))

    def _add_chip(self, chip: Chip) -> None:
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._chips.append(chip)
        self._tag_flow.addWidget(chip)
        chip.show()

    def _set_tags(self, tags: list[str]) -> None:
        self._actions.set_tags.emit(self._ids, tags)

    def _open_menu(self) -> None:
        actions, menu = self._actions, Menu(parent=self)
        first = self._ids[0] if self._ids else None
        if first is None:
            return
        menu.add(self.tr("Copy prompt"), lambda: actions.copy_prompt.emit(first), shortcut="Ctrl+Shift+C")
        menu.add(self.tr("Look at settings"), lambda: actions.look_at_settings.emit(first), shortcut="L")
        menu.add(self.tr("Find similar images"), lambda: actions.find_similar.emit(first))
        why_not = actions.why_not()
        change: Availability = {"available": not why_not, "reason": why_not}
        pick = partial(actions.pick_collection.emit, self._ids)
        menu.add(self.tr("Add to collection..."), pick, shortcut="A", **change)
        rejected = self._rejected
        words = self.tr("Not rejected") if rejected else self.tr("Reject")
        menu.add(words, lambda: actions.reject.emit(self._ids, not rejected), **change)
        if self.follow_ups:
            menu.addSeparator()
            for follow_up in self.follow_ups:
                words = self._quote_of_own(follow_up).behind(shown(follow_up.title))
                menu.add(words, partial(actions.follow_up.emit, first, follow_up), **change)
        menu.addSeparator()
        self._fill_again(menu)
        menu.open_at(self._icons["more"], align_right=True)

    def _quote_of_own(self, follow_up: FollowUp) -> Quote:
        """A vendor's action on the image that shows."""
        run, quotes = self.run, self.quotes
        own = [job.target for job in run.jobs if job.id == self._job_id] if run is not None else []
        return quotes.of(run.request, own, follow_up) if run is not None and quotes is not None else Quote()

    def _fill_again(self, menu: Menu) -> None:
        """What costs money once more, with its price."""
        actions, run, quotes = self._actions, self.run, self.quotes
        whole = ticked = anew = Quote()
        if run is not None and quotes is not None:
            whole, anew = quotes.of_run(run), quotes.of_anew(run, self._job_id)
            ticked = quotes.of_ticked(run.request)
        for quote, words, do in (
            (whole, self.tr("Run again"), lambda: actions.run_again.emit(self._run_id)),
            (ticked, self.tr("Run on the ticked models"), lambda: actions.run_on_other_targets.emit(self._run_id)),
            (anew, self.tr("Make anew"), lambda: actions.make_anew.emit(self._job_id)),
        ):
            reason = actions.why_not() or quote.reason
            menu.add(quote.behind(words), do, available=not reason, reason=reason)
