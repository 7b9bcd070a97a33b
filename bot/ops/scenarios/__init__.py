"""Public incidents played again: read, cast with people of the sandbox, and reported on."""
