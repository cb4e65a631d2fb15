"""The living county of the demonstration in a folder of a test."""

from tasks.settings import Settings


def settings(folder):
    """A demonstration there, on SQLite."""
    return Settings(
        folder, f"sqlite:///{folder / 'demonstration.db'}", demonstration=True, secret_key="a secret of the tests"
    )
