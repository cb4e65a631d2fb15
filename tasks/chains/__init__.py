"""The review chain as an office reads it: conditions in words, who reviews in which order, by which basis."""
