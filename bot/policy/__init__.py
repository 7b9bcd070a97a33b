"""The organisation's policy as typed values, pure."""
