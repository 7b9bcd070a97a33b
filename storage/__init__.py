"""Tables, unit of work, audit log, outbox, timers."""
