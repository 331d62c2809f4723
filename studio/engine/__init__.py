"""The job engine: queue, budget, retry, recovery, cache and the stream of events. Knows no loop, no Qt and no HTTP."""
