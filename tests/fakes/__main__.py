"""A fake as a process: `python -m tests.fakes openai --port 0` prints its base URL and serves until it is ended.

`--latency 2,0.5` waits 2 s before a reply and 0.5 s before each further event; `--fault "reset_in_body pieces=1"`
(repeatable) spoils the next POSTs in this order; `--task-step 3` moves asynchronous tasks on every 3 s of the clock
instead of at each poll; `--photo` gives results the weight of real ones; `--print-key` adds the key that the fake
accepts on a second line.
"""

from __future__ import annotations

import argparse
import signal
import threading

from tests.fakes import FAKES
from tests.fakes.faults import NAMED_FAULTS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("vendor", choices=sorted(FAKES))
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--tls", action="store_true", help="serve https and print the certificate authority (PEM)")
    parser.add_argument("--latency", default="", metavar="S,S,...", help="seconds before the reply and its events")
    parser.add_argument("--fault", action="append", default=[], metavar="NAME [KEY=VALUE ...]")
    parser.add_argument("--task-step", type=float, metavar="S", help="seconds per stage of a task")
    parser.add_argument("--photo", action="store_true", help="results as heavy as real ones")
    parser.add_argument("--print-key", action="store_true")
    options = parser.parse_args()
    steps = tuple(float(step) for step in options.latency.split(",") if step)
    stop = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stop.set())
    with FAKES[options.vendor](tls=options.tls, port=options.port, latency_steps_s=steps) as server:
        for order in options.fault:
            name, *pairs = order.split()
            server.script(NAMED_FAULTS[name](dict(pair.split("=", 1) for pair in pairs)), method="POST")
        if hasattr(server, "tasks"):
            server.tasks.stage_time_s = options.task_step
        if hasattr(server, "photo"):
            server.photo = options.photo
        print(server.base_url, flush=True)
        if options.print_key:
            print(getattr(server, "api_key", ""), flush=True)
        if options.tls:
            print(server.certificate_authority_pem.decode(), flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
