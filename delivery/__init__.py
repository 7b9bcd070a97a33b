"""Out: the relay, Slack, pagers, rate limits."""
