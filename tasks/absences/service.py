"""Setting, accepting and ending an absence with its substitute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from engine.errors import NotFound
from engine.message import say
from tasks.absences.models import Absence
from tasks.absences.rules import Window, chain_error, overlap, serves, unit_of, window_of
from tasks.accounts.actors import find_account
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account
from tasks.accounts.permissions import PERMISSIONS, Permission
from tasks.forms.views import FieldError
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.absences.views import AbsenceWish
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LONGEST_REMARK = 200


def set_absence(banli: Banli, actor: Actor, wish: AbsenceWish) -> int:
    """Leave the work of these days to a colleague. Sent twice it counts once.

    Raises:
        FormInvalid: what must be corrected: the days, the substitute, a window that overlaps, a circle.
        NotAllowed: neither her own, nor of a unit that the actor leads, and the actor is no administrator.
    """
    window, errors = window_of(wish, banli.today())
    if len(wish.remark.strip()) > LONGEST_REMARK:
        errors.append(FieldError("remark", "说明", say("At most {n} characters.", n=LONGEST_REMARK)))
    with banli.writing() as session:
        _lock(session, wish)
        person = _person(session, actor, wish.account)
        substitute = find_account(session, wish.substitute)
        if substitute is None or substitute.name == person.name or not serves(substitute):
            errors.append(FieldError("substitute", "代办人", say("Choose the colleague who stands in.")))
        if errors or window is None or substitute is None:
            raise FormInvalid(errors)
        known = _same(session, actor, wish, window)
        if known is not None:
            return known
        _refuse_when_tangled(session, wish, window)
        inside = unit_of(person) is not None and unit_of(person) == unit_of(substitute)
        accepted = inside or Permission.AREA_SETTING_CHANGE in actor.permissions
        absence = Absence(
            account=person.name,
            substitute=substitute.name,
            first_day=window.first,
            last_day=window.last,
            remark=wish.remark.strip(),
            set_by=actor.account,
            set_at=banli.now(),
            accepted_by=actor.account if accepted else "",
            accepted_at=banli.now() if accepted else None,
        )
        session.add(absence)
        session.flush()
        notify(
            session, [substitute.name], NoticeKind.SUBSTITUTE, banli.now(),
            name=person.person.name, first=window.first.isoformat(), last=window.last.isoformat(),
        )  # fmt: skip
        return absence.id


def accept(banli: Banli, actor: Actor, absence_id: int) -> None:
    """Let a substitute of another unit pass; an administrator's act."""
    if Permission.AREA_SETTING_CHANGE not in actor.permissions:
        raise NotAllowed(say("Only an administrator accepts a substitute of another unit."))
    with banli.writing() as session:
        absence = _of(session, absence_id)
        if absence.ended_at is None and absence.accepted_at is None:
            absence.accepted_by, absence.accepted_at = actor.account, banli.now()


def end(banli: Banli, actor: Actor, absence_id: int) -> None:
    """She is back, or does not go at all: from now on nobody stands in for her by this absence."""
    with banli.writing() as session:
        absence = _of(session, absence_id)
        _person(session, actor, absence.account)
        if absence.ended_at is None:
            absence.ended_by, absence.ended_at = actor.account, banli.now()


def may_set(actor: Actor, person: Account) -> bool:
    """The person herself, a leader of her unit, an administrator."""
    if not serves(person):
        return False
    if actor.account == person.name or Permission.AREA_SETTING_CHANGE in actor.permissions:
        return True
    return unit_of(person) in led_units(actor)


def led_units(actor: Actor) -> frozenset[str]:
    """Codes of the units whose people's work the actor may give to others."""
    roles = {role for role, granted in PERMISSIONS.items() if Permission.UNIT_TASK_HAND_OVER in granted}
    pairs = (group.split(":", 1) for group in actor.groups)
    return frozenset(unit for unit, role in pairs if role in roles)


def _person(session: Session, actor: Actor, account: str) -> Account:
    person = find_account(session, account)
    if person is None or not may_set(actor, person):
        raise NotAllowed(say("An absence is set by the person herself, a leader of her unit, or an administrator."))
    return person


def _refuse_when_tangled(session: Session, wish: AbsenceWish, window: Window) -> None:
    other = overlap(session, wish.account, window)
    if other is not None:
        days = say("In these days an absence stands already: {first} to {last}.", first=other.first_day,
                   last=other.last_day)  # fmt: skip
        raise FormInvalid([FieldError("first_day", "开始日期", days)])
    tangled = chain_error(session, wish.account, wish.substitute, window)
    if tangled is not None:
        raise FormInvalid([FieldError("substitute", "代办人", tangled)])


def _same(session: Session, actor: Actor, wish: AbsenceWish, window: Window) -> int | None:
    """The same form sent again finds its own absence."""
    return session.scalar(
        select(Absence.id).where(
            and_(
                Absence.account == wish.account,
                Absence.substitute == wish.substitute,
                Absence.first_day == window.first,
                Absence.last_day == window.last,
                Absence.remark == wish.remark.strip(),
                Absence.set_by == actor.account,
                Absence.ended_at.is_(None),
            )
        )
    )


def _lock(session: Session, wish: AbsenceWish) -> None:
    """Two colleagues who name each other in the same moment must not both succeed."""
    names = sorted({wish.account, wish.substitute})
    session.execute(select(Account.id).where(Account.name.in_(names)).order_by(Account.id).with_for_update()).all()


def _of(session: Session, absence_id: int) -> Absence:
    absence = session.get(Absence, absence_id, with_for_update=True)
    if absence is None:
        raise NotFound(say("There is no such absence."))
    return absence
