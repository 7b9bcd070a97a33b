"""`tocsin check`: everything that can be wrong before the first incident, with how to mend it."""
