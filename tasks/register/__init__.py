"""Items and their proposers: submission, numbering, import from a sheet."""
