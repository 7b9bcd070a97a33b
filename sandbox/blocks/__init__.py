"""What Slack accepts as Block Kit: shapes, lengths and counts, as tables."""
