"""What happened: events, their bytes, and folding them onto an incident."""
