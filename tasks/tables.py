"""Imports every model, so that the metadata is complete wherever tables are made or compared."""

from __future__ import annotations

from tasks.absences import models as absences
from tasks.accounts import models as accounts
from tasks.annual import models as annual
from tasks.attachments import models as attachments
from tasks.changes import models as changes
from tasks.comments import models as comments
from tasks.countersigning import models as countersigning
from tasks.deadlines import models as deadlines
from tasks.designing import models as designing
from tasks.directory import models as directory
from tasks.dispatch import models as dispatch
from tasks.drafts import models as drafts
from tasks.evaluation import models as evaluation
from tasks.filing import models as filing
from tasks.handling import models as handling
from tasks.notices import models as notices
from tasks.packages import models as packages
from tasks.pausing import models as pausing
from tasks.register import models as register
from tasks.saved_views import models as saved_views
from tasks.supervision import models as supervision
from tasks.tracking import models as tracking
from tasks.worklist import models as worklist

__all__ = [
    "absences",
    "accounts",
    "annual",
    "attachments",
    "changes",
    "comments",
    "countersigning",
    "deadlines",
    "designing",
    "directory",
    "dispatch",
    "drafts",
    "evaluation",
    "filing",
    "handling",
    "notices",
    "packages",
    "pausing",
    "register",
    "saved_views",
    "supervision",
    "tracking",
    "worklist",
]
