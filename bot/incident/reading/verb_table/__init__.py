"""The verbs of /incident, a module for each group that help prints."""
