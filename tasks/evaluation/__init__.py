"""The year-end evaluation of units (年终考核): figures, self-evaluation, panel, appeal, ranking (handbook §5)."""
