"""Work for the operator: demo, scenarios, checks."""
