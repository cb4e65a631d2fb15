"""Which route asks for which permission. A route that is missing here is denied to everybody.

The table only keeps strangers from a door; which case, task or rating a person may see is decided in `tasks` on the
object itself.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from flask import Flask, abort, current_app, g, redirect, request, url_for

from tasks.accounts.permissions import Permission
from web.auth.late import came_too_late
from web.written import asks_for_a_page, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response


class Visitor(Enum):
    """Routes that need no permission."""

    ANYBODY = auto()
    SIGNED_IN = auto()


Need = Visitor | frozenset[Permission]

_WORK = frozenset({Permission.OWN_TASK_COMPLETE})
_CLAIM = frozenset({Permission.GROUP_TASK_CLAIM})
_READ = frozenset({Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ, Permission.UNIT_ITEM_READ})
_COUNT = frozenset({Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ})
_BODY = frozenset({Permission.BODY_ITEM_READ})
_IMPORT = frozenset({Permission.AREA_ITEM_IMPORT})
_EVALUATION = frozenset({Permission.AREA_EVALUATION_READ, Permission.UNIT_EVALUATION_READ})
_OWN = frozenset({Permission.OWN_ITEM_READ})
_SET = frozenset({Permission.AREA_SETTING_CHANGE})
_DISPATCH = frozenset({Permission.AREA_ITEM_DISPATCH})
_PAUSE = frozenset({Permission.AREA_CLOCK_PAUSE})
_UNIT = frozenset({Permission.UNIT_ITEM_READ})
_SUBMIT = frozenset({Permission.OWN_ITEM_SUBMIT})
_DESIGN = frozenset({Permission.AREA_PROCESS_DEPLOY})
_WATCH = frozenset({Permission.AREA_PROCESS_DEPLOY, Permission.AREA_SETTING_CHANGE, Permission.AREA_ITEM_READ})

NEEDS: Mapping[str, Need] = {
    "assets.file": Visitor.ANYBODY,
    "auth.sign_in": Visitor.ANYBODY,
    "auth.enter": Visitor.ANYBODY,
    "auth.enter_as": Visitor.ANYBODY,
    "auth.leave": Visitor.ANYBODY,
    "auth.prefer": Visitor.ANYBODY,
    "demonstration.move": Visitor.SIGNED_IN,
    "workbench.home": Visitor.SIGNED_IN,
    "notices.listing": Visitor.SIGNED_IN,
    "notices.mark_read": Visitor.SIGNED_IN,
    "worklist.listing": _WORK,
    "worklist.show": _WORK,
    "worklist.complete": _WORK,
    "worklist.draft": _WORK,
    "worklist.diagram": _WORK,
    "worklist.claim": _CLAIM,
    "worklist.release": _CLAIM,
    "worklist.hand_over": _CLAIM,
    "worklist.withdraw": _WORK,
    "worklist.send_back": _WORK,
    "worklist.signing_sheet": _WORK,
    "worklist.record": _CLAIM,
    "worklist.act": _CLAIM,
    "worklist.export": _WORK,
    "worklist.hand_over_many": _CLAIM,
    "saved_views.save": _WORK | _READ,
    "saved_views.make_default": _WORK | _READ,
    "saved_views.remove": _WORK | _READ,
    "saved_views.set_density": _WORK | _READ,
    "countersigning.choose": _CLAIM,
    "countersigning.ask": _CLAIM,
    "countersigning.show": _WORK,
    "countersigning.answer": _WORK,
    "countersigning.withdraw": _CLAIM,
    "remarks.write": _READ | _OWN,
    "remarks.take_away": _READ | _OWN,
    "remarks.add_file": _READ | _OWN,
    "remarks.add_to_form": _WORK,
    "remarks.download": _READ | _OWN | _WORK,
    "remarks.remove_file": _READ | _OWN | _WORK,
    "absences.listing": _CLAIM | _SET,
    "absences.set_absence": _CLAIM | _SET,
    "absences.accept": _SET,
    "absences.end": _CLAIM | _SET,
    "cases.register": _READ,
    "cases.ledger": _READ,
    "cases.show": _READ,
    "cases.diagram": _READ,
    "board.show": _COUNT,
    "board.behind": _COUNT,
    "case_acts.extension": frozenset({Permission.UNIT_ITEM_READ}),
    "case_acts.ask_extension": frozenset({Permission.UNIT_ITEM_READ}),
    "case_acts.pausing": _PAUSE,
    "case_acts.pause": _PAUSE,
    "case_acts.resuming": _PAUSE,
    "case_acts.resume": _PAUSE,
    "case_acts.key": _COUNT,
    "case_acts.designate": _COUNT,
    "case_acts.withdrawal": _OWN,
    "case_acts.withdraw": _OWN,
    "office.show": _UNIT,
    "office.sign_in": _UNIT,
    "office.held_by": _UNIT,
    "signing.show": _CLAIM,
    "signing.open_reply": _CLAIM,
    "signing.decide": _CLAIM,
    "signing.pass_quickly": _CLAIM,
    "committee.show": _BODY,
    "dispatch.show": _DISPATCH,
    "dispatch.save": _DISPATCH,
    "dispatch.assign": _DISPATCH,
    "dispatch.again": _DISPATCH,
    "statistics.show": _COUNT,
    "evaluation.show": _EVALUATION,
    "evaluation.starting": frozenset({Permission.AREA_EVALUATION_START}),
    "evaluation.start": frozenset({Permission.AREA_EVALUATION_START}),
    "evaluation.unit": _EVALUATION,
    "evaluation.diagram": _EVALUATION,
    "evaluation.figure": _EVALUATION,
    "evaluation.places": _EVALUATION,
    "evaluation.scheme": _EVALUATION,
    "evaluation.table": frozenset({Permission.AREA_EVALUATION_READ}),
    "decisions.listing": _CLAIM,
    "decisions.show": _CLAIM,
    "portal.home": _OWN,
    "portal.show": _OWN,
    "portal.confirm_talk": _OWN,
    "portal.write": _SUBMIT,
    "portal.submit": _SUBMIT,
    "portal.draft": _SUBMIT,
    "portal.forget": _SUBMIT,
    "portal.add_file": _SUBMIT,
    "portal.similar": _SUBMIT,
    "tracking.ledger": _READ,
    "tracking.workbook": _READ,
    "tracking.look_back": _READ,
    "tracking.begin": _COUNT,
    "tracking.show_campaign": _READ,
    "tracking.campaign_workbook": _READ,
    "tracking.roll_over": _READ,
    "tracking.annual": _READ,
    "tracking.ask_annual": _COUNT,
    "tracking.show_annual": _READ,
    "supervision.board": _COUNT,
    "supervision.remind": _COUNT,
    "supervision.go_round": _COUNT,
    "supervision.write": _COUNT,
    "supervision.issue_slip": _COUNT,
    "supervision.write_unit": _COUNT,
    "supervision.issue_unit": _COUNT,
    "supervision.slip": _READ,
    "supervision.inspect": _COUNT,
    "supervision.rectified": _COUNT,
    "filing.desk": _COUNT,
    "filing.write": _BODY,
    "filing.enter": _BODY,
    "filing.add_file": _BODY,
    "filing.upper": _IMPORT,
    "filing.register": _IMPORT,
    "filing.uploaded": _IMPORT,
    "watch.show": _WATCH,
    "watch.diagram": _WATCH,
    "watch.cases": frozenset({Permission.AREA_ITEM_READ}),
    "designer.home": _DESIGN,
    "designer.studio": _DESIGN,
    "designer.compare": _DESIGN,
    "designer.earlier": _DESIGN,
    "designer.read": _DESIGN,
    "designer.save": _DESIGN,
    "designer.check": _DESIGN,
    "designer.lists": _DESIGN,
    "designer.presence": _DESIGN,
    "designer.deadline": _DESIGN,
    "designer.mend": _DESIGN,
    "designer.form": _DESIGN,
    "designer.decide": _DESIGN,
    "designer.rehearsal": _DESIGN,
    "designer.open_draft": _DESIGN,
    "designer.export": _DESIGN,
    "designer.bring_in": _DESIGN,
    "designer.new": _DESIGN,
    "designer.add_scenario": _DESIGN,
    "designer.remove": _DESIGN,
    "designer.take_back": _DESIGN,
    "designer.restore": _DESIGN,
    "designer.hand_in": _DESIGN,
    "designer.approve": _DESIGN,
    "designer.send_back": _DESIGN,
    "designer.discard": _DESIGN,
    "designer.take_up": _DESIGN,
    "designer.roll_back": _DESIGN,
    **dict.fromkeys(
        (
            "admin.home", "admin.changes", "admin.change", "admin.take_back", "admin.taken_back", "admin.deadlines",
            "admin.presets", "admin.preset", "admin.adopt", "admin.calendar", "admin.notice", "admin.local_day",
            "admin.chain", "admin.chain_edit", "admin.chain_save",
            "admin.roles", "admin.password", "admin.set_password", "admin.incidents", "admin.incident",
            "admin.sheet", "admin.sheet_form", "admin.sheet_in",
            "admin.year_bring_in", "admin.publish", "admin.year_file",
            "admin.listing", "admin.edit", "admin.save", "admin.confirm", "admin.removing", "admin.remove",
        ),
        _SET,
    ),
}
"""Endpoint to what it needs; of several permissions any one opens the door."""


KEPT = frozenset({"worklist.complete", "portal.submit"})
"""Forms that are filled again after signing in; what was written into any other is given back to be copied."""


def install(app: Flask) -> None:
    """Denies every request that the table does not allow."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such address: 404 follows
    need = NEEDS.get(request.endpoint)
    if need is Visitor.ANYBODY:
        return None
    if need is None:
        abort(403)
    if g.actor is None:
        if request.endpoint in KEPT or (asks_for_a_page() and written()):
            return current_app.make_response(came_too_late(filled_again=request.endpoint in KEPT))
        return _to_sign_in()
    if need is not Visitor.SIGNED_IN and not (need & g.actor.permissions):
        abort(403)
    return None


def _to_sign_in() -> Response:
    """A page that was asked for is shown after signing in; a form that was sent is not repeated blindly."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted), code=303)
