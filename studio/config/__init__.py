"""Where things lie, what the user has chosen, and the keys: the only part that sees the system's keyring."""
