"""The sweep builder, the matrix of a sweep, the list of sweeps, and the lists that prompts may name."""
