"""The left panel: everything a request is made of, what it will cost and what will differ, and Generate."""
