"""The language of the window: English in the source, 简体中文 from `resources/translations`.

How to write words, so that both languages are complete and a change of language shows at once:

1. A widget class with words of its own puts `Translated` before its Qt class and writes all of them in one method,
   `retranslate()`: `self.save_button.setText(self.tr("Save"))`. Its `__init__` ends with `self.retranslate()`; after
   that Qt's LanguageChange event calls it again whenever the language changes. What depends on data too (a count, a
   price) goes through the same method or one that it calls.
2. `self.tr("...")` takes a plain literal, never an f-string, a variable or a sum of strings: the tool that collects
   the words reads the source without running it. Values go in afterwards:
   `filled(self.tr("Waiting for {name}"), name=name)`, which also puts the space between Chinese and Latin. Braces in a
   value are safe: nothing looks into values.
3. Counts: `self.tr("%n image(s)", "", count)`. The English forms are in studio_en.ts; no code ever adds an "s".
4. Outside a QObject (delegates' free functions, tables of words): `translate("Context", "...")` from this module, one
   call per line, with the name of the class or module as context. Look words up when they are shown, not at import.
5. Words from below the window (`domain.words`, the catalogue) are English strings there. `catalog_text` and the
   functions of `studio.ui.problems` translate them; `shown(template, **values)` does for any other string of
   `domain.words`. They are collected from those files: nothing has to be repeated here.
6. Words of the user and of providers are never translated and never rich text: show them with the widgets of
   `studio.ui.widgets`, which take plain text only.
7. A sentence that stays on the screen after it was said (message bar, question, list of the day) is handed over as
   `Words`: `lambda: self.tr("...")`, which is asked again whenever the language changes.
8. The words and the glossary of the interface specification are law. Chinese uses full-width punctuation, half-width
   digits, a space between Chinese and Latin words, and an ellipsis (…) only on commands that open a dialog.

After a change of words: `python packaging/translations.py update`, then fill in what `... missing` lists, then
`... release`. The compiled .qm files are committed beside the .ts files, so a fresh checkout speaks Chinese without a
build; a test holds source, .ts and .qm equal and complete.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Theme
from studio.ui.theme.resources import resource_path

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

_log = logging.getLogger(__name__)

LANGUAGES: Final = MappingProxyType({"en": "English", "zh_CN": "简体中文"})
"""The languages of the window by code, each in its own words."""

SYSTEM: Final = "system"
"""The choice to follow the system."""

ENGINE_CONTEXT: Final = "Engine"
"""The context of the words of `domain.words`."""

CATALOG_CONTEXT: Final = "Catalog"
"""The context of the words of the model catalogue: titles of settings and choices, reasons, names of providers."""

Words: TypeAlias = str | Callable[[], str]
"""A sentence, or what writes it. Only the latter follows a change of language while it is on the screen; a plain string
is for what the user or a provider wrote."""


def written(words: Words) -> str:
    """The sentence in the language in force."""
    return words if isinstance(words, str) else words()


class Translated(_Widget):
    """Mixin, put before the Qt class: `retranslate()` runs again whenever the language changes."""

    def retranslate(self) -> None:
        """Write every word of this widget. `__init__` must call it once, at its end."""

    @safe_override(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def translate(context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
    """The words for `text` in the language in force; `text` itself where there are none. Arguments must be literals,
    except `n`, which fills `%n` and picks the plural."""
    return QCoreApplication.translate(context, text, disambiguation, n)


def filled(text: str, /, **values: object) -> str:
    """Put values into `{names}`, with a space where Chinese meets a Latin word, a digit or a currency sign.

    Nobody knows beforehand whether a name is 通义 or OpenAI, so templates have no space beside such a name. What is
    inside a value stays as it is. A value that is not given becomes "?": no error message may turn into an error."""
    parts: list[str] = []
    for literal, name, _format, _conversion in Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(str(values.get(name, "?")))
    whole = ""
    for part in filter(None, parts):
        if whole and _needs_space(whole[-1], part[0]):
            whole += " "
        whole += part
    return whole


def _needs_space(left: str, right: str) -> bool:
    return (_is_chinese(left) and _is_western(right)) or (_is_western(left) and _is_chinese(right))


def _is_chinese(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_western(letter: str) -> bool:
    return letter in "$¥€£≈%" or (letter.isalnum() and not _is_chinese(letter))


def listed(values: Iterable[str]) -> str:
    """Values side by side: "red, blue"; in Chinese 红、蓝. Empty ones are left out."""
    return translate("ListedValues", ", ").join(filter(None, values))


def sentences(first: str, second: str) -> str:
    """Two whole sentences: with a space between them, in Chinese without. An empty one is left out."""
    if not first or not second:
        return first or second
    return filled(translate("Sentences", "{first} {second}"), first=first, second=second)


def joined_facts(facts: Iterable[str]) -> str:
    """Short facts of one thing: "1-10 images, 16 references"; in Chinese with a full-width comma. Empty ones are left
    out."""
    return translate("JoinedFacts", ", ").join(filter(None, facts))


def shown(template: str, /, **values: object) -> str:
    """A string of `domain.words`, translated and filled; a value that is not given becomes "?"."""
    return filled(QCoreApplication.translate(ENGINE_CONTEXT, template), **values).strip()


def translated(words: str) -> str:
    """A finished string of `domain.words`, translated; as it is where it comes from elsewhere. Braces stay braces."""
    return QCoreApplication.translate(ENGINE_CONTEXT, words) if words else ""


def catalog_text(text: str) -> str:
    """A title, choice, help or reason of the model catalogue, or the name of a provider, in the language in force.

    What is not in the bundled catalogue (added by the user) stays as it is."""
    return QCoreApplication.translate(CATALOG_CONTEXT, text) if text else ""


def ordinal(number: int) -> str:
    """A place in a row: 2nd in English, the bare number in Chinese, whose sentences bring their own 第."""
    last = 0 if 10 <= number % 100 <= 20 else number % 10
    patterns = {
        1: translate("Ordinal", "{number}st"),
        2: translate("Ordinal", "{number}nd"),
        3: translate("Ordinal", "{number}rd"),
    }
    return patterns.get(last, translate("Ordinal", "{number}th")).format(number=number)


class Language(QObject):
    """The language in force. `changed` comes after the translations are in place; widgets follow by LanguageChange."""

    changed = Signal()

    def __init__(self, app: QCoreApplication, theme: Theme | None = None) -> None:
        super().__init__(app)
        self._app, self._theme = app, theme
        self._choice, self._code = "", ""
        self._translators: list[QTranslator] = []

    @property
    def code(self) -> str:
        """The language in force, a key of `LANGUAGES`."""
        return self._code

    @property
    def choice(self) -> str:
        """What was chosen: a key of `LANGUAGES` or `SYSTEM`."""
        return self._choice

    def choose(self, choice: str = SYSTEM) -> None:
        """Speak a language of `LANGUAGES`, or that of the system (English where we do not have it)."""
        if choice != SYSTEM and choice not in LANGUAGES:
            raise ValueError(f"There is no language {choice!r}.")
        code = system_language() if choice == SYSTEM else choice
        self._choice = choice
        if code == self._code:
            return
        self.remove()
        self._code = code
        QLocale.setDefault(QLocale(code))
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if code != "en":
            self._install(f"qtbase_{code}", qt_folder)
        self._install(f"studio_{code}", str(resource_path("translations")))
        if self._theme is not None:
            self._theme.set_chinese(code.startswith("zh"))
        self.changed.emit()

    def remove(self) -> None:
        """Speak plain source English again, without plural forms."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
        self._code = ""

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if not translator.load(name, folder):
            _log.warning("The translation %s is missing; some words stay English.", name)
            return
        self._app.installTranslator(translator)
        self._translators.append(translator)


def system_language() -> str:
    """The first language of the system's list that we have, else English. Every Chinese without our own script counts
    as Simplified Chinese."""
    for tag in QLocale.system().uiLanguages():
        language = QLocale(tag).language()
        if language == QLocale.Language.Chinese:
            return "zh_CN"
        if language == QLocale.Language.English:
            return "en"
    return "en"
