"""A notice says what became of a setting: shown before money is spent, kept with the result, never an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from studio.domain.values import Frozen
from studio.domain.words import NOTICE_WORDS, Filling

NoticeKind = Literal["adjusted", "emulated", "ignored", "blocked", "information"]
"""blocked: the model cannot run this request and is left out. information: nothing was changed, but worth knowing."""

Severity = Literal["note", "warn", "danger"]


class Notice(Frozen):
    """`code` picks the words (`words.NOTICE_WORDS`), `values` fill them; `message` is the English sentence."""

    field: str
    """A field of the request, ``options.<name>`` or ``model``."""
    kind: NoticeKind
    code: str
    values: dict[str, str] = Field(default_factory=dict)
    severity: Severity = "note"

    @property
    def message(self) -> str:
        words = NOTICE_WORDS.get(self.code)
        # A code of a newer version stands for itself: an old program must still show a new workspace.
        return words.format_map(Filling(self.values)) if words is not None else self.code


class Notices:
    """Collects the notices about one model, with its name filled in."""

    def __init__(self, model_id: str) -> None:
        self._model_id = model_id
        self._all: list[Notice] = []

    def add(self, field: str, kind: NoticeKind, code: str, severity: Severity = "note", **values: object) -> None:
        words = {"model": self._model_id, **{key: str(value) for key, value in values.items()}}
        self._all.append(Notice(field=field, kind=kind, code=code, values=words, severity=severity))

    def extend(self, notices: Iterable[Notice]) -> None:
        self._all.extend(notices)

    @property
    def all(self) -> tuple[Notice, ...]:
        return tuple(self._all)
