"""The bar at the bottom: what is under way on the left; today's money and the notifications on the right. Height 28."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from studio.ui.theme import Height, IconSize, RingShape, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Button,
    ButtonKind,
    ElidedLabel,
    Label,
    ProgressLine,
    Sign,
    Spinner,
    Themed,
    safe_override,
    set_tooltip,
)
from studio.ui.widgets.button import is_hovered, quiet_hover

if TYPE_CHECKING:
    from studio.domain.events import SpendingChanged
    from studio.ui.window.activity import Activity

STATUS_BAR_HEIGHT = 28


class _BellButton(Themed, QAbstractButton):
    """The bell with the number of unsettled notifications."""

    focus_ring = RingShape(4)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.SMALL, tabular=True))
        self.setFixedSize(active().scaled(44), active().scaled(24))

    def set_count(self, count: int) -> None:
        self._count = count
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self.tokens
        if is_hovered(self) or self.isDown():
            fill_box(painter, self.rect(), 4, quiet_hover(tokens))
        side = IconSize.ROW
        paint_icon(painter, "bell", QRectF(6, (self.height() - side) / 2, side, side), tokens.text2)
        painter.setPen(tokens.text2)
        painter.setFont(self.font())
        box = QRectF(6 + side + 6, 0, self.width() - side - 12, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter.value), str(self._count))
        painter.end()


class StatusBar(Translated, Themed, QWidget):
    """Tells what `Activity` sums up; its words open the queue, the bell opens the notifications."""

    queue_clicked = Signal()
    resume_clicked = Signal()
    notifications_clicked = Signal()
    spending_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity: Activity | None = None
        self._spending: SpendingChanged | None = None
        self._count = 0
        self._spinner = Spinner(14, parent=self)
        self._paused = Sign("pause", tone="warn", side=14, parent=self)
        self.queue_button = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self)
        self.resume_button = Button(kind=ButtonKind.LINK, height=Height.SMALL, parent=self)
        self._line = ProgressLine(0.0, parent=self)
        self._line.setFixedWidth(96)
        self._run = ElidedLabel(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self._money = Label(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self._money_line = ProgressLine(0.0, tone="text3", parent=self)
        self._money_line.setFixedWidth(64)
        self.bell = _BellButton(self)
        self.bell.clicked.connect(self.notifications_clicked)
        self._lay_out()
        self.restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 1, Space.S, 0)
        row.setSpacing(Space.S)
        self.queue_button.clicked.connect(self.queue_clicked)
        self.resume_button.clicked.connect(self.resume_clicked)
        for widget in (self._spinner, self._paused, self.queue_button, self.resume_button, self._line, self._run):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._money)
        row.addWidget(self._money_line)
        row.addSpacing(Space.M)
        row.addWidget(self.bell)

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(STATUS_BAR_HEIGHT))

    def add_left(self, widget: QWidget) -> None:
        """Put something of another part of the window behind what tells the activity."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self._run) + 1, widget)

    def show_activity(self, activity: Activity) -> None:
        self._activity = activity
        self._write_activity()

    def show_spending(self, spending: SpendingChanged) -> None:
        self._spending = spending
        self._write_money()

    def set_notification_count(self, count: int) -> None:
        self._count = count
        self.bell.set_count(count)
        self._name_bell()

    def retranslate(self) -> None:
        self._line.setAccessibleName(self.tr("Progress of the newest run"))
        self._money_line.setAccessibleName(self.tr("Part of today's limit that is used"))
        self._name_bell()
        self._write_activity()
        self._write_money()

    def _name_bell(self) -> None:
        name = self.tr("Notifications, {count}").format(count=self._count)
        self.bell.setAccessibleName(name)
        set_tooltip(self.bell, self.tr("Notifications"))

    def _write_activity(self) -> None:
        activity = self._activity
        busy = activity is not None and activity.running + activity.queued + activity.retrying > 0
        paused = activity is not None and (activity.paused or bool(activity.paused_runs))
        held = activity is not None and bool(activity.held_runs) and not activity.running + activity.retrying
        self._spinner.setVisible(busy and not paused and not held)
        self._paused.setVisible(paused)
        self.resume_button.setVisible(paused)
        self.resume_button.setText(self.tr("Go on"))
        self._line.setVisible(busy)
        words = self._activity_words()
        self.queue_button.setText(words)
        self.queue_button.setAccessibleName(self.tr("{words}. Open the queue").format(words=words))
        set_tooltip(self.queue_button, self.tr("Queue"))
        if activity is None or not busy:
            self._run.set_full_text("")
            return
        self._line.set_fraction(activity.fraction)
        self._run.set_full_text(
            self.tr("Run {number}: {done} of {total} models").format(
                number=activity.run_number, done=activity.jobs_done, total=activity.jobs_total
            )
        )

    def _activity_words(self) -> str:
        activity = self._activity
        if activity is None:
            return self.tr("Ready")
        parts = []
        if activity.paused:
            parts.append(self.tr("Paused"))
        elif activity.paused_runs:
            parts.append(self.tr("%n run(s) paused", "", len(activity.paused_runs)))
        if activity.running or (activity.queued + activity.retrying and not parts):
            parts.append(self.tr("{count} running").format(count=activity.running))
        if activity.retrying:
            parts.append(self.tr("{count} waiting to retry").format(count=activity.retrying))
        if activity.queued:
            parts.append(self.tr("{count} queued").format(count=activity.queued))
        return " · ".join(parts) or (self.tr("Nothing running") if activity.has_run else self.tr("Ready"))

    def _write_money(self) -> None:
        spending = self._spending
        self._money.setVisible(spending is not None)
        self._money_line.setVisible(spending is not None and spending.limit is not None)
        if spending is None:
            return
        spent = spending.billed
        if spending.limit is not None:
            words = self.tr("Today {spent} of {limit}").format(spent=spent, limit=spending.limit)
            total = spending.billed.amount + spending.reserved.amount + spending.unsure.amount
            self._money_line.set_fraction(float(total / spending.limit.amount) if spending.limit.amount else 1.0)
        else:
            words = self.tr("Today {spent}").format(spent=spent)
        if spending.unsure.amount:
            words += self.tr(", {amount} unsure").format(amount=spending.unsure)
        self._money.setText(words)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = active().tokens
        painter.fillRect(self.rect(), tokens.window)
        painter.fillRect(0, 0, self.width(), 1, tokens.line)
        painter.fillRect(self.bell.x() - 8, 8, 1, self.height() - 15, tokens.border)
        painter.end()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(1024, STATUS_BAR_HEIGHT)
