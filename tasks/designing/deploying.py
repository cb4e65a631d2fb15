"""From draft to the version for new cases: with a comment, and a second person's approval where the area wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.errors import Conflict, DefinitionInvalid
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.designing.access import require_designer
from tasks.designing.checking import check_files
from tasks.designing.models import DraftState
from tasks.designing.service import changeable, current, find_draft
from tasks.packages import service as packages
from tasks.packages.models import Origin
from tasks.packages.queries import files_of, newest

if TYPE_CHECKING:
    from engine.views import Deployment
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

FOUR_EYES = "deploy_four_eyes"
"""The area's setting that asks for a second person."""


class CommentMissing(Conflict):
    """Say in a sentence what changes and why; the cases that come will be told."""


def wants_four_eyes(banli: Banli) -> bool:
    """Whether a second person must approve."""
    return bool(banli.reference().settings.get(FOUR_EYES, False))


def hand_in(banli: Banli, actor: Actor, draft_id: int, comment: str) -> bool:
    """Deploy a draft, or hand it to the second person; whether it is deployed now.

    Raises:
        CommentMissing: nothing says what changes.
        Conflict: nothing was changed, or somebody deployed another version in between.
        DefinitionInvalid: the check found errors.
    """
    require_designer(actor)
    if len(comment.strip()) < 2:
        raise CommentMissing(say("Say in a sentence what changes and why."))
    with banli.reading() as session:
        draft = changeable(session, draft_id)
        files = current(session, draft_id)
    _refuse_stale(banli, draft.package, draft.based_on)
    _refuse_faults(banli, files, files_of(banli, draft.deployment_id))
    four_eyes = wants_four_eyes(banli)
    with banli.writing() as session:
        draft = changeable(session, draft_id)
        draft.comment, draft.submitted_by, draft.submitted_at = comment.strip(), actor.account, banli.now()
        draft.state = DraftState.SUBMITTED
    if four_eyes:
        return False
    try:
        _deploy(banli, draft_id, "")
    except BaseException:
        send_back(banli, actor, draft_id)
        raise
    return True


def approve(banli: Banli, actor: Actor, draft_id: int) -> Deployment:
    """The second person agrees: the draft becomes the version for new cases.

    Raises:
        NotAllowed: who handed it in or drew it cannot be the second person.
        Conflict: it does not wait for approval.
    """
    require_designer(actor)
    with banli.reading() as session:
        draft = find_draft(session, draft_id)
    if draft.state != DraftState.SUBMITTED:
        raise Conflict(say("This draft does not wait for approval."))
    if actor.account in {draft.submitted_by, draft.by}:
        raise NotAllowed(say("A second person must approve what you have drawn or handed in."))
    return _deploy(banli, draft_id, actor.account)


def send_back(banli: Banli, actor: Actor, draft_id: int) -> None:
    """Not yet: the draft can be changed again."""
    require_designer(actor)
    with banli.writing() as session:
        draft = find_draft(session, draft_id)
        if draft.state == DraftState.SUBMITTED:
            draft.state, draft.submitted_by, draft.submitted_at = DraftState.OPEN, "", None


def roll_back(banli: Banli, actor: Actor, package: str, number: int, comment: str) -> Deployment:
    """Put an earlier version in force again for new cases, in one act."""
    require_designer(actor)
    known = newest(banli, package)
    if known is not None and known.number == number:
        raise Conflict(say("Version {number} is in force already.", number=number))
    if len(comment.strip()) < 2:
        raise CommentMissing(say("Say in a sentence what changes and why."))
    return packages.roll_back(banli, package, number, actor.account, comment.strip())


def _deploy(banli: Banli, draft_id: int, approved_by: str) -> Deployment:
    with banli.reading() as session:
        draft = find_draft(session, draft_id)
        files = current(session, draft_id)
    _refuse_stale(banli, draft.package, draft.based_on)
    deployment = packages.deploy(
        banli, packages.package_of(files), draft.submitted_by, draft.comment, origin=Origin.DRAFT,
        approved_by=approved_by,
    )  # fmt: skip
    with banli.writing() as session:
        draft = find_draft(session, draft_id)
        draft.state, draft.ended_at = DraftState.DEPLOYED, banli.now()
    return deployment


def _refuse_stale(banli: Banli, package: str, based_on: int) -> None:
    known = newest(banli, package)
    if known is not None and known.number != based_on:
        raise Conflict(
            say(
                "Version {newest} was deployed after this draft was opened from version {based}. "
                "Open a draft of it and bring your changes in.",
                newest=known.number,
                based=based_on,
            ),
            by=known.by,
            at=known.at,
        )


def _refuse_faults(banli: Banli, files: dict[str, bytes], deployed: dict[str, bytes]) -> None:
    if files == deployed:
        raise Conflict(say("Nothing differs from the version in force; there is nothing to deploy."))
    faults = [one for one in check_files(banli, files, deployed) if one.severity == "error"]
    if faults:
        raise DefinitionInvalid(
            [Problem(one.rule, one.element_id, one.message, "error", one.resource) for one in faults]
        )
