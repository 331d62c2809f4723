"""Both languages are complete, and a change shows at once."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.errors import KeyRejected, WorkspaceUnreadable
from studio.domain.notices import Notices
from studio.domain.pricing import Money
from studio.domain.words import REASON_WORDS
from studio.ui.problems import notice_text, problem_action, problem_text, problem_title
from studio.ui.theme import Theme
from studio.ui.translation import (
    LANGUAGES,
    SYSTEM,
    Language,
    Translated,
    catalog_text,
    filled,
    ordinal,
    system_language,
    translate,
)
from studio.ui.widgets import Dialog, Label, SpinStepper, StarRating


@pytest.fixture(scope="session")
def tool(project: Path) -> Iterator[ModuleType]:
    """The script that collects and checks the words."""
    spec = importlib.util.spec_from_file_location("translations_tool", project / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_every_word_is_translated_and_compiled(tool: ModuleType) -> None:
    """Source, .ts and .qm agree; every text has its Chinese; the same values are in both."""
    assert tool.check() == []


def test_a_change_of_language_shows_at_once(qtbot: QtBot, language: Language, theme: Theme) -> None:
    stars, stepper, dialog = StarRating(3), SpinStepper(2), Dialog(None)
    for widget in (stars, stepper, dialog):
        qtbot.addWidget(widget)
    with qtbot.waitSignal(language.changed):
        language.choose("zh_CN")
    QApplication.processEvents()
    chinese = stars.accessibleName(), stepper.plus.accessibleName(), dialog.cancel_button.text()
    assert chinese == ("评分", "增加", "取消")
    assert theme.chinese
    language.choose("en")
    QApplication.processEvents()
    english = stars.accessibleName(), stepper.plus.accessibleName(), dialog.cancel_button.text()
    assert english == ("Rating", "More", "Cancel")
    assert not theme.chinese


class Counted(Translated, QWidget):
    """A widget of our convention, with a word that nobody has translated."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label(parent=self)
        self.writes = 0
        self.retranslate()

    def retranslate(self) -> None:
        self.writes += 1
        self.label.setText(self.tr("Nobody translates this"))


def test_the_convention_writes_once_per_change(qtbot: QtBot, language: Language) -> None:
    widget = Counted()
    qtbot.addWidget(widget)
    assert widget.writes == 1
    language.choose("zh_CN")
    QApplication.processEvents()
    assert widget.writes >= 2
    assert widget.label.text() == "Nobody translates this"


def test_qt_itself_speaks_the_language(qtbot: QtBot, language: Language) -> None:
    language.choose("zh_CN")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "取消"


def test_an_unknown_language_is_refused(language: Language) -> None:
    with pytest.raises(ValueError, match="fr"):
        language.choose("fr")


def test_following_the_system(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QLocale

    for tags, wanted in (
        (["zh-Hans-CN", "en-US"], "zh_CN"),
        (["fr-FR", "zh-TW"], "zh_CN"),
        (["fr-FR", "en-GB"], "en"),
        (["fr-FR"], "en"),
        ([], "en"),
    ):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, tags=tags: tags)
        assert system_language() == wanted
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: ["zh-CN"])
    language.choose(SYSTEM)
    assert (language.code, language.choice) == ("zh_CN", SYSTEM)


def test_each_language_names_itself() -> None:
    assert dict(LANGUAGES) == {"en": "English", "zh_CN": "简体中文"}


@pytest.mark.parametrize(
    ("template", "values", "wanted"),
    [
        ("{provider}不接受此密钥。", {"provider": "OpenAI"}, "OpenAI 不接受此密钥。"),
        ("{provider}不接受此密钥。", {"provider": "通义"}, "通义不接受此密钥。"),
        ("扣费 {amount}。", {"amount": "$0.01"}, "扣费 $0.01。"),
        ("请在{a}开通{b}。", {"a": "Gemini", "b": "nano"}, "请在 Gemini 开通 nano。"),
        ("{a}{b}", {"a": "图1.png", "b": ""}, "图1.png"),
        ("Waiting for {name}", {"name": "{name} {0} {"}, "Waiting for {name} {0} {"),
        ("{missing} is gone", {}, "? is gone"),
        ("no {{braces}}", {}, "no {braces}"),
    ],
)
def test_values_are_put_in_with_the_right_spaces(template: str, values: dict[str, str], wanted: str) -> None:
    assert filled(template, **values) == wanted


@given(value=st.text())
def test_no_value_can_break_or_change_a_sentence(value: str) -> None:
    assert value in filled("{a}：{b}", a=value, b="x")


@pytest.fixture
def chinese(language: Language) -> Language:
    language.choose("zh_CN")
    return language


def test_problems_speak_both_languages(language: Language) -> None:
    problem = KeyRejected(provider="OpenAI", charged="no").problem
    paid = problem.model_copy(update={"charged": "yes", "amount": Money(amount=Decimal("0.06"), currency="USD")})
    assert problem_title(problem) == problem.title
    assert problem_text(problem) == problem.text
    assert problem_text(paid) == paid.text
    assert problem_action(problem) == problem.action_words
    language.choose("zh_CN")
    assert problem_title(problem) == "密钥未被接受"
    assert problem_text(problem) == "OpenAI 不接受此密钥。未扣费。"
    assert "扣费 $0.06" in problem_text(paid)
    assert problem_action(problem) == "打开设置"


def test_every_problem_can_be_said(tool: ModuleType, chinese: Language) -> None:
    """No kind of problem lacks its Chinese, whatever values it carries."""
    from studio.domain.words import ACTION_WORDS, MONEY_WORDS, PROBLEM_WORDS

    base = KeyRejected(provider="Demo").problem
    for kind in PROBLEM_WORDS:
        for charged in set(MONEY_WORDS) - {"amount"}:
            said = base.model_copy(update={"kind": kind, "charged": charged})
            words = problem_title(said) + problem_text(said)
            assert any("\u4e00" <= letter <= "\u9fff" for letter in words), kind
            assert "{" not in words
    for action in set(ACTION_WORDS) - {"none"}:
        assert problem_action(base.model_copy(update={"action": action})) != ACTION_WORDS[action]


def test_reasons_inside_a_problem_are_translated_too(language: Language) -> None:
    problem = WorkspaceUnreadable(path="/pictures", reason=REASON_WORDS["locked"]).problem
    assert problem_text(problem) == problem.text
    language.choose("zh_CN")
    assert problem_text(problem) == "/pictures：另一个程序一直锁定着它。请关闭该程序后重试。未扣费。"
    foreign = WorkspaceUnreadable(path="/pictures", reason="E { 7").problem
    assert "E { 7" in problem_text(foreign)


def test_notices_speak_both_languages(language: Language) -> None:
    notices = Notices("gpt-image-2")
    notices.add("seed", "ignored", "seed_ignored")
    notice = notices.all[0]
    assert notice_text(notice) == notice.message
    language.choose("zh_CN")
    assert notice_text(notice) == "忽略种子，gpt-image-2 不支持"


def test_words_of_the_catalogue(chinese: Language) -> None:
    assert catalog_text("Demo") == "演示"
    assert catalog_text("a model of the user") == "a model of the user"
    assert catalog_text("") == ""


def test_counts_have_their_forms(language: Language) -> None:
    def images(count: int) -> str:
        return translate("FirstRunPage", "1 prompt, %n image(s)", "", count)

    assert [images(1), images(4)] == ["1 prompt, 1 image", "1 prompt, 4 images"]
    language.choose("zh_CN")
    assert "4" in images(4)
    assert "(s)" not in images(4)


def test_places_in_a_row(language: Language) -> None:
    wanted = ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == wanted
    language.choose("zh_CN")
    assert [ordinal(number) for number in (1, 2, 3, 4)] == ["1", "2", "3", "4"]


def test_the_tool_reads_only_what_it_can_trust(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "studio"
    (source / "ui").mkdir(parents=True)
    (source / "ui" / "page.py").write_text(
        "class Page(QWidget):\n"
        "    def retranslate(self):\n"
        '        self.tr(f"bad {n}")\n'
        "        self.tr(words)\n"
        '        self.other.tr("whose?")\n'
        '        translate(context, "x")\n'
        '        self.tr("%n image(s)")\n'
        '        self.tr("images", "", count)\n'
        '        self.tr("%n image(s)", "", count) + translate("A", "x", "a note") + translate("B", "%n y", "", n=2)\n'
        "painter.translate(3, 4)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(tool, "PROJECT", tmp_path)
    monkeypatch.setattr(tool, "SOURCE", source)
    monkeypatch.setattr(tool, "engine_words", list)
    monkeypatch.setattr(tool, "catalog_words", list)
    faults = sorted(tool.source_faults())
    assert [fault.split(": ")[0].rsplit(":")[-1] for fault in faults] == ["3", "4", "5", "6", "7", "8"]
    assert {(wish.context, wish.text, wish.comment, wish.counted) for wish in tool.wishes()} == {
        ("Page", "%n image(s)", "", True),
        ("A", "x", "a note", False),
        ("B", "%n y", "", True),
    }


def test_a_translation_with_other_values_is_found(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ts = tmp_path / "studio_zh_CN.ts"
    ts.write_text(
        "<TS><context><name>A</name>"
        "<message><source>Run {number}</source><translation>批次 {count}</translation></message>"
        "<message><source>Size</source><translation>尺寸</translation></message>"
        '<message><source>Seed</source><translation type="unfinished"></translation></message>'
        "</context></TS>",
        encoding="utf-8",
    )
    monkeypatch.setattr(tool, "CHINESE", ts)
    monkeypatch.setattr(tool, "ENGLISH", ts)
    monkeypatch.setattr(tool, "source_faults", list)
    monkeypatch.setattr(tool, "_stale", list)
    found = set(tool.check())
    assert len(found) == 2
    assert any("other values" in fault for fault in found)
    assert any("'Seed' lacks" in fault for fault in found)
    assert tool.missing(ts) == {"A": {"Seed": ""}}
    assert tool.fill({"A": {"Seed": "种子"}}, ts) == 1
    assert tool.missing(ts) == {}


def test_first_paint_needs_none_of_the_heavy_modules(project: Path) -> None:
    """Start-up: theme, language and the common widgets must not pull in what comes after the first paint."""
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from studio.ui.theme import Theme\n"
        "from studio.ui.translation import Language\n"
        "theme = Theme(app); theme.install(); Language(app, theme).choose('zh_CN')\n"
        "from studio.ui.widgets import Button, Label, Segments, FoldSection, LineField\n"
        "heavy = {'asyncio', 'qasync', 'pydantic', 'httpx', 'PIL', 'keyring', 'apsw', 'ssl', 'importlib.metadata'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_values_beside_chinese_words_are_filled_in_with_room(tool: ModuleType, project: Path) -> None:
    """`str.format` knows nothing of the space between a Chinese word and a Latin one; `filled` sets it."""
    tight = {
        message.findtext("source")
        for message in ET.parse(tool.CHINESE).iter("message")
        if re.search(
            r"[\u4e00-\u9fff]\{|\}[\u4e00-\u9fff]",
            "".join(part for one in message.iter("translation") for part in one.itertext()),
        )
    }
    assert len(tight) > 50
    found = [
        f"{path.relative_to(project)}:{node.lineno}"
        for path in tool.window_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        for words in ast.walk(node.func.value)
        if isinstance(words, ast.Constant) and words.value in tight
    ]
    assert found == []
