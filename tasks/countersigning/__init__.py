"""Asking colleagues to countersign a task before it goes on (加签)."""
