"""Until when, and why: the calendar of working days, the parameters P1–P21, and the lights."""
