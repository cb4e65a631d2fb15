"""What units report at the end of a year: on their work, and on their promises (P14, P15)."""
