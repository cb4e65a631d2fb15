"""Cases that cannot go on by themselves, in plain words, and what one can do."""
