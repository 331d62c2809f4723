"""Pictures of every widget in every state, for the eye.

    python -m tests.ui.foundation.showcase OUT [SCALE ...]

writes OUT/<page>-<theme>-<language>-<scale>.png: offscreen, both themes, both languages, at 1x and 2x unless scales are
named. Look at them beside the pictures of the interface specification after every change of a widget.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Scheme, Space, TextRole, Theme, active
from studio.ui.translation import Language
from studio.ui.widgets import (
    Button,
    ButtonKind,
    CheckBox,
    Chip,
    ChipKind,
    ComboBox,
    DropFrame,
    ElidedLabel,
    FieldFrame,
    FlowLayout,
    FoldSection,
    IconButton,
    Label,
    LineField,
    Menu,
    Message,
    MessageBar,
    MessageKind,
    Monogram,
    NumberField,
    Option,
    Paragraph,
    Pill,
    PlainTextEdit,
    Popover,
    PrimaryButton,
    ProgressLine,
    Question,
    RadioButton,
    RatioChips,
    Segments,
    SelectableText,
    Sign,
    Slider,
    SliderField,
    Spinner,
    SpinStepper,
    StarRating,
    Switch,
    set_available,
    set_surface,
)

PROMPT = (
    "Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, long soft shadows,"
    " lime-plaster wall, muted sage and clay, 50 mm editorial still life"
)
WORDS = {
    "Generate": "生成",
    "Cancel": "取消",
    "Load settings": "载入设置",
    "Use as reference": "用作参考图",
    "Export...": "导出…",
    "Add filter": "添加筛选",
    "Runs": "批次",
    "Grid": "网格",
    "Compare": "对比",
    "Prompt": "提示词",
    "Seed": "种子",
    "Images": "张数",
    "Style": "风格",
    "Size": "尺寸",
    "Editorial film": "杂志胶片",
    "Portrait": "竖版海报",
    "Negative": "反向",
    "Facts": "图片信息",
    "Exact request": "完整请求",
    "Drop or paste": "拖放或粘贴",
    "Drop to add": "松开以添加",
    "Own folder for each run": "每个批次单独建文件夹",
    "Add a number": "添加编号",
    "Replace": "替换",
    "Rating": "评分",
    "3 and up": "3 星及以上",
    "Today": "今天",
    "Test connection": "测试连接",
    "Zoom together": "同步缩放",
    PROMPT: "粗陶花瓶与两只梨，置于折叠的亚麻布上，午后斜阳穿过高窗，拖出柔长的影子，石灰抹面墙，"
    "低饱和鼠尾草绿与陶土色，50 毫米镜头，杂志静物摄影",
    "1 image may have been billed.": "1 张图片可能已扣费。",
    "It counts as $0.06 of today's spending until you decide.": "在您决定之前，按 $0.06 计入今日支出。",
    "Show it": "查看",
    "Delete 3 images?": "删除 3 张图片？",
    "They go to the bin of this workspace. Undo brings them back.": "它们会移入此工作区的回收站，可撤销。",
    "Delete": "删除",
}


def w(text: str) -> str:
    """The sample words in the language in force."""
    return WORDS.get(text, text) if active().chinese else text


def line(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side."""
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


def page(surface: str = "panel") -> tuple[QWidget, QVBoxLayout]:
    """An empty page and its column."""
    widget = QWidget()
    set_surface(widget, surface)
    column = QVBoxLayout(widget)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(Space.S)
    return widget, column


def hovered(widget: QWidget) -> QWidget:
    """The widget as under the pointer."""
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    return widget


def pressed(button: Button | IconButton | Chip) -> QWidget:
    """The button as held down."""
    button.setDown(True)
    return button


def disabled(widget: QWidget) -> QWidget:
    """The widget as not available."""
    set_available(widget, False, "Nothing is ticked")
    return widget


def buttons() -> QWidget:
    """Every kind of button: rest, hover, pressed, disabled, busy."""
    widget, column = page()
    for kind in ButtonKind:
        column.addLayout(
            line(
                Button(w("Load settings"), kind=kind),
                hovered(Button(w("Load settings"), kind=kind)),
                pressed(Button(w("Load settings"), kind=kind)),
                disabled(Button(w("Load settings"), kind=kind)),
                Button(w("Export..."), kind=kind, icon_name="download", hint="Ctrl E"),
            )
        )
    link = Button("Get a key", kind=ButtonKind.LINK)
    column.addLayout(
        line(Sign("lock"), Label("Kept in the system keyring.", tone="text2"), link, Sign("info", tone="warn"))
    )
    busy = Button(w("Test connection"))
    busy.set_busy(True)
    compact = Button(w("Compare"), kind=ButtonKind.QUIET, icon_name="columns-2")
    compact.set_compact(True)
    column.addLayout(
        line(
            busy,
            compact,
            Button(w("Cancel"), height=24),
            Button(w("Cancel"), height=32),
            Button(w("Compare"), height=24, trailing_icon="chevron-down"),
            Button("Open page", height=24, trailing_icon="external-link"),
        )
    )
    footer = line(Button(w("Cancel"), height=36), stretch=False)
    footer.addWidget(PrimaryButton(w("Generate"), hint="Ctrl ↵", height=36), 1)
    column.addLayout(footer)
    names = ("settings", "panel-left", "panel-right", "history", "maximize-2", "shuffle", "image-plus", "ellipsis")
    icons = [IconButton(name, name) for name in names]
    toggled = IconButton("panel-left", "Composer", checkable=True)
    toggled.setChecked(True)
    locked = IconButton("lock", "Lock", checkable=True, accent_on=True, side=24)
    locked.setChecked(True)
    column.addLayout(
        line(*icons, toggled, locked, hovered(IconButton("copy", "Copy")), disabled(IconButton("trash-2", "Delete")))
    )
    column.addStretch(1)
    return widget


def choices() -> QWidget:
    """Segments, ratios, toggles, chips, stars, sliders."""
    widget, column = page()
    views = [
        Option(1, w("Runs"), "rows-3"),
        Option(2, w("Grid"), "layout-grid"),
        Option(3, w("Compare"), "columns-2"),
    ]
    segments = Segments(views, name="View")
    segments.set_value(1)
    partly = Segments([Option(v, v) for v in ("Original", "PNG", "JPEG", "WebP", "AVIF")], name="Format")
    partly.set_value("JPEG")
    partly.set_value_available("AVIF", False, "Not for this model")
    stretched = Segments([Option(v, v) for v in ("Auto", "Low", "Medium", "High")], name="Quality", stretch=True)
    stretched.set_value("Medium")
    off = Segments([Option(v, v) for v in ("0", "1", "2", "3")], name="Previews")
    off.set_value("3")
    column.addLayout(line(segments, disabled(off)))
    column.addLayout(line(partly))
    column.addWidget(stretched)
    ratios = RatioChips(name="Aspect ratio")
    ratios.set_ratio((4, 5))
    ratios.set_ratio_available((21, 9), False, "Not for this model")
    hovered(ratios.buttons()[5])
    column.addWidget(ratios)
    checked = CheckBox(w("Own folder for each run"))
    checked.setChecked(True)
    partial = CheckBox("Some")
    partial.setTristate(True)
    partial.setCheckState(Qt.CheckState.PartiallyChecked)
    column.addLayout(line(checked, CheckBox("Off"), partial, hovered(CheckBox("Hover")), disabled(CheckBox("No"))))
    radio = RadioButton(w("Add a number"))
    radio.setChecked(True)
    column.addLayout(line(radio, RadioButton(w("Replace")), disabled(RadioButton("No"))))
    switch = Switch("Blind")
    switch.setChecked(True)
    dead = Switch("Off")
    dead.setChecked(True)
    column.addLayout(line(switch, Switch("Off"), hovered(Switch("Hover")), disabled(dead)))
    flow = FlowLayout()
    ticked = Chip("Light", kind=ChipKind.OUTLINE, checkable=True)
    ticked.setChecked(True)
    for chip in (
        Chip(w("Today"), removable=True, remove_words="Remove filter"),
        Chip(w("3 and up"), name=w("Rating"), removable=True),
        hovered(Chip("autumn or hero", name="Tag", removable=True)),
        Chip(w("Add filter"), kind=ChipKind.OUTLINE, icon_name="plus"),
        ticked,
        Chip("Composition", kind=ChipKind.OUTLINE, checkable=True),
        Chip("autumn", kind=ChipKind.TAG),
        Chip("hero", kind=ChipKind.TAG),
        Chip("Tag", kind=ChipKind.TAG_OUTLINE, icon_name="plus"),
        disabled(Chip("gone", removable=True)),
    ):
        flow.addWidget(chip)
    column.addLayout(flow)
    column.addLayout(line(StarRating(4), StarRating(0), StarRating(5), disabled(StarRating(2))))
    column.addWidget(SliderField(value=92, name="Quality"))
    column.addLayout(line(Slider(value=0), Slider(value=100), disabled(Slider(value=50)), stretch=False))
    column.addStretch(1)
    return widget


def fields() -> QWidget:
    """Fields, editors, labels, and the composer's prompt box."""
    widget, column = page()
    box = FieldFrame()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(10, 9, 10, 8)
    inside.setSpacing(8)
    editor = PlainTextEdit(w(PROMPT), lines=(5, 12), bare=True, name="Prompt")
    editor.setObjectName("first")
    box.watch(editor)
    inside.addWidget(editor)
    column.addWidget(box)
    column.addWidget(PlainTextEdit("", lines=(2, 4), placeholder="Negative prompt", role=TextRole.BASE))
    combo = ComboBox(name="Preset")
    combo.add_options([(w("Portrait"), 1), ("Landscape", 2)])
    column.addLayout(
        line(
            NumberField(896, prefix="W"),
            IconButton("link-2", "Link", side=24),
            NumberField(1120, prefix="H"),
            combo,
            disabled(NumberField(30, decimals=2, prefix="¥")),
        )
    )
    seed = LineField("48213", name="Seed")
    lock = IconButton("lock", "Lock", side=24, checkable=True, accent_on=True)
    lock.setChecked(True)
    seed.add_trailing(IconButton("dice-5", "Roll", side=24))
    seed.add_trailing(lock)
    column.addLayout(
        line(
            Label(w("Seed"), weight=600, tone="text2"),
            seed,
            Label(w("Images"), weight=600, tone="text2"),
            SpinStepper(1, name="Images"),
            stretch=False,
        )
    )
    small = ComboBox(name="Where", small=True)
    small.add_options([("In cell, across", 1)])
    off = ComboBox(name="Off")
    off.add_options([(w("Editorial film"), 1)])
    empty = LineField(placeholder="random", name="Seed")
    column.addLayout(line(small, disabled(off), empty, disabled(LineField("disabled")), stretch=False))
    column.addWidget(ElidedLabel("2026-11-20_048_qwen-image-3.0_late-afternoon_with_a_name_that_is_far_too_long_01.jpg",
                                 elide=Qt.TextElideMode.ElideMiddle))  # fmt: skip
    for tone in ("text", "text2", "text3", "danger", "warn", "ok", "accent_text"):
        column.addWidget(Label(f"{tone}: <img src='/etc/passwd'> {w('Exact request')} 0123456789", tone=tone))
    column.addWidget(Paragraph(w(PROMPT), max_lines=2))
    request = '{ "model": "gpt-image-2",\n  "size": "896x1120" }'
    column.addWidget(SelectableText(request, code=True, role=TextRole.SMALL))
    cost = Label("$0.12", role=TextRole.TITLE, weight=600, tabular=True)
    column.addLayout(line(cost, Label("Heading", role=TextRole.HEADING, weight=600)))
    column.addStretch(1)
    return widget


def signs() -> QWidget:
    """Message bar, drop frames, sections, progress, pills."""
    widget, column = page()
    bar = MessageBar()
    active_motion = active().reduced_motion
    active().set_reduced_motion(True)
    bar.post(
        Message(
            "a",
            w("1 image may have been billed."),
            w("It counts as $0.06 of today's spending until you decide."),
            MessageKind.MAY_BE_BILLED,
            w("Show it"),
        )
    )
    active().set_reduced_motion(active_motion)
    column.addWidget(bar)
    idle, over, reading = (DropFrame(lambda _mime: True) for _ in range(3))
    for frame in (idle, over, reading):
        frame.set_words(idle=w("Drop or paste"), over=w("Drop to add"), reading="Reading...", name="Reference images")
    over.dragEnterEvent(_FakeDrag())  # type: ignore[arg-type]  # only what the frame asks of it
    reading.set_reading(True)
    column.addLayout(line(idle, over, reading, stretch=False))
    column.addLayout(
        line(
            Monogram("O"),
            Monogram("T"),
            Monogram("V", side=20),
            Monogram("M", side=28),
            Pill("62 %"),
            Pill("Cached · $0.00", icon_name="archive-restore"),
            Spinner(14),
            Spinner(20),
        )
    )
    column.addWidget(ProgressLine(0.4))
    column.addWidget(ProgressLine(None))
    column.addWidget(ProgressLine(0.2, tone="text3"))
    folded = FoldSection(w("Exact request"), open_=False)
    opened = FoldSection(w("Exact request"))
    opened.body().addWidget(Paragraph(w(PROMPT)))
    opened.add_to_heading(IconButton("copy", "Copy", side=24))
    facts = FoldSection(w("Facts"), foldable=False)
    facts.body().addLayout(line(Label(w("Size"), tone="text2"), Label("896 × 1120 px", selectable=True)))
    for section in (folded, opened, facts):
        column.addWidget(section)
    column.addStretch(1)
    return widget


class _FakeDrag:
    def mimeData(self) -> None:
        return None

    def acceptProposedAction(self) -> None:
        return None


def over_window() -> QWidget:
    """A question over its dimmed window, a menu and a popover: composed, since offscreen windows have no places."""
    base = fields()
    base.resize(760, 620)
    base.show()
    question = Question(
        base,
        title=w("Delete 3 images?"),
        text=w("They go to the bin of this workspace. Undo brings them back."),
        primary=w("Delete"),
    )
    question.open()
    menu = Menu()
    menu.add(w("Load settings"), icon_name="corner-up-left", shortcut="R")
    menu.add(w("Use as reference"), icon_name="image-plus", shortcut="U")
    menu.addSeparator()
    menu.add(w("Compare"), icon_name="columns-2", checked=True)
    menu.add("R&B <b>bold</b>", available=False, reason="<b>why</b>")
    popover = Popover(base, name="Presets")
    popover.body.addWidget(Label(w("Size"), weight=600))
    popover.body.addWidget(CheckBox(w("Own folder for each run")))
    menu.popup(QPoint(0, 0))
    menu.hide()
    popover.adjustSize()
    combo = ComboBox(name="c")
    combo.add_options([(w("Portrait"), 1), ("Landscape", 2), ("Square", 3)])
    combo.setCurrentIndex(1)
    combo.resize(combo.sizeHint())
    combo.show()
    combo.showPopup()
    process()
    picture = base.grab()
    _stamp(picture, question, QPoint(150, 180))
    _stamp(picture, menu, QPoint(16, 420))
    _stamp(picture, popover, QPoint(300, 420))
    _stamp(picture, combo.view().window(), QPoint(560, 420))
    combo.hidePopup()
    combo.close()
    question.reject()
    base.close()
    return _Picture(picture)


class _Picture(QWidget):
    """A page that is already a picture."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self.picture = picture


def _stamp(picture: QPixmap, widget: QWidget, place: QPoint) -> None:
    ratio = picture.devicePixelRatio()
    painter = QPainter(picture)
    painter.drawPixmap(place, widget.grab())
    painter.end()
    picture.setDevicePixelRatio(ratio)


def focus() -> QWidget:
    """Each kind of control with the keyboard focus."""
    tiles: list[tuple[QWidget, QWidget]] = []
    segments = Segments([Option(1, w("Runs")), Option(2, w("Grid"))], name="View")
    segments.set_value(1)
    ratios = RatioChips(name="Ratio")
    ratios.set_ratio((4, 5))
    fold = FoldSection(w("Facts"))
    fold.body().addWidget(Label("x"))
    stepper, number, seed = SpinStepper(2), NumberField(896, prefix="W"), LineField("48213")
    combo = ComboBox(name="c")
    combo.add_options([("Portrait", 1)])
    singles: list[QWidget] = [
        Button(w("Cancel")),
        PrimaryButton(w("Generate")),
        IconButton("settings", "Settings"),
        Chip(w("Today"), removable=True),
        CheckBox("Check"),
        RadioButton("Radio"),
        Switch("Switch"),
        StarRating(3),
        Slider(value=40),
        DropFrame(lambda _mime: True),
        combo,
    ]
    tiles += [(single, single) for single in singles]
    tiles += [
        (segments, segments.button(1)),
        (ratios, ratios.buttons()[1]),
        (fold, fold.heading()),
        (stepper, stepper.box),
        (number, number.box),
        (seed, seed.edit),
    ]
    sheet = QPixmap(QSize(760, 380) * ratio())
    sheet.setDevicePixelRatio(ratio())
    sheet.fill(active().tokens.panel)
    painter = QPainter(sheet)
    for number_, (content, target) in enumerate(tiles):
        widget, column = page()
        column.addWidget(content)
        column.addStretch(1)
        widget.resize(190, 84)
        widget.show()
        widget.activateWindow()
        target.setFocus(Qt.FocusReason.TabFocusReason)
        process()
        painter.drawPixmap(QPoint(number_ % 4 * 190, number_ // 4 * 76), widget.grab())
        widget.close()
    painter.end()
    return _Picture(sheet)


PAGES: dict[str, tuple[Callable[[], QWidget], QSize]] = {
    "buttons": (buttons, QSize(720, 330)),
    "choices": (choices, QSize(480, 560)),
    "fields": (fields, QSize(480, 720)),
    "signs": (signs, QSize(560, 460)),
    "over": (over_window, QSize(760, 620)),
    "focus": (focus, QSize(760, 380)),
}


def process() -> None:
    """Let layouts, polish and posted events happen."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents()


def ratio() -> float:
    """The device pixel ratio of this process."""
    return QApplication.primaryScreen().devicePixelRatio()


def render(folder: Path, scale: str) -> None:
    """All pages in both themes and languages at the scale of this process."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.install()
    language = Language(app, theme)
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        theme.set_scheme(scheme)
        for code in ("en", "zh_CN"):
            language.choose(code)
            for name, (build, size) in PAGES.items():
                widget = build()
                if isinstance(widget, _Picture):
                    picture = widget.picture
                else:
                    widget.resize(size)
                    widget.show()
                    widget.activateWindow()
                    first = widget.findChild(PlainTextEdit, "first")
                    if first is not None:
                        first.setFocus(Qt.FocusReason.TabFocusReason)
                    process()
                    picture = widget.grab()
                    widget.close()
                picture.save(str(folder / f"{name}-{scheme.value}-{code}-{scale}x.png"))
                widget.deleteLater()
                process()
    for extra in (110, 125):
        theme.set_scheme(Scheme.DARK)
        theme.set_scale_percent(extra)
        widget = choices()
        widget.resize(620, 680)
        widget.show()
        process()
        widget.grab().save(str(folder / f"choices-dark-zh_CN-text{extra}-{scale}x.png"))
        widget.close()


def main(arguments: list[str]) -> int:
    """Start one process for each scale, since Qt reads the scale once."""
    if len(arguments) == 3 and arguments[0] == "--render":
        render(Path(arguments[1]), arguments[2])
        return 0
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for scale in arguments[1:] or ["1", "2"]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        command = [sys.executable, "-m", "tests.ui.foundation.showcase", "--render", str(folder), scale]
        subprocess.run(command, env=environment, check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
