"""Tocsin's core: decides what an incident does next, and wires the parts together."""
