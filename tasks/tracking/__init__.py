"""Tracking (跟踪): promises of replies, second replies, look-back campaigns, what rolls over into the next year."""
