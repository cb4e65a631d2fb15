"""The hub's board: at which step the units' cases stand, and what hurts in each place."""
