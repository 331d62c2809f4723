"""The runs as a list, newest first: one row is one run with its tiles. Only runs near what is looked at are read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.ui.gallery import run_words
from studio.ui.gallery.live import LiveTiles
from studio.ui.gallery.run_row import RunRow, make_row
from studio.ui.tasks import TaskBag
from studio.ui.widgets import safe_override

if TYPE_CHECKING:
    from studio.bootstrap import LibraryQuery, RunPage, Studio
    from studio.domain.capability import ProviderSpec
    from studio.domain.jobs import ImageRecord, Run
    from studio.domain.request import GenerationRequest
    from studio.domain.values import RunId
    from studio.ui.client import StudioClient

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `RunRow`, or None while it has not been read yet."""

PAGE_ROWS = 16
_PAGES_KEPT = 24

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Entry:
    """A run as read, and the request it is compared with."""

    run: Run
    images: tuple[ImageRecord, ...]
    before: GenerationRequest | None


class RunsModel(QAbstractListModel):
    """`counted` carries how many runs the query matches and how many there are in all."""

    counted = Signal(int, int)
    row_changed = Signal(int)
    """A tile of this row looks different; its height stays."""

    def __init__(
        self,
        client: StudioClient,
        live: LiveTiles,
        on_fault: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._live = client, live
        self._tasks = TaskBag(self, on_fault)
        self._specs: Mapping[str, ProviderSpec] = {}
        self._query: LibraryQuery | None = None
        self._shown: LibraryQuery | None = None
        self._looked_at = 0
        self._arrivals = 0
        self._generation = 0
        self._head: list[_Entry] = []
        self._strangers = 0
        self._pages_on_top = 0
        """How many pages have been put in front of the others, whose numbers have grown by this."""
        self._stored = self._total = 0
        self._pages: OrderedDict[int, list[_Entry]] = OrderedDict()
        self._rows: dict[int, RunRow] = {}
        live.run_started.connect(self._run_started)
        live.run_ended.connect(lambda run_id: self._tasks.start(f"settle {run_id}", self._settle(run_id)))
        live.changed.connect(self._tile_changed)
        live.run_changed.connect(self._forget_row)

    def set_specs(self, specs: Mapping[str, ProviderSpec]) -> None:
        self._specs = specs
        self._rows.clear()

    def speak_anew(self) -> None:
        """The language has changed: rows are put into words again when they are next looked at."""
        self._rows.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    # ------------------------------------------------------------------------------------------------ Qt's questions
    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._head) + self._stored

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            row = self.row_at(index.row())
            return run_words.spoken(row) if row is not None else ""
        return None

    # ------------------------------------------------------------------------------------------------ rows
    def row_at(self, number: int) -> RunRow | None:
        """The run of a row; None, and its page is asked for, when it has not been read yet."""
        entry = self._entry_at(number) if number >= 0 else None
        if entry is None:
            return None
        run_id = entry.run.id
        row = self._rows.get(run_id)
        if row is None:
            live = run_id in self._live.runs
            run = self._live.runs.get(run_id, entry.run)
            tiles = {tile.key: tile for tile in self._live.tiles_of_run(run_id)}
            row = make_row(run, entry.images, entry.before, specs=self._specs, live_tiles=tiles, live=live)
            if len(self._rows) > PAGE_ROWS * (_PAGES_KEPT + 2):
                self._rows.clear()
            self._rows[run_id] = row
        return row

    def _entry_at(self, number: int) -> _Entry | None:
        if number < len(self._head):
            return self._head[number]
        page, offset = divmod(number - len(self._head), PAGE_ROWS)
        entries = self._pages.get(page)
        self._looked_at = number
        if entries is None:
            self._read_page(page)
            return None
        self._pages.move_to_end(page)
        return entries[offset] if offset < len(entries) else None

    def number_of(self, run_id: int) -> int:
        """The row of a run that has been read; -1 for others."""
        for number, entry in enumerate(self._head):
            if entry.run.id == run_id:
                return number
        for page, entries in self._pages.items():
            for offset, entry in enumerate(entries):
                if entry.run.id == run_id:
                    return len(self._head) + page * PAGE_ROWS + offset
        return -1

    def live_rows(self) -> list[int]:
        """Rows under way, as far as they have been read."""
        return [number for run_id in self._live.runs if (number := self.number_of(run_id)) >= 0]

    def record(self, image_id: int) -> ImageRecord | None:
        """What is known of an image, if its run has been read."""
        for entries in (self._head, *self._pages.values()):
            for entry in entries:
                for image in entry.images:
                    if image.id == image_id:
                        return image
        tiles = (self._live.tiles_of_run(run_id) for run_id in self._live.runs)
        return next((tile.image for some in tiles for tile in some if tile.image_id == image_id), None)

    # ------------------------------------------------------------------------------------------------ library
    def set_query(self, query: LibraryQuery) -> None:
        self._query = query
        self.reload()

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()

    def reload(self) -> None:
        """Ask the library again: something in it has changed."""
        self._tasks.start("reload", self._reload())

    async def _reload(self) -> None:
        query = self._query
        if query is None:
            return
        looked_at = max(0, self._looked_at) // PAGE_ROWS if query == self._shown else 0
        pages = sorted({0, looked_at, looked_at + 1})

        async def work(studio: Studio) -> tuple[int, int, list[list[_Entry]], list[int]]:
            from studio.domain.values import RunId

            library = studio.workspace.library
            matching, total = (
                await library.run_count(query),
                await library.run_count(type(query)(trashed=query.trashed)),
            )
            alive = list(self._live.runs)  # a copy: the list is the window's
            strangers = [run for run in alive if await library.run_position(RunId(run), query) is None]
            lists = [await read_entries(studio, query, page * PAGE_ROWS, PAGE_ROWS) for page in pages]
            return matching, total, lists, strangers

        while True:
            arrivals = self._arrivals
            matching, total, lists, strangers = await self._client.run(work)
            if arrivals == self._arrivals:
                break  # else: what began meanwhile may be missing in the answer
        if query is not self._query:
            return
        read = dict(zip(pages, lists, strict=True))
        self._rows.clear()
        if query == self._shown and not strangers and self._put_in_place(matching, read):
            self.dataChanged.emit(self.index(0), self.index(max(0, self.rowCount() - 1)))
        else:
            self.beginResetModel()
            self._generation += 1
            self._stored, self._shown = matching, query
            on_top = [run for run in reversed(strangers) if run in self._live.runs]
            self._head = [_Entry(self._live.runs[run], (), None) for run in on_top]
            self._strangers = len(self._head)
            self._pages = OrderedDict({page: rows for page, rows in read.items() if rows or not page})
            self.endResetModel()
        self._total = total
        self.counted.emit(matching, total)

    def _put_in_place(self, matching: int, read: dict[int, list[_Entry]]) -> bool:
        """Take newer facts over where the same runs stand as before, so that nothing jumps or blinks."""
        if self._strangers or matching != self.rowCount():
            return False
        fresh = {page * PAGE_ROWS + i: entry for page, rows in read.items() for i, entry in enumerate(rows)}
        known = {number: entry for number in fresh if (entry := self._read_entry(number)) is not None}
        if any(fresh[number].run.id != entry.run.id for number, entry in known.items()):
            return False
        self._head = [fresh.get(number, entry) for number, entry in enumerate(self._head)]
        for page, rows in list(self._pages.items()):
            first = len(self._head) + page * PAGE_ROWS
            if all(first + i in fresh for i in range(len(rows))):
                self._pages[page] = [fresh[first + i] for i in range(len(rows))]
            else:
                del self._pages[page]  # read again when it is looked at
        return True

    def _read_entry(self, number: int) -> _Entry | None:
        """What has been read of a row, asking for nothing."""
        if number < len(self._head):
            return self._head[number]
        page, offset = divmod(number - len(self._head), PAGE_ROWS)
        entries = self._pages.get(page, [])
        return entries[offset] if offset < len(entries) else None

    def _read_page(self, page: int) -> None:
        name = f"page {page}"
        if not self._tasks.is_running(name) and self._query is not None:
            self._tasks.start(name, self._fetch(page, self._query, self._generation))

    async def _fetch(self, page: int, query: LibraryQuery, generation: int) -> None:
        offset = page * PAGE_ROWS + len(self._head) - self._strangers
        on_top = self._pages_on_top
        entries = await self._client.run(lambda studio: read_entries(studio, query, offset, PAGE_ROWS))
        if generation != self._generation:
            return
        page += self._pages_on_top - on_top
        self._keep_page(page, entries)
        first = len(self._head) + page * PAGE_ROWS
        self.dataChanged.emit(self.index(first), self.index(first + max(0, len(entries) - 1)))

    def _keep_page(self, page: int, entries: list[_Entry]) -> None:
        """The page that nobody has looked at for the longest time is forgotten for it."""
        self._pages[page] = entries
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    # ------------------------------------------------------------------------------------------------ live
    def _run_started(self, run: Run) -> None:
        """A new run comes on top at once, whatever the filters say: it is on its way."""
        self._arrivals += 1
        if self._query is None or self.number_of(run.id) >= 0:
            self._forget_row(run.id)
            return
        newest = self._entry_at(0) if self.rowCount() else None
        if newest is not None and run.id < newest.run.id:
            return  # an older run that is resumed: its row shows it when it is read
        before = newest.run.request if newest is not None else None
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._head.insert(0, _Entry(run, (), before))
        self._shorten_head()
        self.endInsertRows()
        self._total += 1
        if run.parent_run_id is not None and (newest is None or run.parent_run_id != newest.run.id):
            self._tasks.start(f"parent {run.id}", self._read_parent(run))
        self.counted.emit(self._stored + len(self._head), self._total)

    def _shorten_head(self) -> None:
        """The oldest of what came on top becomes a page that may be forgotten; each row stays where it is. With filters
        the library may not list them, so it could not be read again."""
        query = self._query
        plain = query is not None and query == type(query)()
        if plain and not self._strangers and len(self._head) >= 2 * PAGE_ROWS:
            self._pages = OrderedDict({page + 1: known for page, known in self._pages.items()})
            self._keep_page(0, self._head[-PAGE_ROWS:])
            self._pages_on_top += 1
            self._stored += PAGE_ROWS
            del self._head[-PAGE_ROWS:]

    async def _read_parent(self, run: Run) -> None:
        parent = run.parent_run_id
        if parent is None:
            return
        page = await self._read_run(parent)
        if page is not None:
            self._change_entry(run.id, before=page.run.request)

    async def _read_run(self, run_id: RunId) -> RunPage | None:
        """As lists have it: what went over the wire is large, and only the details show it."""
        from studio.bootstrap import LibraryQuery as Query

        async def work(studio: Studio) -> list[RunPage]:
            return await studio.workspace.library.runs(Query(runs=(run_id,)), 0, 1)

        pages = await self._client.run(work)
        return pages[0] if pages else None

    def _change_entry(self, run_id: int, **values: Any) -> None:
        number = self.number_of(run_id)
        if number < 0:
            return
        if number < len(self._head):
            self._head[number] = replace(self._head[number], **values)
        else:
            page, offset = divmod(number - len(self._head), PAGE_ROWS)
            self._pages[page][offset] = replace(self._pages[page][offset], **values)
        self._rows.pop(run_id, None)
        self.dataChanged.emit(self.index(number), self.index(number))

    async def _settle(self, run_id: int) -> None:
        """The run has ended: from now on the library tells what became of it."""
        from studio.domain.values import RunId

        page = await self._read_run(RunId(run_id))
        self._live.settle(run_id)
        if page is not None:
            self._change_entry(run_id, run=page.run, images=page.images)
        if not self._live.runs and (self._strangers or len(self._head) >= 2 * PAGE_ROWS):
            self.reload()  # with filters, the library now decides what belongs here, and the rest is forgotten

    def _tile_changed(self, key: str) -> None:
        tile = self._live.tile(key)
        if tile is not None:
            self._forget_row(tile.run_id)

    def _forget_row(self, run_id: int) -> None:
        self._rows.pop(run_id, None)
        number = self.number_of(run_id)
        if number >= 0:
            self.row_changed.emit(number)


async def read_entries(studio: Studio, query: LibraryQuery, offset: int, limit: int) -> list[_Entry]:
    """A page of runs, each with the request of its parent, or else of the run before it in the list."""
    from studio.bootstrap import LibraryQuery as Query

    library = studio.workspace.library
    pages = await library.runs(query, offset, limit + 1)
    requests = {page.run.id: page.run.request for page in pages}
    wanted = {page.run.parent_run_id for page in pages if page.run.parent_run_id is not None} - requests.keys()
    if wanted:
        parents = await library.runs(Query(runs=tuple(sorted(wanted))), 0, len(wanted))
        requests |= {page.run.id: page.run.request for page in parents}
    entries = []
    for number, page in enumerate(pages[:limit]):
        parent = page.run.parent_run_id
        before = requests.get(parent) if parent is not None else None
        if before is None and number + 1 < len(pages):
            before = pages[number + 1].run.request
        entries.append(_Entry(page.run, page.images, before))
    return entries
