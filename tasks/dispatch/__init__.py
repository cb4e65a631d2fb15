"""The dispatch sheet (交办清单): many items triaged side by side, approved once, assigned at one moment."""
