"""Carries out what is wished of collections: choosing one for images, taking images out, looking after them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.values import ImageId
from studio.ui.gallery.query_text import Filter

if TYPE_CHECKING:
    from studio.bootstrap import Collection, Deed, DeedKind, LibraryChange, Studio
    from studio.ui.window.controller import WindowController


class CollectionActions(QObject):
    """Each change can be undone; images are never touched by what becomes of a collection."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        actions = controller.actions
        actions.collect.connect(self._collect)
        actions.uncollect.connect(self._uncollect)
        actions.pick_collection.connect(self._pick)
        actions.manage_collections.connect(self._open)
        actions.show_collection.connect(self._show)

    def _collect(self, image_ids: list[int], name: str) -> None:
        chosen, deed = [ImageId(one) for one in image_ids], _deed("collected", len(image_ids), name)
        self._controller.images.change(
            lambda studio: studio.workspace.organiser.collect_as(name, chosen, keep=deed), deed
        )

    def _uncollect(self, image_ids: list[int], name: str) -> None:
        chosen, deed = [ImageId(one) for one in image_ids], _deed("uncollected", len(image_ids), name)

        async def work(studio: Studio) -> LibraryChange:
            from studio.bootstrap import LibraryChange

            organiser = studio.workspace.organiser
            found = [one for one in await organiser.collections() if one.name.casefold() == name.casefold()]
            return await organiser.uncollect(found[0].id, chosen, keep=deed) if found else LibraryChange()

        self._controller.images.change(work, deed)

    def rename(self, collection: Collection, name: str) -> None:
        """The images stay in it; filters by the old name follow."""
        deed = _deed("renamed", 0, collection.name, name)
        self._controller.images.change(
            lambda studio: studio.workspace.organiser.rename_collection(collection.id, name, keep=deed), deed
        )
        gallery = self._controller.gallery
        for chip in gallery.bar.chosen:
            if chip.field == "collection" and collection.name in chip.values:
                kept = tuple(name if value == collection.name else value for value in chip.values)
                gallery.add_filter(Filter("collection", kept))

    def remove(self, collection: Collection) -> None:
        """Its images stay in the library."""
        deed = _deed("removed", 0, collection.name)
        self._controller.images.change(
            lambda studio: studio.workspace.organiser.remove_collection(collection.id, keep=deed), deed
        )

    def add(self, name: str) -> None:
        """An empty one."""
        deed = _deed("made", 0, name)
        self._controller.images.change(lambda studio: studio.workspace.organiser.collect_as(name, [], keep=deed), deed)

    def _show(self, name: str) -> None:
        controller = self._controller
        controller.show_gallery()
        if controller.window.centre.currentWidget() is not controller.gallery:
            controller.show_view("grid")
        controller.gallery.add_filter(Filter("collection", (name,)))
        controller.gallery.setFocus()

    def _pick(self, image_ids: list[int]) -> None:
        if image_ids:
            from studio.ui.window.collection_picker import CollectionPicker

            picker = CollectionPicker(self._controller, image_ids)
            picker.open_at(self._controller.gallery.bar)

    def _open(self) -> None:
        from studio.ui.window.collections_dialog import CollectionsDialog

        dialog = CollectionsDialog(self._controller)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _deed(kind: DeedKind, count: int, name: str, new_name: str = "") -> Deed:
    from studio.bootstrap import Deed

    return Deed(kind, count, name, new_name)
