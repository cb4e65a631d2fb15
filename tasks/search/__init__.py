"""Words in cases: the index of character pairs, how it is kept, and how it is asked."""
