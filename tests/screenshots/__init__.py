"""Pictures of the real window for the README and for looking at: made by a command anyone can run again."""
