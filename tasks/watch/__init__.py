"""The running procedure on its diagram: what stands where, how long it stays, what comes back."""
