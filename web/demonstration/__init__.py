"""The clock of the demonstration, which a visitor may move on."""
