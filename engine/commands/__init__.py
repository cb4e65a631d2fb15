"""The commands on a case: each is one transaction that takes the root first."""
