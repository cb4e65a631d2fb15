"""The day in one list: tasks that people open, claim, draft and complete."""
