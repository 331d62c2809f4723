"""Six providers at once, each a strict fake on the loopback, and the real command line as a process."""
