"""Drafts of a procedure: drawn, checked, tried, compared, approved and deployed by people who see no code."""
