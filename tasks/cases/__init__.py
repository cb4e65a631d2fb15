"""Read models of a case: its page, the register, the workbench, the deputy's portal."""
