"""Forms as form-js schemas: read once, rendered and validated by the same declaration."""
