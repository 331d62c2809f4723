"""Preferences: providers and keys, budget, storage, appearance, language, shortcuts. Everything is saved at once."""
