"""Runs inside a D-Bus session under the system's Python, which has pyatspi: one JSON command a line in, one answer out.

Commands: start {argv, env}, active, find {role, name}, press {role, name}, text {role, name, wanted or unlike},
labels {role}, hold {word}, held, keys {keys}, type {text}, tree, wait_end, kill. `active`, `find`, `press` and `text`
wait until the tree has what is asked for, up to `within_s`: keys reach the program some time after `keys` and `type`
have ended."""

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
PATIENCE_S = 90


class Driver:
    def __init__(self) -> None:
        self.process: Any = None
        self._held: list[Any] = []

    def start(self, argv: Any, env: Any) -> Any:
        self.process = subprocess.Popen(argv, env={**os.environ, **env}, stdout=sys.stderr, stderr=sys.stderr)
        return {"pid": self.process.pid}

    def _application(self) -> Any:
        desktop = pyatspi.Registry.getDesktop(0)
        for number in range(desktop.childCount):
            child = desktop.getChildAtIndex(number)
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    # The library remembers names, and hears of a new one only by an event, which Qt does not send for
                    # the items of a list, and which comes late on a busy machine.
                    child.clear_cache()
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

    def _until(self, look: Any, within_s: Any, what: Any) -> Any:
        """What `look` gives, once that is something; raises LookupError with the words of `what()`."""
        ends = time.monotonic() + within_s
        while (found := look()) is None:
            if self.process.poll() is not None:
                raise LookupError(f"the program ended with {self.process.returncode}")
            if time.monotonic() > ends:
                raise LookupError(what())
            time.sleep(PAUSE_S)
        return found

    def _wait(self, role: Any, name: Any, within_s: Any) -> Any:
        return self._until(lambda: self._match(role, name), within_s, lambda: f"no {role} named {name!r}")

    def active(self, within_s: Any = PATIENCE_S) -> Any:
        """Wait until the keyboard belongs to the program's window."""

        def look() -> Any:
            application = self._application()
            for number in range(application.childCount if application is not None else 0):
                try:
                    if application.getChildAtIndex(number).getState().contains(pyatspi.STATE_ACTIVE):
                        return {}
                except Exception:
                    continue
            return None

        return self._until(look, within_s, lambda: "the window never got the keyboard")

    def find(self, role: Any, name: Any, within_s: Any = PATIENCE_S) -> Any:
        return {"name": self._wait(role, name, within_s).name}

    def count(self, role: Any, name: Any) -> Any:
        found = 0
        for node in self._nodes(self._application()):
            try:
                found += node.getRoleName() == role and name in (node.name or "")
            except Exception:
                continue
        return {"count": found}

    def press(self, role: Any, name: Any, within_s: Any = PATIENCE_S) -> Any:
        node = self._wait(role, name, within_s)
        actions = node.queryAction()
        names = [actions.getName(number).lower() for number in range(actions.nActions)]
        wanted = next((names.index(word) for word in ("press", "toggle", "click") if word in names), 0)
        actions.doAction(wanted)
        return {"action": names[wanted] if names else ""}

    def focus(self, role: Any, name: Any, within_s: Any = PATIENCE_S) -> Any:
        self._wait(role, name, within_s).queryComponent().grabFocus()
        return {}

    def text(self, role: Any, name: Any, wanted: Any = None, unlike: Any = None, within_s: Any = PATIENCE_S) -> Any:
        """Wait until a field holds the words `wanted`, or others than `unlike`, whatever the space around them."""
        last = ""

        def look() -> Any:
            nonlocal last
            node = self._match(role, name)
            if node is None:
                return None
            try:
                text = node.queryText()
                last = text.getText(0, text.characterCount)
            except Exception:
                return None
            held = last.strip()
            return {"text": held} if (held == wanted if wanted is not None else held != unlike) else None

        return self._until(look, within_s, lambda: f"{role} {name!r} holds {last!r}, not {wanted or 'another'!r}")

    def labels(self, role: Any) -> Any:
        """Of every node of this role that is shown: what is read before its name (the labels it is told to have), its
        name, and what is read after it."""
        rows = []
        for node in self._nodes(self._application()):
            try:
                if node.getRoleName() != role or not node.getState().contains(pyatspi.STATE_SHOWING):
                    continue
                told = [one for one in node.getRelationSet() if one.getRelationType() == pyatspi.RELATION_LABELLED_BY]
                labels = [one.getTarget(number).name for one in told for number in range(one.getNTargets())]
                rows.append({"labels": labels, "name": node.name or "", "description": node.description or ""})
            except Exception:
                continue
        return {"rows": rows}

    def hold(self, word: Any) -> Any:
        """Keep every object whose name or description has this word; how many."""
        self._held = [node for node in self._nodes(self._application()) if word in self._words_of(node)]
        return {"count": len(self._held)}

    def held(self) -> Any:
        """What the objects that are kept answer now; nothing of those that answer no more."""
        for node in self._held:
            node.clear_cache()
        return {"words": [words for words in map(self._words_of, self._held) if words]}

    def _words_of(self, node: Any) -> Any:
        try:
            return f"{node.name} {node.description}".strip()
        except Exception:
            return ""

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

    def wait_end(self, within_s: Any = PATIENCE_S) -> Any:
        return {"code": self.process.wait(within_s)}

    def kill(self) -> Any:
        self.process.send_signal(signal.SIGKILL)
        return {"code": self.process.wait(PATIENCE_S)}


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
