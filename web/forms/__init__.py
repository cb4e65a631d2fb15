"""Task forms on a page: from the form-js schema to fields, and from the sent fields back to values."""
