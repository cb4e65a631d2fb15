"""The deputy's pages: my suggestions, the road of each, submitting one."""
