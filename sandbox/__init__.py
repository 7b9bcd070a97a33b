"""A strict Slack workspace on your laptop: the real slack-bolt and slack-sdk connect to it by base URL."""
