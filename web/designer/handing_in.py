"""Handing a draft in: what speaks against it is shown once more before new cases run on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.errors import EngineError
from engine.message import Message, say
from tasks.designing import deploying
from tasks.designing.checking import check_files, check_scenarios
from tasks.designing.queries import draft_files, draft_page
from tasks.designing.titles import title_of
from web.designer import words
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from tasks.designing.views import Finding

FAULTS = say("Not deployed: the check found errors. Mend them in the draft, then deploy again.")
DOUBTS = say(
    "Not deployed yet: {n} of {all} scenarios do not come as they say. New cases could stop where these stop. "
    "Mend the draft or the scenarios; or deploy it knowingly, if it is meant so."
)


def install(blueprint: Blueprint) -> None:
    """Register the address."""
    blueprint.post("/drafts/<int:draft_id>/hand-in")(hand_in)


def hand_in(draft_id: int) -> AnyResponse | tuple[str, int]:
    """Deploy, or ask a second person to approve; whatever keeps it back is told with the reason still typed."""
    files, deployed = draft_files(the_banli(), actor(), draft_id)
    faults = [one for one in check_files(the_banli(), files, deployed) if one.severity == "error"]
    if faults:
        return _kept_back(draft_id, FAULTS, faults), 422
    if request.form.get("knowingly") != "yes" and files != deployed:
        played = check_scenarios(the_banli(), files, deployed)
        if played.failed:
            failing = [one for one in played.findings if one.rule == "scenario"]
            sentence = Message(DOUBTS.template, {"n": played.failed, "all": played.scenarios})
            return _kept_back(draft_id, sentence, failing, knowingly=True), 409
    try:
        done = deploying.hand_in(the_banli(), actor(), draft_id, request.form.get("comment", ""))
    except EngineError as refused:
        return _kept_back(draft_id, refused.message), 409
    if done:
        flash(tell(say("Deployed. New cases start on it; running cases finish on their version.")), "good")
        return redirect(url_for("designer.home"), code=303)
    flash(tell(say("Handed in. A second person must approve it before it takes effect.")), "good")
    return redirect(url_for("designer.studio", draft_id=draft_id), code=303)


def _kept_back(
    draft_id: int, sentence: Message, findings: Sequence[Finding] = (), *, knowingly: bool = False
) -> str:
    files, _ = draft_files(the_banli(), actor(), draft_id)
    return render_template(
        "designer/kept_back.html",
        page=draft_page(the_banli(), actor(), draft_id),
        sentence=sentence,
        findings=findings,
        knowingly=knowingly,
        comment=request.form.get("comment", ""),
        four_eyes=deploying.wants_four_eyes(the_banli()),
        titles={name: title_of(name, content) for name, content in files.items()},
        say_it=words,
    )
