"""Programs that measure; never run as timed tests."""
