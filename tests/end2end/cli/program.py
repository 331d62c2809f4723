"""The command line as a process of its own, with a home folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATIENCE_S = 120


class Program:
    """Starts `python -m studio` in `folder`. What a test starts and forgets is killed at its end."""

    def __init__(self, folder: Path, project: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = {**os.environ, "PYTHONPATH": str(project), **environment}
        self._started: list[Running] = []

    def start(self, *arguments: str, runner: tuple[str, ...] = ()) -> Running:
        running = Running([*runner, sys.executable, "-W", "error", "-m", "studio", *arguments], self)
        self._started.append(running)
        return running

    def run(self, *arguments: str, runner: tuple[str, ...] = (), piped: str = "") -> Ended:
        return self.start(*arguments, runner=runner).end(piped)

    def clean_up(self) -> None:
        for running in self._started:
            running.kill()


class Ended:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Running:
    def __init__(self, command: list[str], program: Program) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=program.folder,
            env=program.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._heard = threading.Condition()
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def hear(self, words: str) -> None:
        """Waits until a line of standard error holds these words."""
        with self._heard:
            found = self._heard.wait_for(lambda: any(words in line for line in self._lines), PATIENCE_S)
        assert found, f"never said {words!r}:\n{''.join(self._lines)}"

    def interrupt(self) -> None:
        """Ctrl-C in the terminal."""
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """kill -9, of the whole family."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def end(self, piped: str = "") -> Ended:
        """What it said and its exit code, when it is over."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(piped)
        self.process.stdin.close()
        out = self.process.stdout.read()
        code = self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        return Ended(code, out, "".join(self._lines))

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._heard:
                self._lines.append(line)
                self._heard.notify_all()
