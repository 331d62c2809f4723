"""Runs inside a D-Bus session under the system's Python, which has pyatspi: one JSON command a line in, one answer out.

Commands: start {argv, env}, find {role, name}, press {role, name}, text {role, name}, keys {keys}, type {text}, tree,
wait_end, kill. `find`, `press` and `text` wait until the tree has what is asked for, up to `within_s`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pyatspi

APP_NAME = "Prompt Studio"
PAUSE_S = 0.1


class Driver:
    def __init__(self) -> None:
        self.process: Any = None

    def start(self, argv: Any, env: Any) -> Any:
        self.process = subprocess.Popen(argv, env={**os.environ, **env}, stdout=sys.stderr, stderr=sys.stderr)
        return {"pid": self.process.pid}

    def _application(self) -> Any:
        desktop = pyatspi.Registry.getDesktop(0)
        for number in range(desktop.childCount):
            child = desktop.getChildAtIndex(number)
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except Exception:
                continue
        return None

    def _nodes(self, top: Any, depth: Any = 0) -> Any:
        if top is None or depth > 40:
            return
        try:
            yield top
            count = min(top.childCount, 400)
        except Exception:
            return
        for number in range(count):
            try:
                child = top.getChildAtIndex(number)
            except Exception:
                continue
            yield from self._nodes(child, depth + 1)

    def _match(self, role: Any, name: Any) -> Any:
        for node in self._nodes(self._application()):
            try:
                states = node.getState()
                shown = states.contains(pyatspi.STATE_SHOWING) or role == "list item"
                if node.getRoleName() == role and name in (node.name or "") and shown:
                    return node
            except Exception:
                continue
        return None

    def _wait(self, role: Any, name: Any, within_s: Any) -> Any:
        ends = time.monotonic() + within_s
        while time.monotonic() < ends:
            found = self._match(role, name)
            if found is not None:
                return found
            if self.process.poll() is not None:
                raise LookupError(f"the program ended with {self.process.returncode}")
            time.sleep(PAUSE_S)
        raise LookupError(f"no {role} named {name!r}")

    def find(self, role: Any, name: Any, within_s: Any = 30) -> Any:
        return {"name": self._wait(role, name, within_s).name}

    def count(self, role: Any, name: Any) -> Any:
        found = 0
        for node in self._nodes(self._application()):
            try:
                found += node.getRoleName() == role and name in (node.name or "")
            except Exception:
                continue
        return {"count": found}

    def press(self, role: Any, name: Any, within_s: Any = 30) -> Any:
        node = self._wait(role, name, within_s)
        actions = node.queryAction()
        names = [actions.getName(number).lower() for number in range(actions.nActions)]
        wanted = next((names.index(word) for word in ("press", "toggle", "click") if word in names), 0)
        actions.doAction(wanted)
        return {"action": names[wanted] if names else ""}

    def focus(self, role: Any, name: Any, within_s: Any = 30) -> Any:
        self._wait(role, name, within_s).queryComponent().grabFocus()
        return {}

    def text(self, role: Any, name: Any, within_s: Any = 30) -> Any:
        text = self._wait(role, name, within_s).queryText()
        return {"text": text.getText(0, text.characterCount)}

    def keys(self, keys: Any) -> Any:
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        return {}

    def type(self, text: Any) -> Any:
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)
        return {}

    def tree(self) -> Any:
        rows = []
        for node in self._nodes(self._application()):
            try:
                states = node.getState()
                rows.append(
                    {
                        "role": node.getRoleName(),
                        "name": node.name or "",
                        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
                        "showing": states.contains(pyatspi.STATE_SHOWING),
                    }
                )
            except Exception:
                continue
        return {"rows": rows}

    def wait_end(self, within_s: Any = 15) -> Any:
        return {"code": self.process.wait(within_s)}

    def kill(self) -> Any:
        self.process.send_signal(signal.SIGKILL)
        return {"code": self.process.wait(10)}


def main() -> None:
    driver = Driver()
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = getattr(driver, order.pop("do"))(**order)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write("@" + json.dumps(answer) + "\n")
        sys.stdout.flush()
    if driver.process is not None and driver.process.poll() is None:
        driver.process.kill()


main()
