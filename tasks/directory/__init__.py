"""Areas, terms and sessions, units and people."""
