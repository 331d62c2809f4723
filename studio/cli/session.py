"""One invocation: log, clean-up and the last door for errors. Whatever happens, one answer and one exit code."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Offer, Redactor, Studio, StudioPaths, logging_to, open_offer, open_studio
from studio.cli.document import error_document
from studio.cli.exits import Exit, exit_of_problem
from studio.cli.terminal import print_json, problem_lines, say
from studio.domain.errors import Cancelled, InternalFault, Problem, RequestInvalid, StudioError

_log = logging.getLogger(__name__)

RUN_DOCUMENT: Mapping[str, Any] = {"run": None, "results": []}
"""What a document of ``generate`` holds when it did not come to a run."""


@dataclass(frozen=True, slots=True)
class Session:
    paths: StudioPaths
    redactor: Redactor
    as_json: bool

    def open_studio(self, workspace_folder: Path | None = None) -> AbstractAsyncContextManager[Studio]:
        """Every part, on the workspace of that folder or else of the settings. Raises what `bootstrap.open_studio`
        raises."""
        return open_studio(paths=self.paths, redactor=self.redactor, workspace_folder=workspace_folder)

    @contextlib.asynccontextmanager
    async def open_to_change(self, workspace_folder: Path | None = None) -> AsyncIterator[Studio]:
        """As `open_studio`, for a command whose changes can be undone: it goes on with the history of the commands and
        windows that have ended."""
        async with self.open_studio(workspace_folder) as studio:
            await studio.workspace.history.take_over()
            yield studio

    @contextlib.asynccontextmanager
    async def look_into(self, workspace_folder: Path | None = None) -> AsyncIterator[Studio]:
        """As `open_studio`, for a command that changes nothing: a library that cannot be written opens too, and it is
        said that it is one."""
        opening = open_studio(
            paths=self.paths, redactor=self.redactor, workspace_folder=workspace_folder, look_only=True
        )
        async with opening as studio:
            if studio.workspace.only_looked_at:
                root = studio.workspace.folder.root
                say(f"{root} is read-only: nothing can be generated or changed here.", error=True)
            yield studio

    def open_offer(self) -> AbstractAsyncContextManager[Offer]:
        """The parts that need no workspace."""
        return open_offer(paths=self.paths, redactor=self.redactor)

    def fail(self, problem: Problem, empty: Mapping[str, Any] | None = None) -> Exit:
        """Tell a problem in the way that was asked for; returns the code that goes with it."""
        if self.as_json:
            print_json({**(empty or {}), "error": error_document(problem)})
        for line in problem_lines(problem):
            say(self.redactor.clean(line), error=True)
        return exit_of_problem(problem)


Work = Callable[[Session], Awaitable[int]]


def carry_out(work: Work, *, as_json: bool = False, empty: Mapping[str, Any] | None = None) -> int:
    """Run `work` on a fresh event loop. `empty` is what a failing document holds besides its error."""
    paths, redactor = StudioPaths.of_user(), Redactor()
    session = Session(paths, redactor, as_json)
    with logging_to(paths.logs, "command-line", redactor):
        try:
            return asyncio.run(_awaited(work, session))
        except StudioError as error:
            return session.fail(error.problem, empty)
        except (KeyboardInterrupt, asyncio.CancelledError):
            return session.fail(Cancelled(charged="none").problem, empty)
        except (click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # the last door: our own fault becomes words, the log has the rest
            _log.exception("command line")
            return session.fail(InternalFault(detail=f"{type(error).__name__}: {error}").problem, empty)


async def _awaited(work: Work, session: Session) -> int:
    return await work(session)


def report_usage(error: click.ClickException, arguments: Sequence[str]) -> int:
    """A command line that cannot be understood; with ``--json`` it is still one document."""
    if "--json" in arguments:
        invalid = RequestInvalid(field="command line", reason=error.format_message().rstrip("."))
        print_json({**RUN_DOCUMENT, "error": error_document(invalid.problem)})
    error.show()
    return Exit.REQUEST
