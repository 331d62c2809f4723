"""The page that a new user sees in place of the gallery: it makes Ctrl+Return work at once, without any account."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.theme import Radius, RingShape, Space, TextRole, active
from studio.ui.theme.resources import resource_path
from studio.ui.translation import LANGUAGES, Translated, translate
from studio.ui.widgets import (
    Button,
    ButtonKind,
    Label,
    Option,
    Paragraph,
    Segments,
    Themed,
    safe_override,
    set_surface,
)

PAGE_WIDTH = 768
_PICTURE = QSize(240, 160)
_CAPTION_HEIGHT = 44
_SHOWN_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Example:
    """Something to start from. `picture` is a file in resources/first_run, painted by Demo from these very settings."""

    name: str
    picture: str
    model: str
    prompt: str
    prompt_zh: str
    aspect_ratio: str = "3:2"
    images: int = 1
    seed: int | None = None


EXAMPLES = (
    Example("lake", "lake.webp", "demo-painter",
            "Misty lake at dawn, layered pine hills, low sun, quiet water with reflections, wide landscape",
            "黎明薄雾中的湖，层叠的松林山丘，低垂的太阳，平静的水面倒影，宽幅风景", images=4, seed=7),
    Example("tiles", "tiles.webp", "demo-poster",
            "Modernist tiles in sage, ochre, coral and navy, circles and quarter arcs, stripes, print texture",
            "现代主义瓷砖，鼠尾草绿、赭石、珊瑚与海军蓝，圆形与四分之一圆弧，条纹，印刷质感", images=3, seed=3),
    Example("portrait", "portrait.webp", "demo-papercut",
            "Paper-cut portrait, woman with a dark bob, coral sun disc, warm cream background",
            "剪纸肖像，深色波波头女子，珊瑚色日轮，暖奶油色背景", images=3, seed=11),
    Example("vase", "vase.webp", "demo-painter",
            "Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, sage and clay",
            "粗陶花瓶与两只梨，置于折叠的亚麻布上，午后斜阳穿过高窗，鼠尾草绿与陶土色", images=4, seed=5),
    Example("courtyard", "courtyard.webp", "demo-papercut",
            "Terracotta courtyard, stairs into a still pool, one orange sphere, hard noon sun, long blue shadows",
            "赤陶庭院，台阶通向静止的水池，一个橙色球体，正午强光，蓝色长影", images=3, seed=21),
    Example("night", "night.webp", "demo-poster",
            "Lighthouse on a cliff at night, full moon, three sailing boats, deep blue and amber",
            "夜晚悬崖上的灯塔，满月，三只帆船，深蓝与琥珀色", images=3, seed=9),
)  # fmt: skip


def example_title(example: Example) -> str:
    """Its name in the language in force."""
    titles = {
        "lake": translate("FirstRun", "Misty lake at dawn"),
        "tiles": translate("FirstRun", "Modernist tiles"),
        "portrait": translate("FirstRun", "Paper-cut portrait"),
        "vase": translate("FirstRun", "Vase and pears"),
        "courtyard": translate("FirstRun", "Courtyard at noon"),
        "night": translate("FirstRun", "Lighthouse at night"),
    }
    return titles[example.name]


class _ExampleCard(Themed, QAbstractButton):
    """A picture with its name and what it makes; clicking loads it into the composer."""

    focus_ring = RingShape(Radius.CONTROL)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.example = EXAMPLES[0]
        self._picture = QPixmap()
        self._note = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(150)
        self.setMaximumWidth(_PICTURE.width())

    def hasHeightForWidth(self) -> bool:
        return True

    @safe_override(0)
    def heightForWidth(self, width: int) -> int:
        return round(width * _PICTURE.height() / _PICTURE.width()) + _CAPTION_HEIGHT

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(_PICTURE.width(), self.heightForWidth(_PICTURE.width()))

    def show_example(self, example: Example, note: str) -> None:
        self.example, self._note = example, note
        title = example_title(example)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        reader = QImageReader(str(resource_path("first_run") / example.picture))
        ratio = self.devicePixelRatioF()
        reader.setScaledSize(QSize(round(_PICTURE.width() * ratio), round(_PICTURE.height() * ratio)))
        self._picture = QPixmap.fromImage(reader.read())
        self._picture.setDevicePixelRatio(ratio)
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self.tokens
        box = QRectF(0, 0, self.width(), self.height() - _CAPTION_HEIGHT)
        if self._picture.isNull():
            painter.fillRect(box, tokens.cell)
        else:
            painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
        left = int(Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value)
        painter.setPen(tokens.text)
        painter.setFont(active().font(TextRole.BASE, 500))
        painter.drawText(QRectF(0, box.height() + 8, box.width(), 16), left, self.text())
        painter.setPen(tokens.text2)
        painter.setFont(active().font(TextRole.SMALL))
        painter.drawText(QRectF(0, box.height() + 26, box.width(), 16), left, self._note)
        painter.end()


class _Line(Themed, QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.tokens.separator)


class FirstRunPage(Translated, QScrollArea):
    """Heading, two ways on, three examples, language and appearance."""

    example_chosen = Signal(object)
    add_key_clicked = Signal()
    guide_clicked = Signal()
    language_chosen = Signal(object)
    scheme_chosen = Signal(object)

    def __init__(self, language: str, scheme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._first_shown = 0
        page = QWidget(self)
        set_surface(page, "canvas")
        self.setWidget(page)
        self._heading = Label(role=TextRole.HEADING, weight=600, parent=page)
        self._text = Paragraph(role=TextRole.PROMPT, tone="text2", parent=page)
        self._add_key = Button(icon_name="key-round", height=36, parent=page)
        self._guide = Button(kind=ButtonKind.QUIET, icon_name="book-open", height=36, parent=page)
        self._examples_title = Label(role=TextRole.PROMPT, weight=600, parent=page)
        self._others = Button(kind=ButtonKind.QUIET, icon_name="shuffle", parent=page)
        self._others.counts_quick_clicks = True
        self._cards = [_ExampleCard(page) for _ in range(_SHOWN_AT_ONCE)]
        self._language_title = Label(tone="text2", parent=page)
        self._language = Segments([Option(code, name) for code, name in LANGUAGES.items()], parent=page)
        self._language.set_value(language)
        self._scheme_title = Label(tone="text2", parent=page)
        self._scheme = Segments(parent=page)
        self._scheme_value = scheme
        self._later = Label(role=TextRole.SMALL, tone="text2", parent=page)
        self._later.setWordWrap(True)
        self._lay_out(page)
        self._connect()
        self.retranslate()

    def _lay_out(self, page: QWidget) -> None:
        column = QWidget(page)
        column.setMaximumWidth(PAGE_WIDTH)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._heading)
        rows.addSpacing(Space.S)
        rows.addWidget(self._text)
        rows.addSpacing(Space.XL - 4)
        rows.addLayout(_row(self._add_key, self._guide))
        rows.addSpacing(Space.XXL)
        rows.addWidget(_Line(column))
        rows.addSpacing(Space.L)
        title_row = _row(self._examples_title)
        title_row.addWidget(self._others)
        rows.addLayout(title_row)
        rows.addSpacing(Space.XS)
        cards = QHBoxLayout()
        cards.setSpacing(Space.XL)
        for card in self._cards:
            cards.addWidget(card)
        rows.addLayout(cards)
        rows.addSpacing(Space.XL)
        rows.addWidget(_Line(column))
        rows.addSpacing(Space.L)
        rows.addLayout(self._choices())
        rows.addSpacing(Space.S)
        rows.addWidget(self._later)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        outer.addStretch(1)
        outer.addWidget(column, 1000, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def _choices(self) -> QHBoxLayout:
        row = _row(self._language_title, self._language)
        row.insertSpacing(1, Space.M)
        row.addWidget(self._scheme_title)
        row.addSpacing(Space.M)
        row.addWidget(self._scheme)
        return row

    def _connect(self) -> None:
        for card in self._cards:
            card.clicked.connect(lambda _checked=False, chosen=card: self.example_chosen.emit(chosen.example))
        self._add_key.clicked.connect(self.add_key_clicked)
        self._guide.clicked.connect(self.guide_clicked)
        self._others.clicked.connect(self._show_others)
        self._language.chosen.connect(self.language_chosen)
        self._scheme.chosen.connect(self._choose_scheme)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Press Generate. No account needed."))
        self._text.setText(
            self.tr(
                "The Demo provider paints its own simple pictures on this computer: no key, no cost, no network. "
                "Everything else works exactly as with the paid providers, so you can try it all first."
            )
        )
        self._add_key.setText(self.tr("Add a provider key..."))
        self._guide.setText(self.tr("Short guide"))
        self._examples_title.setText(self.tr("Or start from one of these"))
        self._others.setText(self.tr("Others"))
        self._language_title.setText(self.tr("Language"))
        self._language.setAccessibleName(self.tr("Language"))
        self._scheme_title.setText(self.tr("Appearance"))
        self._scheme.setAccessibleName(self.tr("Appearance"))
        schemes = {"system": self.tr("System"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        self._scheme.set_options([Option(value, text) for value, text in schemes.items()])
        self._scheme.set_value(self._scheme_value)
        self._later.setText(self.tr("Both can be changed later in Preferences."))
        self._show_cards()

    def set_choices(self, language: str, scheme: str) -> None:
        """Language and appearance as they were chosen elsewhere."""
        self._scheme_value = scheme
        self._language.set_value(language)
        self._scheme.set_value(scheme)

    def _choose_scheme(self, scheme: str) -> None:
        self._scheme_value = scheme
        self.scheme_chosen.emit(scheme)

    def _show_others(self) -> None:
        self._first_shown = (self._first_shown + _SHOWN_AT_ONCE) % len(EXAMPLES)
        self._show_cards()

    def _show_cards(self) -> None:
        for offset, card in enumerate(self._cards):
            example = EXAMPLES[(self._first_shown + offset) % len(EXAMPLES)]
            card.show_example(example, self.tr("1 prompt, %n image(s)", "", example.images))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
