"""Decision tables as an office reads them, and trying values on them."""
