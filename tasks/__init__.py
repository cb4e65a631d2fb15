"""The work of people on Banli's processes, and its side effects: knows the domain and the engine, knows no HTTP."""
