"""What the designer's lists call things: an office's words for recorders, steps of the system, roles, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.accounts.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.message import Message

ROLE_WORDS: Mapping[Role, Message] = {
    Role.PROPOSER: say("Deputy or member"),
    Role.NPC_REVIEWER: say("Reviewer of the Deputies Committee"),
    Role.CPPCC_REVIEWER: say("Reviewer of the Proposal Committee"),
    Role.HUB_OFFICER: say("Hub officer"),
    Role.HUB_DEPUTY: say("Deputy director"),
    Role.HUB_LEADER: say("Director"),
    Role.SUPERVISOR: say("Supervision office"),
    Role.GOV_LEADER: say("Responsible leader"),
    Role.MAYOR: say("Head of government"),
    Role.UNIT_OFFICE: say("Unit office"),
    Role.UNIT_HANDLER: say("Handler"),
    Role.UNIT_DEPUTY: say("Leader in charge"),
    Role.UNIT_HEAD: say("Unit head"),
    Role.PROCESS_DESIGNER: say("Process designer"),
    Role.ADMIN: say("Administrator"),
}

_UNIT = (Role.UNIT_OFFICE, Role.UNIT_HANDLER, Role.UNIT_DEPUTY, Role.UNIT_HEAD)
UNIT_VARIABLES: Mapping[str, tuple[Message, Sequence[Role]]] = {
    "lead_unit": (say("Lead unit"), _UNIT),
    "co_unit": (say("Co-handling unit"), _UNIT),
    "part.unit": (say("The unit signed to"), _UNIT),
    "unit": (say("The unit"), _UNIT),
    "promise.unit": (say("The unit that promised"), _UNIT),
    "hub": (say("Government office"), (Role.HUB_OFFICER, Role.HUB_DEPUTY, Role.HUB_LEADER, Role.SUPERVISOR)),
}
"""Variables that hold a unit's code, with the roles that people hold in it."""

START_WORDS: Mapping[str, Message] = {
    "clock_start": say("from the assignment"),
    "submitted_on": say("from the submission"),
    "session_closed": say("from the close of the session"),
    "since": say("from when the unit received it"),
    "issued_on": say("from the issue of the reply"),
    "started_on": say("from the start"),
}

RECORDER_WORDS: Mapping[str, Message] = {
    "kept": say("Kept in the file of the case (for added steps)"),
    "addition": say("Added units"),
    "adjustment_ruling": say("Ruling on a request for adjustment"),
    "assignment": say("Triage"),
    "closing": say("Closing review"),
    "closing_check": say("Committee's check of the closing"),
    "closing_report": say("Closing report"),
    "committee_decision": say("Committee's decision on a dissatisfied rating"),
    "consultation": say("Record of a consultation"),
    "cosign": say("Confirmation of a co-signatory"),
    "endorsement": say("Head's endorsement of a second request"),
    "extension": say("Extension"),
    "feedback": say("Rating"),
    "filing_edit": say("Revised text of the item"),
    "final_review": say("Final filing review"),
    "first_review": say("First filing review"),
    "hand_in": say("Handed in to the upper level"),
    "issue": say("Issue of the reply"),
    "look_back_confirmation": say("Result of a look-back"),
    "look_back_visit": say("Look-back visit"),
    "opinion": say("Co-handling opinion"),
    "opinion_acceptance": say("Acceptance of an opinion"),
    "opinion_approval": say("Approval of an opinion"),
    "plan": say("Handling plan"),
    "proceed": say("Going on without an opinion"),
    "promise_fulfilment": say("Fulfilment of a promise"),
    "promise_progress": say("Progress of a promise"),
    "promise_signature": say("Signed explanation of a postponement"),
    "publication": say("Publication"),
    "reply": say("Draft reply"),
    "review": say("Review of the reply"),
    "sign_in": say("Sign-in"),
    "slip_explanation": say("Explanation on a slip"),
    "slip_judgement": say("Judgement of an explanation"),
    "slip_signature": say("Signature of a slip"),
    "tracking_result": say("Result of tracking"),
    "evaluation_answer": say("Evaluation: answer to an appeal"),
    "evaluation_appeal": say("Evaluation: appeal"),
    "evaluation_approval": say("Evaluation: approval"),
    "evaluation_inputs": say("Evaluation: figures entered"),
    "evaluation_panel": say("Evaluation: scores of the panel"),
    "evaluation_ruling": say("Evaluation: ruling on an appeal"),
    "evaluation_self": say("Evaluation: self-evaluation"),
}

TOPIC_WORDS: Mapping[str, Message] = {
    "accept-by-default": say("Take as accepted"),
    "add-units": say("Add units"),
    "adopt-reply": say("Adopt the reply of the merged item"),
    "begin-filing": say("Begin the filing"),
    "close-item": say("Close the item"),
    "drop-unconfirmed": say("Drop signatories who did not confirm"),
    "escalate-slip": say("Escalate the slip"),
    "extend": say("Move the dates"),
    "issue-slip": say("Number and issue the slip"),
    "number": say("Give a number"),
    "open-assignments": say("Assign"),
    "open-commitments": say("Register the commitments"),
    "open-round": say("Assign again"),
    "reassign": say("Change the assignment"),
    "record-silence": say("Record that nobody rated"),
    "record-withdrawal": say("Record the withdrawal"),
    "remind-opinion": say("Remind the co-handling unit"),
    "reopen-assignments": say("Open the assignments again"),
    "reopen-item": say("Open the item again"),
    "reply-facts": say("Look at the facts of the reply"),
    "restart-promise": say("Track by the new date"),
    "settle-tracking": say("End the tracking"),
    "settle-units": say("Settle the units"),
    "slip-overdue": say("Record that the slip is overdue"),
    "take-as-filed": say("Take as filed"),
    "tell-merged": say("Tell the merged items"),
    "evaluation-compute": say("Evaluation: compute"),
    "evaluation-miss-self": say("Evaluation: no self-evaluation came"),
    "evaluation-publish": say("Evaluation: publish"),
    "evaluation-rank": say("Evaluation: rank"),
    "evaluation-settle": say("Evaluation: settle"),
    "evaluation-tally": say("Evaluation: tally"),
}

FUNCTION_WORDS: Mapping[str, tuple[Sequence[str], Message]] = {
    "deadline": (("parameter", "start"), say("The end of the day on which a named period that began at start is over")),
    "add working days": (("start", "amount"), say("The n-th working day after a date")),
    "agreed date": (("day", "basis", "start"), say("A date that people agreed on, with what it rests on")),
    "after waiting": (("due", "waits"), say("A date moved by the working days on which its clock stood still")),
    "setting": (("name",), say("A rule of the area that is no deadline")),
    "session cutoff": (("closed",), say("Until when an item counts as submitted in the session")),
    "reference version": ((), say("The version of calendar and parameters that the case has pinned")),
    "unit name": (("code",), say("The short name of a unit")),
    "reviewers": (
        ("chain", "lead", "co", "committee"),
        say("The review nodes of a chain with the groups that sit on them"),
    ),
}
"""By function: its parameters and what it answers."""
