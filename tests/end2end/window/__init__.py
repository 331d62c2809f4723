"""The real window on a virtual screen, driven through the accessibility tree and the keyboard."""
