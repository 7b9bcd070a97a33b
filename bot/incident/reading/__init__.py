"""What people read: an incident as pictures, lists, timelines and figures, before any view draws it."""
