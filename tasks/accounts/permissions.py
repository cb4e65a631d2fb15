"""Roles of the handbook (§2.2) and the permissions they carry; the default is to deny."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is for a body; together with the body's code it names a candidate group."""

    PROPOSER = "proposer"
    NPC_REVIEWER = "npc_reviewer"
    CPPCC_REVIEWER = "cppcc_reviewer"
    HUB_OFFICER = "hub_officer"
    HUB_DEPUTY = "hub_deputy"
    HUB_LEADER = "hub_leader"
    SUPERVISOR = "supervisor"
    GOV_LEADER = "gov_leader"
    MAYOR = "mayor"
    UNIT_OFFICE = "unit_office"
    UNIT_HANDLER = "unit_handler"
    UNIT_DEPUTY = "unit_deputy"
    UNIT_HEAD = "unit_head"
    PROCESS_DESIGNER = "process_designer"
    ADMIN = "admin"


class Permission(StrEnum):
    """`scope:resource:action`; the scope says which objects the permission reaches."""

    OWN_ITEM_SUBMIT = "own:item:submit"
    OWN_ITEM_READ = "own:item:read"
    UNIT_ITEM_READ = "unit:item:read"
    """Items that were assigned to the actor's unit, in any role."""
    AREA_ITEM_READ = "area:item:read"
    BODY_ITEM_READ = "body:item:read"
    """Items of the congress (or of the CPPCC) that the actor's committee looks after."""
    AREA_RATING_READ = "area:rating:read"
    """What proposers rated. Never given to a role of a handling unit (handbook §2.2, separation rules)."""
    OWN_RATING_READ = "own:rating:read"
    GROUP_TASK_CLAIM = "group:task:claim"
    OWN_TASK_COMPLETE = "own:task:complete"
    UNIT_TASK_HAND_OVER = "unit:task:hand_over"
    """Giving a task of the unit to another of its people, whoever has it."""
    AREA_ITEM_IMPORT = "area:item:import"
    AREA_ITEM_DISPATCH = "area:item:dispatch"
    """The dispatch sheet: to triage many items, or to approve the list."""
    AREA_CLOCK_PAUSE = "area:clock:pause"
    """To let the clock of a case stand still for a reason, and run again (暂停计时)."""
    AREA_EVALUATION_READ = "area:evaluation:read"
    """Every unit's evaluation: the offices of the panel and the leaders."""
    AREA_EVALUATION_START = "area:evaluation:start"
    UNIT_EVALUATION_READ = "unit:evaluation:read"
    """The evaluation of one's own unit, and the ranking once it is published."""
    AREA_PROCESS_DEPLOY = "area:process:deploy"
    AREA_SETTING_CHANGE = "area:setting:change"


_WORK = frozenset({Permission.GROUP_TASK_CLAIM, Permission.OWN_TASK_COMPLETE})
_UNIT = _WORK | {Permission.UNIT_ITEM_READ, Permission.UNIT_EVALUATION_READ}
_LEAD = frozenset({Permission.UNIT_TASK_HAND_OVER})
_HUB = _WORK | {Permission.AREA_ITEM_READ, Permission.AREA_EVALUATION_READ}
_COMMITTEE = _WORK | {Permission.BODY_ITEM_READ, Permission.AREA_RATING_READ, Permission.AREA_EVALUATION_READ}

_DISPATCH = frozenset({Permission.AREA_ITEM_DISPATCH, Permission.AREA_CLOCK_PAUSE})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROPOSER: frozenset(
        {
            Permission.OWN_ITEM_SUBMIT,
            Permission.OWN_ITEM_READ,
            Permission.OWN_RATING_READ,
            Permission.OWN_TASK_COMPLETE,
        }
    ),
    Role.NPC_REVIEWER: _COMMITTEE,
    Role.CPPCC_REVIEWER: _COMMITTEE,
    Role.HUB_OFFICER: _HUB | {Permission.AREA_ITEM_IMPORT, Permission.AREA_EVALUATION_START} | _DISPATCH,
    Role.HUB_DEPUTY: _HUB | _LEAD | _DISPATCH,
    Role.HUB_LEADER: _HUB | _LEAD | {Permission.AREA_EVALUATION_START} | _DISPATCH,
    Role.SUPERVISOR: _HUB,
    Role.GOV_LEADER: _HUB,
    Role.MAYOR: _HUB,
    Role.UNIT_OFFICE: _UNIT,
    Role.UNIT_HANDLER: _UNIT,
    Role.UNIT_DEPUTY: _UNIT | _LEAD,
    Role.UNIT_HEAD: _UNIT | _LEAD,
    Role.PROCESS_DESIGNER: frozenset({Permission.AREA_PROCESS_DEPLOY}),
    Role.ADMIN: frozenset({Permission.AREA_SETTING_CHANGE, Permission.AREA_ITEM_IMPORT}),
}


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """All permissions that any of these roles carries."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))
