"""Every step that was taken in the composer, so that each can be taken back, also after the program was killed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studio.config.json_file import read_object, write_text
from studio.config.settings_store import BackgroundWriter
from studio.domain.text_change import Splice, splice_between

State = Mapping[str, Any]
"""The composer as plain JSON values, as in `ComposerState`."""

TEXTS = ("prompt", "negative_prompt")
STEPS_MAX = 400
CHARACTERS_MAX = 600_000
"""Of all steps together: twelve prompts of the greatest length, or a day of writing."""
PAUSE_S = 1.0
"""Typing that goes on sooner than this belongs to the same step."""
_TYPED_MAX_CHARACTERS = 8
"""More at once is a paste; an input method puts in a few characters at a time."""
_GROWING_MAX_CHARACTERS = 64
"""What is longer was not typed just now and does not grow."""
_DIALLED = frozenset({"size", "seed", "seed_locked", "n", "options"})
"""Settings that are typed or dialled: values between the first and the last are no steps of their own."""
_SCHEMA = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ComposerStep:
    """What one step changed: places of texts, and other fields as (before, after)."""

    texts: Mapping[str, Splice]
    values: Mapping[str, tuple[Any, Any]]

    @property
    def characters(self) -> int:
        texts = sum(len(one.was) + len(one.now) for one in self.texts.values())
        return texts + sum(len(str(before)) + len(str(after)) for before, after in self.values.values())

    @property
    def fields(self) -> frozenset[str]:
        return frozenset((*self.texts, *self.values))

    def without_detours(self) -> ComposerStep:
        """What it changed in the end: a field that came back to where it was did not change."""
        texts = {name: one for name, one in self.texts.items() if one.was != one.now}
        return ComposerStep(texts, {name: pair for name, pair in self.values.items() if pair[0] != pair[1]})


class ComposerHistory:
    """One line of steps with a place on it: what lies before can be undone, what lies behind redone.

    Not for several threads. `clock` gives seconds that only grow."""

    def __init__(self, state: State, clock: Callable[[], float]) -> None:
        self._state = dict(state)
        self._clock = clock
        self._steps: list[ComposerStep] = []
        self._place = 0
        self._characters = 0
        self._open_until = 0.0
        """Until then the newest step may grow; 0 when it is closed."""

    @property
    def state(self) -> State:
        return self._state

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place < len(self._steps)

    # ------------------------------------------------------------------------------------------------ taking steps
    def record(self, changes: State, *, alone: bool = False) -> bool:
        """The fields of `changes` have these values now; False when nothing is new. What could be redone is gone.

        Typing grows the newest step, word by word and until a pause; `alone` makes a step that nothing joins."""
        step = self._step_to(changes)
        if step is None:
            return False
        now = self._clock()
        grown = self._grown(step) if not alone and now < self._open_until and not self.can_redo else None
        self._forget_from(self._place if grown is None else self._place - 1)
        newest = (grown or step).without_detours()
        if newest.fields:
            self._steps.append(newest)
            self._characters += newest.characters
        self._place = len(self._steps)
        self._state.update(changes)
        self._open_until = 0.0 if alone else now + PAUSE_S
        self._keep_bounds()
        return True

    def absorb(self, changes: State) -> None:
        """Fields that changed without the user belong to the step before; Undo takes both back together."""
        step = self._step_to(changes)
        self._state.update(changes)
        if step is None or not self._place:
            return
        before = self._steps[self._place - 1]
        values = dict(before.values)
        for name, (was, now) in step.values.items():
            values[name] = (values[name][0] if name in values else was, now)
        texts = {**before.texts, **{name: one for name, one in step.texts.items() if name not in before.texts}}
        both = ComposerStep(texts, values).without_detours()
        self._characters += both.characters - before.characters
        self._steps[self._place - 1 : self._place] = [both] if both.fields else []
        self._place -= not both.fields
        if step.texts.keys() & before.texts.keys():
            self._drop()
        self._open_until = 0.0

    def undo(self) -> dict[str, Any] | None:
        """The fields that change and their values before the newest step; None when there is none."""
        return self._move(-1)

    def redo(self) -> dict[str, Any] | None:
        """The fields that change and their values after the step that was undone last; None when there is none."""
        return self._move(1)

    def _move(self, by: int) -> dict[str, Any] | None:
        self._open_until = 0.0
        at = self._place - 1 if by < 0 else self._place
        if not 0 <= at < len(self._steps):
            return None
        step = self._steps[at]
        try:
            texts = {
                name: (one.back if by < 0 else one).apply(str(self._state.get(name, "")))
                for name, one in step.texts.items()
            }
        except ValueError as error:
            _log.info("The steps of the composer do not fit its text: %s", error)
            self._drop()
            return None
        changes = {**texts, **{name: pair[0 if by < 0 else 1] for name, pair in step.values.items()}}
        self._place += by
        self._state.update(changes)
        return changes

    def _step_to(self, changes: State) -> ComposerStep | None:
        texts, values = {}, {}
        for name, value in changes.items():
            before = self._state.get(name)
            if value == before:
                continue
            if name in TEXTS:
                texts[name] = splice_between(str(before or ""), str(value))
            else:
                values[name] = (before, value)
        return ComposerStep(texts, values) if texts or values else None

    def _grown(self, step: ComposerStep) -> ComposerStep | None:
        """The newest step with this one in it; None when they are two."""
        if not self._place:
            return None
        before = self._steps[self._place - 1]
        if not step.fields <= before.fields:
            return None
        if step.values:
            if not before.fields <= _DIALLED:
                return None
            after = {name: (before.values[name][0], pair[1]) for name, pair in step.values.items()}
            return ComposerStep({}, {**before.values, **after})
        (name,) = step.texts if len(step.texts) == 1 else ("",)
        joined = _joined(before.texts[name], step.texts[name]) if name and not before.values else None
        return ComposerStep({name: joined}, {}) if joined is not None else None

    def _forget_from(self, place: int) -> None:
        self._characters -= sum(step.characters for step in self._steps[place:])
        del self._steps[place:]

    def _keep_bounds(self) -> None:
        while len(self._steps) > STEPS_MAX or (self._characters > CHARACTERS_MAX and len(self._steps) > 1):
            self._characters -= self._steps.pop(0).characters
            self._place -= 1

    def _drop(self) -> None:
        self._steps, self._place, self._characters = [], 0, 0

    # ------------------------------------------------------------------------------------------------ keeping
    def as_data(self) -> dict[str, Any]:
        """Everything as JSON values; a copy, so that it may be written while the steps go on."""
        steps = [
            {
                "texts": {name: [one.at, one.was, one.now] for name, one in step.texts.items()},
                "values": {name: list(pair) for name, pair in step.values.items()},
            }
            for step in self._steps
        ]
        return {"schema": _SCHEMA, "state": dict(self._state), "place": self._place, "steps": steps}

    @classmethod
    def of_data(cls, data: Mapping[str, Any], clock: Callable[[], float]) -> ComposerHistory:
        """Raises ValueError, TypeError, KeyError or AttributeError for what is no history."""
        if data["schema"] != _SCHEMA:
            raise ValueError("another schema")
        history = cls(data["state"], clock)
        for one in data["steps"][-STEPS_MAX:]:
            texts = {name: Splice(int(at), str(was), str(now)) for name, (at, was, now) in one["texts"].items()}
            values = {name: (before, after) for name, (before, after) in one["values"].items()}
            history._steps.append(ComposerStep(texts, values))
        history._place = min(max(0, int(data["place"])), len(history._steps))
        history._characters = sum(step.characters for step in history._steps)
        history._keep_bounds()
        return history


def _joined(before: Splice, step: Splice) -> Splice | None:
    """Typing that goes on, or deleting that goes on, as one place."""
    if not step.was and step.now:
        goes_on = step.at == before.at + len(before.now) and len(step.now) <= _TYPED_MAX_CHARACTERS
        new_word = before.now[-1:].isspace() and not step.now[0].isspace()
        grows = goes_on and 0 < len(before.now) <= _GROWING_MAX_CHARACTERS and not new_word
        return replace(before, now=before.now + step.now) if grows else None
    if step.now or before.now:
        return None
    if step.at + len(step.was) == before.at:
        return Splice(step.at, step.was + before.was, "")
    return replace(before, was=before.was + step.was) if step.at == before.at else None


class ComposerHistoryStore:
    """Keeps the steps in a file of its own beside the composer's state. What cannot be read is the same as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer = BackgroundWriter(file, lambda error: _log.info("steps not kept: %s", error), write=_write)

    def load(self, state: State, clock: Callable[[], float]) -> ComposerHistory:
        """The steps that led to `state`. Where the file lags behind, its end and `state` are one step apart."""
        try:
            found = read_object(self._file)
            history = ComposerHistory.of_data(found, clock) if found is not None else ComposerHistory(state, clock)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _log.info("steps not read: %s", error)
            return ComposerHistory(state, clock)
        history.record(state, alone=True)
        return history

    def save(self, history: ComposerHistory) -> None:
        """Returns at once; the newest wins."""
        self._writer.write(history.as_data())

    def flush(self) -> None:
        self._writer.flush()


def _write(file: Path, content: dict[str, Any]) -> None:
    write_text(file, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
