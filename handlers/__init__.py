"""Slack in: parse, call, answer."""
