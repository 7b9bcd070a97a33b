"""Block Kit: value in, blocks out."""
