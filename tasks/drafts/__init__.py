"""What a person has typed into a form that belongs to no task, and not yet sent."""
