"""Diagrams: hardened reading into one model, the dialect, and the gate's rules."""
