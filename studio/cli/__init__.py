"""The command line: everything the window does, through the same parts, for shells and scripts."""
