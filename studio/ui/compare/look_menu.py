"""The ways to look that have no button of their own: loupe, grey, mirrored, direction of the wipe, surround."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import Mode
from studio.ui.translation import translate
from studio.ui.widgets import Menu


def look_menu(table: LightTable, parent: QWidget) -> Menu:
    """A menu over the table as it stands; single keys are shown, they belong to the table."""
    menu = Menu("", parent)
    menu.aboutToHide.connect(menu.deleteLater)
    loupe = translate("CompareMenu", "Loupe")
    menu.add(loupe, lambda: table.set_loupe(not table.loupe), shortcut="L", checked=table.loupe)
    grey = translate("CompareMenu", "Grey")
    menu.add(grey, lambda: table.set_grey(not table.grey), shortcut="G", checked=table.grey)
    mirrored = translate("CompareMenu", "Mirrored")
    menu.add(mirrored, lambda: table.set_mirrored(not table.mirrored), shortcut="M", checked=table.mirrored)
    names = translate("CompareMenu", "Names on the images")
    menu.add(
        names,
        lambda: table.set_show_names(not table.show_names),
        shortcut="N",
        checked=table.show_names and not table.blind,
        available=not table.blind,
        reason=translate("CompareMenu", "Names are hidden until the vote is over."),
    )
    side = table.mode is Mode.SIDE
    menu.add(
        translate("CompareMenu", "Next image for the keys"),
        lambda: table.chosen.step(1),
        shortcut="PgDown",
        available=side,
        reason=translate("CompareMenu", "Images lie over each other: keys act on A and B."),
    )
    menu.addSeparator()
    level = translate("CompareMenu", "Wipe from top to bottom")
    menu.add(
        level, lambda: table.set_wipe_upright(not table.wipe_upright), shortcut="H", checked=not table.wipe_upright
    )
    offsets = translate("CompareMenu", "Bring moved images back")
    menu.add(
        offsets,
        table.viewport.reset_offsets,
        icon_name="undo-2",
        available=table.viewport.has_offsets,
        reason=translate("CompareMenu", "Drag with Ctrl or Alt, or press Alt and an arrow key: one image moves alone."),
    )
    menu.addSeparator()
    surround = menu.add_menu(translate("CompareMenu", "Surround"))
    for name, words in surrounds():
        surround.add(words, partial(table.set_surround, name), checked=table.surround == name)
    return menu


def surrounds() -> list[tuple[str, str]]:
    """Backgrounds for judging colour, by name."""
    return [
        ("theme", translate("CompareMenu", "Theme")),
        ("black", translate("CompareMenu", "Black")),
        ("dark", translate("CompareMenu", "Dark")),
        ("middle", translate("CompareMenu", "Middle")),
        ("light", translate("CompareMenu", "Light")),
        ("white", translate("CompareMenu", "White")),
    ]
