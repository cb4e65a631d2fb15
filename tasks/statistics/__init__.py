"""Figures over many cases: what an area or a committee counts."""
