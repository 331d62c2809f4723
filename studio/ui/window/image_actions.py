"""Carries out what is wished of images: rating, tags, references, copying, the bin, other programs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImageReader

from studio.domain.errors import StudioError
from studio.domain.values import ImageId
from studio.ui.window.library_words import deed_words
from studio.ui.window.tags_dialog import TagsDialog
from studio.ui.window.vary import VaryOffer

if TYPE_CHECKING:
    from studio.bootstrap import Deed, DeedKind, LibraryChange, Studio
    from studio.domain.jobs import ImageRecord
    from studio.domain.request import GenerationRequest, Target
    from studio.ui.window.controller import WindowController
    from studio.ui.window.large_view import LargeView

T = TypeVar("T")


class ImageActions(QObject):
    """Listens to `StudioActions`. What changes the library ends with `library_changed`."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller, self._client, self._actions = controller, controller.client, controller.actions
        self._serial = 0
        self.vary = VaryOffer(controller)
        self._connect()

    def _connect(self) -> None:
        actions = self._actions
        actions.rate.connect(self._rate)
        actions.reject.connect(self._reject)
        actions.set_note.connect(self._set_note)
        actions.set_tags.connect(lambda ids, tags: self.start(self._in_turn(lambda: self._set_tags(ids, tags))))
        actions.edit_tags.connect(self._edit_tags)
        actions.trash.connect(self._trash)
        actions.restore.connect(self._restore)
        actions.load_settings.connect(lambda image: self.start(self._load(image)))
        actions.look_at_settings.connect(lambda image: self.start(self._look_at(image)))
        actions.vary.connect(lambda image: self.start(self._vary(image)))
        actions.follow_up.connect(lambda image, wanted: self.start(self._follow_up(image, wanted)))
        actions.use_as_reference.connect(lambda ids: self.start(self._use_as_reference(ids)))
        actions.copy_images.connect(lambda ids: self.start(self._copy(ids)))
        actions.copy_prompt.connect(lambda image: self.start(self._copy_prompt(image)))
        actions.show_in_folder.connect(lambda image: self.start(self._show_in_folder(image)))
        actions.open_large.connect(lambda image: self.start(self._open(image)))
        actions.find_file.connect(lambda image: self.start(self._show_in_folder(image)))

    # ------------------------------------------------------------------------------------------------ organising
    def _rate(self, image_ids: list[int], stars: int) -> None:
        chosen, deed = _ids(image_ids), _deed("rated", len(image_ids))
        self.change(
            lambda studio: studio.workspace.organiser.rate(chosen, stars, keep=deed),
            deed,
            tell=len(chosen) > 1,
            heard=self.tr("Rated {stars} of 5").format(stars=stars) if stars else self.tr("Not rated"),
        )

    def _reject(self, image_ids: list[int], rejected: bool) -> None:
        chosen, deed = _ids(image_ids), _deed("rejected" if rejected else "accepted", len(image_ids))
        self.change(
            lambda studio: studio.workspace.organiser.reject(chosen, rejected=rejected, keep=deed),
            deed,
            tell=len(chosen) > 1,
            heard=deed_words(deed),
        )

    def _set_note(self, image_id: int, note: str) -> None:
        one, deed = ImageId(image_id), _deed("noted", 1, joins=f"note {image_id}")
        self.change(lambda studio: studio.workspace.organiser.set_note(one, note, keep=deed), deed, tell=False)

    async def _set_tags(self, image_ids: Sequence[int], tags: Sequence[str]) -> None:
        """The images have exactly these tags afterwards; tags that only some of them had stay with those."""
        images = await self._images(image_ids)
        shared = set.intersection(*(set(image.tags) for image in images)) if images else set()
        gone, fresh = sorted(shared - set(tags)), sorted(set(tags) - shared)
        chosen, deed = _ids(image_ids), _deed("tagged", len(image_ids))
        await self._carry_out(
            lambda studio: studio.workspace.organiser.retag(chosen, add=fresh, remove=gone, keep=deed), deed
        )

    def _edit_tags(self, image_ids: list[int]) -> None:
        if not image_ids:
            return
        dialog = TagsDialog(self._controller.window)

        def add() -> None:
            chosen, tags, deed = _ids(image_ids), dialog.tags(), _deed("tagged", len(image_ids))
            if tags:
                self.change(lambda studio: studio.workspace.organiser.add_tags(chosen, tags, keep=deed), deed)

        dialog.accepted.connect(add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.field.setFocus()

    def _trash(self, image_ids: list[int]) -> None:
        chosen, deed = _ids(image_ids), _deed("binned", len(image_ids))
        if chosen:
            self.change(lambda studio: studio.workspace.organiser.trash(chosen, keep=deed), deed)

    def _restore(self, image_ids: list[int]) -> None:
        chosen, deed = _ids(image_ids), _deed("restored", len(image_ids))
        if chosen:
            self.change(lambda studio: studio.workspace.organiser.restore(chosen, keep=deed), deed)

    # ------------------------------------------------------------------------------------------------ iterating
    async def _load(self, image_id: int) -> None:
        """The settings of an image into the composer, with the one target it came from."""
        found = await self._settings_of(image_id)
        if found is not None:
            run, request, target = found
            self._controller.runs.set_parent(run.id)
            self._controller.composer.load(request, [target])
            self._controller.composer.focus_prompt()

    async def _look_at(self, image_id: int) -> None:
        """The settings of an image over the composer, which keeps its own."""
        found = await self._settings_of(image_id)
        if found is not None:
            run, request, target = found
            title = self.tr("Settings of an image of run {number}").format(number=run.id)
            self._controller.runs.look_at(title, run, request, [target])

    async def _settings_of(self, image_id: int) -> tuple[Any, GenerationRequest, Target] | None:
        """Run, request with the seed that was really used, and target; None after saying that they are not known."""
        image, run, target = await self._origin(image_id)
        if run is None:
            self._controller.say("warn", lambda: self.tr("The settings of this image are not known."))
            return None
        request = run.request
        if request.seed is None and image.seed is not None:
            request = request.model_copy(update={"seed": image.seed})
        return run, request, target

    async def _vary(self, image_id: int) -> None:
        """A small menu of variations with their prices."""
        found = await self._settings_of(image_id)
        if found is not None:
            self.vary.open(*found)

    async def _follow_up(self, image_id: int, wanted: Any) -> None:
        """A vendor's own action on a result, as a run of its own that continues the one it came from."""
        _image, run, target = await self._origin(image_id)
        if run is None:
            return
        await self._told(
            lambda studio: studio.engine.start(
                run.request, [target], parent_run_id=run.id, cache="never", follow_up=wanted
            )
        )

    async def _use_as_reference(self, image_ids: Sequence[int]) -> None:
        async def work(studio: Studio) -> list[Any]:
            return [await studio.reference_of_image(number) for number in image_ids[:16]]

        try:
            self._controller.composer.add_references(await self._client.run(work))
        except StudioError as error:
            self._controller.tell_problem(error.problem)

    async def _origin(self, image_id: int) -> tuple[ImageRecord, Any, Target]:
        image = (await self._images([image_id]))[0]
        page = await self._client.run(lambda studio: studio.workspace.library.run(image.run_id))
        run = page.run if page is not None else None
        jobs = [job for job in run.jobs if job.id == image.job_id] if run is not None else []
        from studio.domain.request import Target

        target = jobs[0].target if jobs else Target(provider=image.provider, model=image.model)
        return image, run, target

    # ------------------------------------------------------------------------------------------------ other programs
    async def _copy(self, image_ids: Sequence[int]) -> None:
        """One image as a picture and as a file; several as files."""
        paths = await self._paths(image_ids)
        if not paths:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        if len(paths) == 1:
            picture = await asyncio.to_thread(lambda: QImageReader(str(paths[0])).read())
            if not picture.isNull():
                mime.setImageData(picture)
        QGuiApplication.clipboard().setMimeData(mime)
        self._controller.say("done", lambda: self.tr("%n image(s) copied.", "", len(paths)))

    async def _copy_prompt(self, image_id: int) -> None:
        image = (await self._images([image_id]))[0]
        QGuiApplication.clipboard().setText(image.prompt)

    async def _show_in_folder(self, image_id: int) -> None:
        paths = await self._paths([image_id])
        if not paths:
            return
        path = paths[0]
        if sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        elif sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", str(path)])
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    async def _open(self, image_id: int) -> None:
        from studio.ui.window.large_view import LargeView

        images = await self._images([image_id])
        if not images:
            return
        view = LargeView(self._controller.window, self._client, images[0])
        if self._controller.gallery.current_image() == image_id:  # else it was opened from elsewhere: none is beside it
            view.stepped.connect(lambda by: self.start(self._step(view, by)))
        view.show_large()

    async def _step(self, view: LargeView, by: int) -> None:
        """The image beside it in the gallery, whose cursor goes along."""
        image_id = self._controller.gallery.step(by)
        images = await self._images([image_id]) if image_id is not None else []
        from shiboken6 import isValid

        if images and isValid(view):
            view.show_image(images[0])

    # ------------------------------------------------------------------------------------------------ inner
    async def _images(self, image_ids: Sequence[int]) -> list[ImageRecord]:
        wanted = _ids(image_ids)
        return await self._client.run(lambda studio: studio.workspace.library.images(wanted))

    async def _paths(self, image_ids: Sequence[int]) -> list[Path]:
        root = self._client.studio.workspace.folder.root
        return [root / image.path for image in await self._images(image_ids) if not image.missing]

    def change(
        self,
        work: Callable[[Studio], Awaitable[LibraryChange]],
        deed: Deed,
        *,
        tell: bool = True,
        heard: str = "",
    ) -> None:
        """Change the library; `work` keeps the `deed` in the history, so that it can be undone. See `LibraryUndo`.

        `heard`: what screen readers say of it where the deed is not told."""
        self.start(self._in_turn(lambda: self._carry_out(work, deed, tell=tell, heard=heard)))

    async def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        async with self._controller.undo.turn:
            await work()

    async def _carry_out(
        self,
        work: Callable[[Studio], Awaitable[LibraryChange]],
        deed: Deed,
        *,
        tell: bool = True,
        heard: str = "",
    ) -> None:
        changed = await self._told(work)
        if changed is not None:
            self._controller.undo.made(deed, changed, tell=tell)
            if heard and not tell:
                self._controller.answer(heard)
        self._actions.library_changed.emit()

    async def _told(self, work: Callable[[Studio], Awaitable[T]]) -> T | None:
        """Carry out work; None and a line in the message bar when it cannot be done."""
        try:
            return await self._client.run(work)
        except StudioError as error:
            self._controller.tell_problem(error.problem)
        except (ValueError, LookupError) as error:
            self._controller.say("warn", str(error))
        return None

    def start(self, work: Any) -> None:
        """Carry out a coroutine beside others."""
        self._serial += 1
        self._controller.tasks.start(f"image action {self._serial}", work)


def _ids(image_ids: Sequence[int]) -> list[ImageId]:
    return [ImageId(number) for number in image_ids]


def _deed(kind: DeedKind, count: int, **more: str) -> Deed:
    from studio.bootstrap import Deed

    return Deed(kind, count, **more)
