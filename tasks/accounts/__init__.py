"""Who signs in, with which roles, and what these may do."""
