"""The composer panel: from words, references, models, size and seed to a request and its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from studio.ui.composer.fields import fields_of, show_all_fields, size_of_ratio
from studio.ui.composer.footer import ComposerFooter, FooterState
from studio.ui.composer.model_list import ModelList
from studio.ui.composer.peek import LookedAt, SettingsPeek
from studio.ui.composer.prompt_head import PromptHead
from studio.ui.composer.prompt_history import PromptHistory
from studio.ui.composer.prompt_section import PROMPT_MAX, PromptSection
from studio.ui.composer.reading import ReferenceReading
from studio.ui.composer.references import ReferencesSection
from studio.ui.composer.seed_section import SeedSection
from studio.ui.composer.size_section import SizeSection
from studio.ui.composer.snippets import SavedWordsOffer
from studio.ui.composer.undo import ComposerUndo
from studio.ui.composer.wish import Wish
from studio.ui.spending import left_today, over_by
from studio.ui.theme import Space
from studio.ui.translation import Translated
from studio.ui.widgets import safe_override, set_available, set_surface

if TYPE_CHECKING:
    from studio.bootstrap import Settings
    from studio.domain.assets import ReferenceImage
    from studio.domain.capability import ProviderSpec
    from studio.domain.events import SpendingChanged
    from studio.domain.plan import RunPlan
    from studio.domain.pricing import Money
    from studio.domain.request import GenerationRequest, Target
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_PLAN_DELAY_MS = 90
"""The plan follows the typing at this distance, so that no key press waits for it."""
_SHORT_BELOW_PX = 760


class ComposerPanel(Translated, QWidget):
    """`generate_requested` carries request, targets and whether the user agreed to go over today's limit."""

    generate_requested = Signal(object, object, bool)
    cancel_requested = Signal()
    state_changed = Signal()

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self._client, self._actions = client, actions
        self._plan: RunPlan | None = None
        self._spending: SpendingChanged | None = None
        self._run_alive = False
        self._example = False
        self.prompt_section = PromptSection(self)
        self.prompt_box, self.choices = self.prompt_section.box, self.prompt_section.choices
        self.references = ReferencesSection(self)
        self.models = ModelList(self)
        self.size_section = SizeSection(self)
        self.seed_section = SeedSection(self)
        self._sections = (self.references, self.models, self.size_section, self.seed_section)
        self.footer = ComposerFooter(self)
        self.peek = SettingsPeek(self)
        self.peek.hide()
        self._planner = QTimer(self)
        self._planner.setSingleShot(True)
        self._planner.setInterval(_PLAN_DELAY_MS)
        self._planner.timeout.connect(self._plan_now)
        self.history = PromptHistory(self, client, self.prompt_box, actions.why_not)
        self.saved_words = SavedWordsOffer(self, client, self.prompt_box, actions.why_not)
        self.reading = ReferenceReading(self, client, self.references, self._least_reference_limit)
        self.reading.watch(self.prompt_box.prompt, self.prompt_box.negative)
        self.undo = ComposerUndo(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        set_surface(inside, "panel")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(Space.PANEL, Space.S, Space.PANEL, Space.S)
        rows.setSpacing(Space.M)
        for section in (self.prompt_section, *self._sections):
            rows.addWidget(section)
        rows.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is inside and scrolls to it
        self._scroll.setWidget(inside)
        self._inside_rows = rows
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room_for_scroll_bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.footer)
        outer.addWidget(self.peek, 1)

    @property
    def head(self) -> PromptHead:
        """The line above the prompt."""
        return self.prompt_section.head

    def _make_room_for_scroll_bar(self, _minimum: int, maximum: int) -> None:
        """The scroll bar takes its room from the padding, so that nothing moves when it comes."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if maximum > 0 else 0
        self._inside_rows.setContentsMargins(Space.PANEL, Space.S, max(Space.XS, Space.PANEL - bar), Space.S)

    def _connect(self) -> None:
        self.prompt_box.changed.connect(self._text_edited)
        self.undo.changed.connect(self._changed)
        self.prompt_box.read.connect(self._plan_soon)
        head = self.head
        head.why_no_sweep = self._actions.why_not
        head.retranslate()
        head.sweep_button.clicked.connect(self._actions.open_sweep)
        head.history_button.clicked.connect(lambda: self.history.open_at(head.history_button))
        for section in self._sections:
            section.changed.connect(self._set)
        self.models.suggested.connect(lambda reason: self._actions.say.emit("note", reason))
        self.models.key_wanted.connect(lambda provider: self._actions.open_preferences.emit(f"providers/{provider}"))
        self.seed_section.edit_styles_clicked.connect(self.saved_words.edit_styles)
        head.snippet_button.clicked.connect(self.open_snippets)
        self.peek.back.connect(self.back_to_mine)
        self.peek.used.connect(self._use_looked_at)
        self.footer.generate.connect(self._generate)
        self.footer.cancel.connect(self.cancel_requested)

    # ------------------------------------------------------------------------------------------------ from outside
    def set_providers(
        self, specs: Sequence[ProviderSpec], settings: Settings, keys_missing: Mapping[str, bool | None]
    ) -> None:
        """Providers in the user's order with what he chose for the picker; `keys_missing` by provider id, None
        while nobody has looked for the key: nothing is said of it until then."""
        self.models.set_providers(specs, settings, keys_missing)
        self.seed_section.set_styles(settings.styles)
        self.undo.absorb()
        self._plan_soon()

    def load(
        self, request: GenerationRequest, targets: Sequence[Target] | None = None, *, template: str | None = None
    ) -> None:
        """Take over the settings of an earlier run, as one step that Undo takes back. `template` is a prompt with
        choices to put in place of the request's own."""
        from studio.domain.choices import write_plain  # what was sent had no choices: its braces are plain ones

        self.back_to_mine()
        with self.undo.one_step():
            self.prompt_box.prompt.replace_text(template or write_plain(request.prompt))
            self.prompt_box.negative.replace_text(write_plain(request.negative_prompt))
            size = request.size
            if request.aspect_ratio is not None and isinstance(size, str):
                size = size_of_ratio(str(request.aspect_ratio)) or size
            self.size_section.set_wish(size)
            self.seed_section.set_seed(request.seed, locked=request.seed is not None)
            self.seed_section.images.set_value(request.n)
            self.seed_section.set_style_words(request.style)
            self.references.set_references(request.reference_image)
            if targets is not None:
                self.models.tick(targets)
        self._changed()

    def look_at(self, looked_at: LookedAt) -> None:
        """Lay other settings over the fields, read-only; what stands in the fields is not touched."""
        specs = {spec.id: spec for spec in self._client.studio.specs}
        self.peek.show_settings(looked_at, self.wish(), specs)
        for widget in (self._scroll, self.footer):
            widget.hide()
        self.peek.show()
        self.peek.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_mine(self) -> bool:
        """Show the composer's own fields again; whether something lay over them."""
        if self.peek.looked_at is None:
            return False
        self.peek.clear()
        self.peek.hide()
        for widget in (self._scroll, self.footer):
            widget.show()
        self.focus_prompt()
        return True

    def _use_looked_at(self) -> None:
        looked_at = self.peek.looked_at
        if looked_at is not None:
            self.back_to_mine()
            looked_at.use()

    def write_prompts(self, prompt: str, negative_prompt: str) -> None:
        """Put other texts in as one step that Undo takes back."""
        with self.undo.one_step():
            self.prompt_box.prompt.change_text(prompt)
            self.prompt_box.negative.change_text(negative_prompt)
        self._changed()

    def show_example(self, prompt: str, *, size_ratio: str, images: int, seed: int | None, target: Target) -> None:
        """The first-run page's offer: everything filled in, the prompt selected, so that Ctrl+Return works at once."""
        with self.undo.one_step():
            self.prompt_box.prompt.set_text(prompt)
            size = size_of_ratio(size_ratio)
            if size is not None:
                self.size_section.set_wish(size)
            self.seed_section.set_seed(seed, locked=False)
            self.seed_section.images.set_value(images)
            self.models.tick([target])
        self._example = True
        self._write_count()
        self._show_footer()
        self._plan_soon()
        self.prompt_box.select_prompt()

    def add_references(self, references: Sequence[ReferenceImage]) -> None:
        self.back_to_mine()
        self.reading.take(references)

    def set_spending(self, spending: SpendingChanged) -> None:
        self._spending = spending
        self._show_footer()

    def set_newest_run_alive(self, alive: bool) -> None:
        self._run_alive = alive
        self._show_footer()

    def run_started(self) -> None:
        """A run went out with what stands here: an unlocked seed was for that run only."""
        self.seed_section.forget_unlocked_seed()
        self.undo.absorb()

    def focus_prompt(self) -> None:
        self.back_to_mine()
        self.prompt_box.prompt.setFocus()

    def open_history(self) -> None:
        """The list of earlier prompts at its button."""
        self.back_to_mine()
        self.history.open_at(self.head.history_button)

    def open_snippets(self) -> None:
        """The list of snippets at its button; one is inserted at the cursor."""
        self.back_to_mine()
        self.saved_words.open_at(self.head.snippet_button)

    def press_generate(self) -> None:
        """Ctrl+Return from anywhere in the window."""
        if self.peek.looked_at is not None:
            self._actions.say.emit(
                "note", lambda: self.tr("Go back to your settings, or use these, before you generate.")
            )
            return
        if not self.choices.any or self._planner.isActive():  # choices only open the builder, which has its own prices
            self._plan_now()
        self.footer.press_generate()

    def end(self) -> None:
        """The window closes: end what is under way for this panel."""
        self._planner.stop()
        self.reading.end()
        self.history.end()
        self.saved_words.end()

    # ------------------------------------------------------------------------------------------------ state
    def state(self) -> dict[str, Any]:
        """Everything needed to show the same composer again, as plain JSON values."""
        return fields_of(self)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Show a state of `state()`; what cannot be read is left at its default."""
        show_all_fields(self, state)
        self._show_footer()  # the price follows; until then it does not ask for a prompt that is there
        self._write_count()
        self._plan_soon()

    def wish(self) -> Wish:
        """What stands in the fields now."""
        try:
            seed, problem = self.seed_section.seed(), ""
        except ValueError as error:
            seed, problem = None, str(error)
        return Wish(
            prompt=self.prompt_box.prompt.text(),
            negative_prompt=self.prompt_box.negative.text(),
            size=self.size_section.wish(),
            style=self.seed_section.style_words(),
            seed=seed,
            n=self.seed_section.images.value(),
            reference_image=self.references.references(),
            targets=self.models.targets(),
            seed_problem=problem,
        )

    # ------------------------------------------------------------------------------------------------ inner
    def retranslate(self) -> None:
        if why_not := self._actions.why_not():
            set_available(self.references.drop, False, why_not)
        self._write_count()
        self._show_footer()

    def _text_edited(self) -> None:
        self.undo.note_texts()
        self._changed()

    def _set(self) -> None:
        self.undo.note_settings()
        self._changed()

    def _changed(self) -> None:
        self._example = self._example and self.prompt_box.prompt.textCursor().hasSelection()
        self._write_count()
        self._plan_soon()
        self.state_changed.emit()

    def _plan_soon(self) -> None:
        self._planner.start()

    def _plan_now(self) -> None:
        self._planner.stop()
        request = self.choices.filled(self.wish()).request(for_price=True)
        targets = self.models.shown_targets()
        self._plan = None
        if request is not None and targets:
            everything = self._client.studio.engine.plan(request, targets)
            self.models.show_plans(everything.targets)
            ticked = set(map(str, self.models.targets()))
            chosen = tuple(plan for plan in everything.targets if str(plan.target) in ticked)
            self._plan = type(everything)(request=everything.request, targets=chosen)
        self.references.set_limit(self._least_reference_limit())
        self.models.set_has_references(bool(self.references.references()))
        self._show_footer()

    def _show_footer(self) -> None:
        self.footer.show_state(
            FooterState(
                plan=self._plan,
                problem=self._problem(),
                left_today=left_today(self._spending),
                over_by=self._over_by(),
                run_alive=self._run_alive,
                combinations=self.choices.combinations if self.choices.any else None,
                without_key=self.models.without_key(),
            )
        )

    def _problem(self) -> str:
        """Why Generate cannot start, as the words on the button; empty when it can."""
        if self._actions.read_only:
            return self.tr("This library is read-only")
        wish = self.wish()
        if not wish.prompt.strip():
            return self.tr("Write a prompt")
        if len(wish.prompt) > PROMPT_MAX:
            return self.tr("The prompt is too long")
        if wish.seed_problem:
            return self.tr("Check the seed")
        if not wish.targets:
            return self.tr("Tick a model")
        # A plan of no model was made before one was ticked; the next one is on its way.
        if self._plan is not None and self._plan.targets and not self._plan.runnable:
            return self.tr("No ticked model can run this")
        return ""

    def _over_by(self) -> Money | None:
        """A prompt with choices is no run: the sweep builder asks about its sum."""
        if self._plan is None or self.choices.any:
            return None
        return over_by(self._spending, self._plan.at_most, self._client.studio.settings.current)

    def _generate(self, over_budget_allowed: bool) -> None:
        wish = self.choices.filled(self.wish())
        request = wish.request()
        if request is None or self._problem():
            return
        if self.choices.any:
            self._actions.open_sweep.emit()
            return
        self._example = False
        self.generate_requested.emit(request, wish.targets, over_budget_allowed)

    def _least_reference_limit(self) -> int | None:
        limits = [model.capability.references_max for model in self.models.ticked_models()]
        return min(limits) if limits else None

    def _write_count(self) -> None:
        self.prompt_section.show_count(self.models.ticked_models(), example=self._example)

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.prompt_box.set_short(self.height() < _SHORT_BELOW_PX)
