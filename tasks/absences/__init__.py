"""Who is away, from when to when, and who does her work meanwhile (代办, AB角)."""
