"""Rules that the tree itself keeps: walls, names, licences, traps of libraries. Each is proved by a planted breach."""
