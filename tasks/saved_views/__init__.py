"""Named filters of a person, and how dense she likes her lists."""
