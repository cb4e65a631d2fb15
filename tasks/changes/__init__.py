"""Changes of settings: who, when, why, from what to what; and taking them back."""
