"""What follows: the effects in Slack that each event asks for."""
