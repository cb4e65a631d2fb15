"""Signing in and out, the demonstration's one-click accounts, language and theme."""
