"""Filing (审查立案): co-signers confirm, the committee reviews twice, items of an upper level come in."""
