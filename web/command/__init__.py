"""The subcommands of `banli`, one file each; every module has a `command`."""
