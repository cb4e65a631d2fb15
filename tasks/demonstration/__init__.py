"""A small invented county, so that a newcomer can sign in and look around."""
