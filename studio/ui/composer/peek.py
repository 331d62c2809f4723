"""Look at the settings of a run or image without touching one's own: a page that lies over the composer's fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Height, Space, TextRole
from studio.ui.translation import Translated, catalog_text, joined_facts, sentences
from studio.ui.widgets import Button, Label, PrimaryButton, ScrollArea, set_surface
from studio.ui.widgets.text_edit import SelectableText

if TYPE_CHECKING:
    from studio.domain.assets import ReferenceImage, Size
    from studio.domain.capability import ProviderSpec
    from studio.domain.request import GenerationRequest, Target
    from studio.ui.composer.wish import Wish


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is looked at, and what "Use these" does."""

    title: str
    request: GenerationRequest
    targets: tuple[Target, ...]
    use: Callable[[], None]


class SettingsPeek(Translated, QWidget):
    """Read-only: every setting that is not the same as one's own says so. `back` and `used` come from the buttons."""

    back = Signal()
    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self._looked_at: LookedAt | None = None
        self._mine: Wish | None = None
        self._specs: dict[str, ProviderSpec] = {}
        self.title = Label(role=TextRole.TITLE, weight=600, parent=self)
        self.note = Label(tone="text2", parent=self)
        self.note.setWordWrap(True)
        self.back_button = Button(height=Height.GENERATE, parent=self)
        self.use_button = PrimaryButton(height=Height.GENERATE, parent=self)
        self._area = ScrollArea(self)
        self._rows: list[QWidget] = []
        self._lay_out()
        self.back_button.clicked.connect(self.back)
        self.use_button.clicked.connect(self.used)
        self.retranslate()

    def _lay_out(self) -> None:
        banner = QWidget(self)
        set_surface(banner, "raised")
        words = QVBoxLayout(banner)
        words.setContentsMargins(Space.PANEL, Space.S, Space.PANEL, Space.S)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        foot = QWidget(self)
        set_surface(foot, "window")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.use_button, 1)
        self._area.column.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        self._area.column.setSpacing(Space.M)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(banner)
        rows.addWidget(self._area, 1)
        rows.addWidget(foot)

    @property
    def looked_at(self) -> LookedAt | None:
        return self._looked_at

    def show_settings(self, looked_at: LookedAt, mine: Wish, specs: dict[str, ProviderSpec]) -> None:
        self._looked_at, self._mine, self._specs = looked_at, mine, specs
        self.retranslate()
        self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        self._looked_at = self._mine = None
        self._drop_rows()

    def retranslate(self) -> None:
        self.back_button.setText(self.tr("Back to mine"))
        self.back_button.set_hint("Esc")
        self.use_button.setText(self.tr("Use these"))
        self.setAccessibleName(self.tr("Settings to look at"))
        self._drop_rows()
        looked_at, mine = self._looked_at, self._mine
        if looked_at is None or mine is None:
            return
        self.title.setText(looked_at.title)
        theirs = self._facts(looked_at.request, looked_at.targets)
        own = dict(self._facts(mine, mine.targets))
        differing = [name for name, value in theirs if own.get(name, "") != value]
        count = self.tr("%n setting(s) differ from yours.", "", len(differing))
        same = self.tr("The same as yours.")
        self.note.setText(sentences(count if differing else same, self.tr("Yours are kept as they are.")))
        for name, value in theirs:
            if value or name in differing:
                self._add_row(name, value or self.tr("none"), differs=name in differing)
        self._area.column.addStretch(1)

    # ------------------------------------------------------------------------------------------------ inner
    def _facts(self, wish: GenerationRequest | Wish, targets: Sequence[Target]) -> list[tuple[str, str]]:
        models = [self._model_words(target) for target in targets]
        return [
            (self.tr("Prompt"), wish.prompt),
            (self.tr("Negative prompt"), wish.negative_prompt),
            (self.tr("Reference images"), "\n".join(self._reference_words(wish.reference_image))),
            (self.tr("Models"), "\n".join(models)),
            (self.tr("Size"), self._size_words(wish.size, getattr(wish, "aspect_ratio", None))),
            (self.tr("Seed"), self.tr("random") if wish.seed is None else str(wish.seed)),
            (self.tr("Images"), str(wish.n)),
            (self.tr("Style"), wish.style),
        ]

    def _model_words(self, target: Target) -> str:
        spec = self._specs.get(target.provider)
        title = catalog_text(spec.title) if spec is not None else target.provider
        options = joined_facts(f"{name}: {value}" for name, value in sorted(target.options.items()))
        return f"{title} {target.model}" + (f" ({options})" if options else "")

    def _size_words(self, size: Size | str, ratio: object) -> str:
        if not isinstance(size, str):
            return f"{size.width} × {size.height}"
        if ratio is not None:
            return str(ratio)
        return self.tr("the model chooses") if size == "auto" else size

    def _reference_words(self, references: Sequence[ReferenceImage]) -> list[str]:
        # The beginning of the hash tells two nameless pictures apart.
        return [reference.name or f"{self.tr('picture')} {str(reference.blob)[:8]}" for reference in references]

    def _add_row(self, name: str, value: str, *, differs: bool) -> None:
        row = QWidget(self._area.page)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(Label(name, weight=600, tone="text2", parent=row))
        if differs:
            head.addWidget(Label(self.tr("differs"), role=TextRole.SMALL, tone="accent_text", parent=row))
        head.addStretch(1)
        column.addLayout(head)
        spoken = f"{name}, {self.tr('differs')}" if differs else name
        text = SelectableText(value, role=TextRole.BASE, name=spoken, tone="text", parent=row)
        text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(text)
        self._area.column.addWidget(row)
        self._rows.append(row)

    def _drop_rows(self) -> None:
        column = self._area.column
        while column.count():
            column.takeAt(0)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
