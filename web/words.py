"""What a person reads for the codes that `tasks` uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import Message, say
from tasks.absences.views import AbsenceState
from tasks.attachments.access import Audience
from tasks.cases.views import ItemState
from tasks.countersigning.views import CountersignState
from tasks.deadlines.views import Light
from tasks.worklist.views import MANY, WorklistView
from web.language import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {"suggestion": say("Suggestion"), "proposal": say("Proposal")}
SUBJECTS = {**KINDS, "evaluation": say("Evaluation"), "annual": say("Annual report"), "slip": say("Slip")}
"""What a task concerns."""
LIGHTS = {
    Light.NORMAL: say("Normal"),
    Light.NEAR: say("Due soon"),
    Light.URGENT: say("Urgent"),
    Light.OVERDUE: say("Overdue"),
    Light.PAUSED: say("Standing still"),
}
STATES = {
    ItemState.SUBMITTED: say("Submitted"),
    ItemState.FILING: say("Being reviewed for filing"),
    ItemState.RETURNED_FOR_EDIT: say("Returned to the proposer"),
    ItemState.NOT_FILED: say("Not filed"),
    ItemState.CONVERTED: say("Passed on otherwise"),
    ItemState.MERGED: say("Merged with another case"),
    ItemState.ASSIGNING: say("Being assigned"),
    ItemState.WAITING: say("Waiting for the common assignment"),
    ItemState.HANDLING: say("Being handled"),
    ItemState.IN_REVIEW: say("Reply in review"),
    ItemState.REPLIED: say("Replied"),
    ItemState.REHANDLING: say("Being handled again"),
    ItemState.TRACKING: say("Promises being kept"),
    ItemState.CLOSED: say("Closed"),
    ItemState.WITHDRAWN: say("Item withdrawn"),
}
ROLES = {
    "hub": say("Hub"),
    "sole": say("Sole handling"),
    "lead": say("Lead"),
    "joint": say("Jointly leading"),
    "separate": say("Handling separately"),
    "co": say("Co-handling"),
    "proposer": say("Proposer"),
    "committee": say("Committee"),
    "leader": say("Leader"),
}
INPUTS: Mapping[object, Message] = {
    **ROLES,
    "True": say("yes"),
    "False": say("no"),
    "None": say("not known"),
    "own": say("this county's own"),
    "upper": say("from an upper level"),
    "no": say("no"),
    "congress": say("key item of the congress"),
    "cppcc": say("key item of the CPPCC"),
    "leader": say("led by a county leader"),
    "mayor": say("led by the county mayor"),
    "unit": say("led by the head of the unit"),
    "first": say("first reply"),
    "second": say("second reply"),
    "merged": say("merged reply"),
    "satisfied": say("Satisfied"),
    "basic": say("Basically satisfied"),
    "dissatisfied": say("Dissatisfied"),
}
"""What decision tables were asked with, where a reader asks why."""
CHAIN_STATES = {"done": say("passed"), "return": say("returned"), "now": say("its turn"), "ahead": say("still to come")}
"""How far a reviewer of a reply is."""
ANNUAL_STATES = {
    "writing": say("being written"),
    "signing": say("waits for the head's signature"),
    "sent": say("sent"),
    "received": say("received"),
}
"""How far a unit's annual report is."""
COMMITMENT_STATES = {
    "open": say("Not fulfilled yet"),
    "fulfilled": say("Fulfilled"),
    "postponed": say("Postponed"),
    "changed": say("Circumstances changed"),
}
"""States of a promise; `postponed` is a filter: an open or kept one whose date was moved."""
REPORT_KINDS = {
    "progress": say("Progress half-way"),
    "done": say("Fulfilled"),
    "postponed": say("Postponed"),
    "changed": say("Circumstances changed"),
}
SIGNATURES = {"signed": say("Signed by the head"), "refused": say("Not signed")}
SCOPES = {"year": say("Closed this year"), "term": say("Of the whole term")}
LOOK_BACK_VERDICTS = {
    "solved": say("Confirmed as solved"), "upgraded": say("Better result"), "unchanged": say("Unchanged"),
    "relapsed": say("Relapsed"),
}  # fmt: skip
SLIP_LEVELS = {"letter": say("Reminder letter"), "orange": say("Orange slip"), "red": say("Red slip")}
SLIP_STATES = {
    "signing": say("Waiting for signature"),
    "refused": say("Not signed"),
    "issued": say("Issued, not explained yet"),
    "explained": say("Explained"),
    "overdue": say("Not explained in time"),
    "accepted": say("Explanation accepted"),
    "escalated": say("Escalated"),
}
TAKEN_OVER = {"yes": say("Taken over"), "partly": say("Taken over in part"), "no": say("Not taken over")}
"""What an outside lead body did with our opinion."""
ADOPTED = {"adopted": say("Adopted"), "partly": say("Adopted in part"), "rejected": say("Not adopted")}
SEALS = {"paper": say("Sealed on paper"), "electronic": say("Electronic seal")}
DELIVERIES = {"system": say("through the system"), "paper": say("on paper"), "in_person": say("in person")}
AGREES = {"agree": say("Agrees"), "disagree": say("Does not agree")}
CONFIRMATIONS = {
    "signed": say("Signed by the proposer"),
    "asked": say("The proposer is asked to confirm"),
    "none": say("Not signed by the proposer"),
}
PHASES = {"before": say("Before handling"), "during": say("While handling"), "after": say("After the reply")}
VERDICTS = {"pass": say("Reply passed"), "return": say("Reply returned"), "reclass": say("Class changed")}
REPLY_STATES = {
    "in_review": say("In review"), "returned": say("Returned"), "withdrawn": say("Taken back"), "issued": say("Issued"),
}  # fmt: skip
RATINGS = {
    "satisfied": say("Satisfied"),
    "basic": say("Basically satisfied"),
    "dissatisfied": say("Dissatisfied"),
}
UNRATED = say("Window passed in silence")
RATED = say("Rated")
NARROWED = {
    "assigned": say("Assigned"),
    "answered": say("Answered"),
    "met": say("Talked over face to face"),
    "overdue": say("Overdue"),
    "returned": say("Reply was returned"),
}
"""What a list of cases is narrowed to: `tasks.cases.views.ONLY`."""
DIMENSIONS = {"attitude": say("Attitude"), "result": say("Result"), "overall": say("Overall")}
VIEWS = {
    WorklistView.MINE: say("Mine"),
    WorklistView.CLAIMABLE: say("For my unit to claim"),
    WorklistView.WAITING: say("Sent on, waiting for others"),
    WorklistView.DONE: say("Done by me"),
    WorklistView.ON_PAPER: say("Signed on paper by leaders"),
    WorklistView.DELEGATED: say("Entrusted to me"),
}
COUNTERSIGNED = {
    CountersignState.OPEN: say("Awaiting an answer"),
    CountersignState.AGREE: say("Agrees"),
    CountersignState.DISAGREE: say("Does not agree"),
    CountersignState.REMARK: say("Remark only"),
    CountersignState.WITHDRAWN: say("Withdrawn"),
    CountersignState.LAPSED: say("The task went on without it"),
}
AUDIENCES = {
    Audience.UNIT: say("My unit only"),
    Audience.OFFICE: say("Offices that handle it"),
    Audience.ALL: say("The proposers too"),
}
DENSITIES = {"comfortable": say("Roomy rows"), "dense": say("Dense rows")}
ABSENCES = {
    AbsenceState.WAITING: say("Waits for an administrator"),
    AbsenceState.AHEAD: say("Not begun yet"),
    AbsenceState.IN_FORCE: say("In force"),
    AbsenceState.OVER: say("Over"),
    AbsenceState.ENDED: say("Ended"),
}
CHAPTERS: Mapping[str, Message] = {
    "overview": say("Overview"),
    "diagram": say("Diagram"),
    "timeline": say("Course of events"),
    "replies": say("Replies"),
    "consultations": say("Opinions and consultations"),
    "file": say("File"),
    "ratings": say("Rating"),
}
"""Pages of a case: the last part of the address, and the word on the tab."""


def word(table: Mapping[object, Message], code: object) -> str:
    """The word for a code; data that an area added by itself is shown as it is."""
    return tell(table[code]) if code in table else str(code or "")


def about(count: int) -> str:
    """A number that is counted no further than `MANY`."""
    return f"{MANY}+" if count > MANY else str(count)
