"""The incident itself, pure: what may happen to it, what follows, and what it looks like."""
