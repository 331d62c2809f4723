"""Export: real names before anything is written, progress in the footer, what failed with its reason."""
