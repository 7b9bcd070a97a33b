"""What the incident allows: one rule for each thing that may be asked of it."""
