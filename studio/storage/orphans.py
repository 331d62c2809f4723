"""Files without a row: bringing them into the library with all that is still known of them."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import apsw
from pydantic import ValidationError

from studio.domain.assets import EXTENSIONS, ImageFacts
from studio.domain.jobs import Call, CallState, ImageRecord, Job, JobState, Run
from studio.domain.request import PROMPT_MAX_CHARACTERS, FittedRequest, GenerationRequest, Target
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId
from studio.storage.arrivals import LostArrival, lost_arrivals
from studio.storage.database import Transaction, column, number, row, rows
from studio.storage.exchange_rates import Rates
from studio.storage.files import give_name, sync_folder
from studio.storage.folder import WorkspaceFolder
from studio.storage.image_rows import image_record, insert_image, read_images, tell_path
from studio.storage.imaging import embedded_prompt, read_facts
from studio.storage.journal import call_record, insert_run, next_run_id, read_runs, tell_run
from studio.storage.ledger import record_entry
from studio.storage.moments import to_stored
from studio.storage.names import name_part, numbered_names, read_image_name
from studio.storage.records import Records
from studio.storage.wholeness import NotAnImage

_log = logging.getLogger(__name__)

IMPORTED = Target(provider="imported", model="unknown")
"""Who drew an image that lay in the folder and of which nobody knows more."""


FILE_MAX_BYTES = 1_000_000_000
"""More than 200 million pixels without any compression: what is larger is not read into memory."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A whole image file of the workspace that has no row."""

    path: str
    facts: ImageFacts
    blob: BlobHash
    modified_at: datetime
    prompt: str | None = None
    """Written into the file by whoever made it."""


def look_into(folder: WorkspaceFolder, path: Path) -> FoundFile:
    """Reads a file whole. Raises NotAnImage, OSError."""
    if path.stat().st_size > FILE_MAX_BYTES:
        raise NotAnImage("it is too large")
    content = path.read_bytes()
    facts = read_facts(content)
    modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    blob = BlobHash(hashlib.sha256(content).hexdigest())
    return FoundFile(folder.relative(path), facts, blob, modified_at, embedded_prompt(content))


class Orphanage:
    """Brings files without a row into the library. All methods run inside a transaction on the writing thread."""

    def __init__(
        self,
        folder: WorkspaceFolder,
        records: Records,
        rates: Rates,
        *,
        owner: str,
        is_alive: Callable[[str], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._folder, self._records, self._rates = folder, records, rates
        self._owner, self._is_alive, self._now = owner, is_alive, now

    def adopt_arrivals(self, change: Transaction, run_ids: Sequence[int]) -> list[ImageRecord]:
        """Images that a process which is gone had written, or nearly, without living to tell the database.

        A call without a ticket all of whose images came home is done: what was paid for is here."""
        adopted = []
        for run_id in run_ids:
            for arrival in lost_arrivals(self._records.read(run_id)):
                image = self._adopt_arrival(change, arrival)
                if image is not None:
                    adopted.append(image)
        for call_id in dict.fromkeys(image.call_id for image in adopted):
            self._finish_call(change, call_id)
        _tell_again(change, run_ids)
        return adopted

    def _adopt_arrival(self, change: Transaction, arrival: LostArrival) -> ImageRecord | None:
        if self._is_living(arrival) or _has_row(change.db, arrival) or not _has_job(change.db, arrival):
            return None
        try:
            found = self._file_of(change.db, arrival)
            if found is None:
                return None
            with change.db:  # a savepoint: what does not fit leaves nothing behind
                record = arrival.record(found.facts, found.blob, found.path)
                image = insert_image(change, record, cut_from=arrival.cut_from)
        except (NotAnImage, OSError, ValidationError, apsw.ConstraintError) as error:
            _log.info("an image of run %s did not get home whole: %s", arrival.value["run_id"], error)
            return None
        _log.info("run %d: an image was brought home after a crash", image.run_id)
        return image

    def _is_living(self, arrival: LostArrival) -> bool:
        return arrival.owner == self._owner or self._is_alive(arrival.owner)

    def _file_of(self, db: apsw.Connection, arrival: LostArrival) -> FoundFile | None:
        """The file under its final name or, whole but not yet named, under its temporary one. Raises NotAnImage."""
        part, target = self._folder.file(arrival.part), self._folder.file(arrival.path)
        if part.is_file():
            whole = look_into(self._folder, part)
            path = give_name(part, numbered_names(target.stem, target.suffix.removeprefix(".")))
            sync_folder(path.parent)
            return replace(whole, path=self._folder.relative(path))
        for name in numbered_names(target.stem, target.suffix.removeprefix(".")):
            path = target.with_name(name)
            if not path.is_file():
                return None
            if not _has_file_row(db, self._folder.relative(path)):
                return look_into(self._folder, path)
        return None

    def _finish_call(self, change: Transaction, call_id: CallId) -> None:
        known = row(change.db, "SELECT value FROM calls WHERE id = ?", (call_id,))
        if known is None:
            return
        call = Call.model_validate_json(known[0])
        images = number(change.db, "SELECT count(*) FROM images WHERE call_id = ? AND whole_grid = 0", (call_id,))
        if call.state.is_final or call.ticket is not None or images < call.image_count:
            return
        done = call.model_copy(update={"state": CallState.DONE, "finished_at": self._now()})
        change.db.execute(
            "UPDATE calls SET state = ?, owner = NULL, value = ? WHERE id = ?",
            (done.state, done.model_dump_json(exclude={"exchange"}), call_id),
        )
        # It was billed, and nobody can say any more how much exactly: what was set aside for it stays counted.
        change.db.execute("UPDATE ledger SET state = 'unsure' WHERE call_id = ? AND state = 'reserved'", (call_id,))
        change.record(int(call_id.partition(".")[0]), call_record(done))

    def adopt_file(self, change: Transaction, found: FoundFile) -> ImageRecord | None:
        """A file that lies in the images folder without a row; None when it has one after all, or is another's copy."""
        db = change.db
        if _has_file_row(db, found.path):
            return None
        moved = row(db, "SELECT id FROM files WHERE blob = ? AND missing = 1", (found.blob,))
        if moved is not None:
            db.execute("UPDATE files SET path = ?, missing = 0 WHERE id = ?", (found.path, moved[0]))
            tell_path(change, moved[0])
            return None
        told = self._by_record(db, found) or self._by_name(db, found)
        if told is None and number(db, "SELECT count(*) FROM files WHERE blob = ?", (found.blob,)):
            return None
        return insert_image(change, told if told is not None else self._import(change, found))

    def name_part_file(self, part: Path, facts: ImageFacts) -> Path:
        """A whole image under a temporary name of a dead process, and no record says whose: it gets a plain name."""
        path = give_name(part, numbered_names("recovered-image", EXTENSIONS[facts.media_type]))
        sync_folder(path.parent)
        return path

    def follow_change(self, change: Transaction, file_id: int, found: FoundFile | None) -> None:
        """Another program has rewritten a file: the library tells what is there now. None: it is no image any more."""
        db, now = change.db, to_stored(self._now())
        if found is None:
            db.execute("UPDATE files SET altered_at = ?, look_state = 2 WHERE id = ?", (now, file_id))
            return
        facts = found.facts
        db.execute(
            "UPDATE files SET blob = ?, size_bytes = ?, facts = ?, altered_at = ?, look_state = 0 WHERE id = ?",
            (found.blob, facts.size_bytes, facts.model_dump_json(), now, file_id),
        )
        db.execute("UPDATE images SET width = ?, height = ? WHERE file_id = ?", (facts.width, facts.height, file_id))

    def is_being_saved(self, path: str) -> bool:
        """Is a living process about to write the row of this file?"""
        return any(self._is_living(arrival) for arrival in self._arrivals_of(path))

    def _arrivals_of(self, path: str) -> list[LostArrival]:
        """What the run that its name tells knows about a file of this name."""
        told = read_image_name(PurePosixPath(path).name)
        arrivals = lost_arrivals(self._records.read(told[0])) if told else []
        stem = re.sub(r"-\d+$", "", PurePosixPath(path).stem)
        return [arrival for arrival in arrivals if PurePosixPath(arrival.path).stem in (PurePosixPath(path).stem, stem)]

    def _by_record(self, db: apsw.Connection, found: FoundFile) -> ImageRecord | None:
        for arrival in self._arrivals_of(found.path):
            if _has_job(db, arrival) and not _has_row(db, arrival):
                return arrival.record(found.facts, found.blob, found.path)
        return None

    @staticmethod
    def _by_name(db: apsw.Connection, found: FoundFile) -> ImageRecord | None:
        """A name of ours tells run, model and place; the run tells the rest."""
        told = read_image_name(Path(found.path).name)
        runs = read_runs(db, [told[0]], exchanges=False) if told else []
        if told is None or not runs:
            return None
        _, model, place = told
        position = place or 0
        jobs = [job for job in runs[0].jobs if name_part(job.target.model) == model]
        calls = [call for job in jobs for call in job.calls if call.first_image_index <= position]
        if not calls:
            return None
        call = calls[-1]
        job = next(job for job in jobs if job.id == call.job_id)
        if number(
            db,
            "SELECT count(*) FROM images WHERE job_id = ? AND position = ? AND whole_grid = ?",
            (job.id, position, place is None),
        ):
            return None
        return _record_of(found, runs[0], job, call, position=position, whole_grid=place is None)

    def _import(self, change: Transaction, found: FoundFile) -> ImageRecord:
        """Nobody knows it: it becomes an image of a run "import", with the words that the file itself holds."""
        known = row(
            change.db,
            "SELECT r.id FROM runs AS r WHERE r.origin = 'import' AND r.created_at >= ?",
            (self._day_began(),),
        )
        if known is None:
            run = imported_run(next_run_id(change.db), self._now())
            insert_run(change, run, self._rates, owner=self._owner)
        else:
            (run,) = read_runs(change.db, [known[0]], exchanges=False)
        job = run.jobs[0]
        position = number(change.db, "SELECT coalesce(max(position) + 1, 0) FROM images WHERE job_id = ?", (job.id,))
        image = _record_of(found, run, job, job.calls[0], position=position, whole_grid=False)
        words = (found.prompt or Path(found.path).stem.replace("_", " ")).strip()[:PROMPT_MAX_CHARACTERS]
        return image.model_copy(update={"prompt": words or run.request.prompt, "created_at": found.modified_at})

    def _day_began(self) -> int:
        """One import run a day, so that a folder of strange files does not become a hundred runs."""
        return to_stored(self._now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0))


def imported_run(run_id: RunId, now: datetime) -> Run:
    """A run that stands for images which were found and not made here."""
    job_id, words = JobId(f"{run_id}.1"), "Imported images"
    call = Call(
        id=CallId(f"{job_id}.0"), job_id=job_id, index=0, image_count=1, first_image_index=0, state=CallState.DONE
    )
    job = Job(
        id=job_id,
        run_id=run_id,
        position=1,
        target=IMPORTED,
        fitted=FittedRequest(prompt=words),
        state=JobState.DONE,
        queued_at=now,
        finished_at=now,
        calls=(call,),
    )
    request = GenerationRequest(prompt=words)
    return Run(id=run_id, created_at=now, request=request, targets=(IMPORTED,), origin="import", jobs=(job,))


def _tell_again(change: Transaction, run_ids: Sequence[int]) -> None:
    """Their process may have died between a commit and its line in the record: tell all that the database knows."""
    for run in read_runs(change.db, run_ids, exchanges=False):
        tell_run(change, run)
    told = json.dumps(list(run_ids))
    for call_id in column(
        change.db, "SELECT call_id FROM ledger WHERE run_id IN (SELECT value FROM json_each(?))", (told,)
    ):
        record_entry(change, call_id)
    sql = "SELECT id, cut_from FROM images WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    cut_from = dict(rows(change.db, sql, (told,)))
    for image in read_images(change.db, list(cut_from)):
        change.record(image.run_id, image_record(image, cut_from[image.id]))


def _record_of(found: FoundFile, run: Run, job: Job, call: Call, *, position: int, whole_grid: bool) -> ImageRecord:
    return ImageRecord(
        id=ImageId(0),
        run_id=run.id,
        job_id=job.id,
        call_id=call.id,
        index=position,
        blob=found.blob,
        path=found.path,
        facts=found.facts,
        provider=job.target.provider,
        model=job.target.model,
        prompt=run.request.prompt,
        created_at=found.modified_at,
        whole_grid=whole_grid,
    )


def _has_row(db: apsw.Connection, arrival: LostArrival) -> bool:
    sql = "SELECT count(*) FROM images WHERE job_id = ? AND call_id = ? AND position = ? AND whole_grid = ?"
    return number(db, sql, arrival.place) > 0


def _has_job(db: apsw.Connection, arrival: LostArrival) -> bool:
    return number(db, "SELECT count(*) FROM jobs WHERE id = ?", arrival.place[:1]) > 0


def _has_file_row(db: apsw.Connection, path: str) -> bool:
    return number(db, "SELECT count(*) FROM files WHERE path = ?", (path,)) > 0
