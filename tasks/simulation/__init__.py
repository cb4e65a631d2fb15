"""A year of a county in a minute: invented people work through the real services under a moving clock."""
