"""The pages of `references/`, shown in the program."""
