"""The gallery: tiles, grid, runs, filters."""
