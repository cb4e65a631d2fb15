"""Drawing a procedure in the browser: drafts, their check, try-outs, comparison, deployment, roll-back."""

from web.designer import acts, editing, trying
from web.designer.pages import blueprint

for part in (editing, trying, acts):
    part.install(blueprint)

__all__ = ["blueprint"]
