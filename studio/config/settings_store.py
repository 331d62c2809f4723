"""The settings file: read once, kept in memory, written behind the user's back and never half-written."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from studio.config.json_file import BrokenFile, read_object, set_aside, write_object
from studio.config.settings import SCHEMA, ComposerState, Settings
from studio.domain.errors import Problem, SettingsBroken, SettingsNewer, SettingsNotKept

Migration = Callable[[dict[str, Any]], dict[str, Any]]
Listener = Callable[[Settings], None]

MIGRATIONS: tuple[Migration, ...] = ()
"""Step i makes a file of schema i + 1 into one of schema i + 2; never edited once released."""

_SCHEMA_KEY = "schema"
_log = logging.getLogger(__name__)


class BackgroundWriter:
    """Writes the newest content to a file from a thread of its own, so that no caller waits for the disk."""

    def __init__(
        self,
        file: Path,
        on_failure: Callable[[OSError], None],
        *,
        write: Callable[[Path, dict[str, Any]], None] = write_object,
    ) -> None:
        self._file = file
        self._on_failure = on_failure
        self._write_file = write
        self._lock = threading.Lock()
        self._waiting: dict[str, Any] | None = None
        self._thread: threading.Thread | None = None

    def write(self, content: dict[str, Any]) -> None:
        with self._lock:
            self._waiting = content
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=f"write {self._file.name}")
                self._thread.start()

    def flush(self) -> None:
        """Returns when everything handed over so far is on disk, or has failed."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                content, self._waiting = self._waiting, None
                if content is None:
                    self._thread = None
                    return
            try:
                self._write_file(self._file, content)
            except OSError as error:
                self._on_failure(error)


class SettingsStore:
    """Holds the settings of this process. `current` may be read on any thread; `change` never waits for the disk.

    `problem` says what went wrong with the file, for the message bar: SettingsBroken, SettingsNewer or
    SettingsNotKept."""

    def __init__(self, file: Path, *, migrations: Sequence[Migration] = MIGRATIONS, schema: int = SCHEMA) -> None:
        self._file = file
        self._migrations = migrations
        self._schema = schema
        self._lock = threading.RLock()
        self._listeners: list[Listener] = []
        self._writer = BackgroundWriter(file, self._could_not_save)
        self.problem: Problem | None = None
        self.keeps_changes = True
        """False when the file is a newer program's: it is left alone, and changes hold for this session only."""
        self.current = self._load()

    def change(self, **values: Any) -> Settings:
        """Set some fields, given as values or as plain data; listeners are told before this returns.

        Raises pydantic.ValidationError, and then changes nothing."""
        return self.update(lambda before: before.model_copy(update=_read_fields(values)))

    def update(self, step: Callable[[Settings], Settings]) -> Settings:
        """Replace the settings by `step(settings)`; atomic over threads."""
        with self._lock:
            before, after = self.current, step(self.current)
            if after == before:
                return after
            self.current = after
            if self.keeps_changes:
                self._writer.write(self._as_file(after))
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(after)
        return after

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Called with the new settings, on the thread that changed them; returns what ends it."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock, contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def flush(self) -> None:
        """Waits until the file holds the newest settings. Part of an orderly end."""
        self._writer.flush()

    def _load(self) -> Settings:
        try:
            found = read_object(self._file)
        except BrokenFile as error:
            self._set_aside(f"it is no JSON object: {error}")
            return Settings()
        except OSError as error:
            self.keeps_changes = False
            self._report(SettingsNotKept(path=self._file, detail=str(error)).problem)
            return Settings()
        if found is None:
            return Settings()
        schema = found.pop(_SCHEMA_KEY, None)
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            self._set_aside("it names no schema")
            return Settings()
        if schema > self._schema:
            self.keeps_changes = False
            self._report(SettingsNewer(path=self._file, found=schema, known=self._schema).problem)
            return Settings()
        return self._read(found, schema)

    def _read(self, found: dict[str, Any], schema: int) -> Settings:
        try:
            for migrate in self._migrations[schema - 1 :]:
                found = migrate(found)
            return Settings.model_validate(found)
        except ValidationError as error:
            settings, lost = _salvage(found)
            _log.debug("settings with faults: %s", error.errors(include_input=False, include_url=False))
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            # A step met what its schema did not promise; the values cannot be trusted.
            settings, lost = Settings(), f"schema {schema} could not be read: {error!r}"
        self._set_aside(lost)
        if self.keeps_changes and settings != Settings():
            self._writer.write(self._as_file(settings))
        return settings

    def _set_aside(self, detail: str) -> None:
        try:
            kept = set_aside(self._file.resolve())
        except OSError as error:
            self.keeps_changes = False
            self._report(SettingsNotKept(path=self._file, detail=str(error)).problem)
            return
        self._report(SettingsBroken(path=kept, detail=detail).problem)

    def _could_not_save(self, error: OSError) -> None:
        self._report(SettingsNotKept(path=self._file.parent, detail=str(error)).problem)

    def _report(self, problem: Problem) -> None:
        self.problem = problem
        _log.info("%s %s", problem.text, problem.detail)

    def _as_file(self, settings: Settings) -> dict[str, Any]:
        # Only what differs from the defaults, so that a better default reaches those who never chose.
        return {_SCHEMA_KEY: self._schema, **settings.model_dump(mode="json", exclude_defaults=True)}


class ComposerStore:
    """The last state of the composer, in a file of its own. A file that cannot be read is the same as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer = BackgroundWriter(file, lambda error: _log.info("composer not kept: %s", error))

    def load(self) -> ComposerState:
        try:
            found = read_object(self._file)
            return ComposerState() if found is None else ComposerState.model_validate(found)
        except (OSError, ValueError):
            return ComposerState()

    def save(self, state: ComposerState) -> None:
        """Returns at once; the newest state wins."""
        self._writer.write(state.model_dump(mode="json", exclude_defaults=True))

    def flush(self) -> None:
        self._writer.flush()


def _read_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the fields' own types; raises ValidationError for a bad one or an unknown name."""
    plain = {name: _plain(value) for name, value in values.items()}
    read = Settings.model_validate(plain)
    return {name: getattr(read, name) for name in values}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _salvage(found: Mapping[str, Any]) -> tuple[Settings, str]:
    """The settings that can be read, field by field, and a sentence about the others."""
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, value in found.items():
        try:
            good[name] = getattr(Settings.model_validate({name: value}), name)
        except (ValidationError, AttributeError):
            bad.append(name)
    return Settings().model_copy(update=good), f"back to their defaults: {', '.join(sorted(bad))}"
