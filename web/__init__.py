"""HTTP: health and pages."""
