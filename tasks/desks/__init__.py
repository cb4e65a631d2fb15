"""The desks of those who do one thing for many cases: a unit's office, a leader who signs, a committee."""
