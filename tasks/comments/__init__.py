"""Comments on a case and on its tasks (批注、留言)."""
