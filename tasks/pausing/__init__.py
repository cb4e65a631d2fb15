"""The clock of a case is paused by hand and runs again (暂停计时、恢复计时)."""
