"""The main window: toolbar, panels side by side, status bar, first-run page; it wires the panels together."""
