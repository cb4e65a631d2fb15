"""Supervision (催办督办): reminders, slips, inspections and what has to be put right after them."""
