"""Values and rules of the studio: no I/O, no Qt, no HTTP; pydantic and the standard library only."""
