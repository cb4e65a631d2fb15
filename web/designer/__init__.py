"""Drawing a procedure in the browser: drafts, their check, try-outs, comparison, deployment, roll-back."""

from web.designer import acts, editing, handing_in, trying
from web.designer.pages import blueprint

for part in (editing, trying, acts, handing_in):
    part.install(blueprint)

__all__ = ["blueprint"]
