"""The values of FEEL and their laws: kinds, equality, order, text, arithmetic of time (DMN 1.5, 10.3.2)."""
