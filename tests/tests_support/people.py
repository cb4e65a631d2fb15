"""Playing a case in a test: the people of the county act through the services that pages use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.accounts.actors import actor_named
from tasks.accounts.models import Account, RoleGrant
from tasks.deadlines.library import freeze_today
from tasks.deadlines.models import AreaSetting
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import open_steps, perform, step_named
from tasks.directory.models import Person, Unit
from tasks.register.service import submit

if TYPE_CHECKING:
    import datetime as dt

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.worklist.models import Work

SUGGESTION: dict[str, Any] = {
    "title": "关于规范夜市占道经营的建议",
    "category": "城市管理·市容环卫",
    "timing": "recess",
    "situation": "夜市占用人行道，群众反映集中。",
    "measures": [{"text": "划定经营区域和时间"}, {"text": "安排专人保洁"}],
    "no_secret": "true", "proposer_type": "individual",
}


FILING = ("cosign", "first_review", "final_review")
"""The steps before an item has a number."""


def setting(banli: Banli, name: str, value: object) -> None:
    """The area changes a rule; what begins from now on goes by it."""
    with banli.writing() as session:
        row = session.scalars(select(AreaSetting).where(AreaSetting.name == "settings")).one()
        row.content = {**row.content, name: value}
    freeze_today(banli)


@dataclass
class Play:
    """One case on its way, with the clock that its people live by."""

    banli: Banli
    clock: Any
    item_id: int
    story: Story

    def open(self) -> list[str]:
        """Element ids of the open steps, sorted."""
        return sorted(work.element_id for work in open_steps(self.banli, self.item_id))

    def step(self, element: str, unit: str | None = None) -> Work:
        """The open step."""
        return step_named(self.banli, self.item_id, element, unit)

    def do(self, element: str, unit: str | None = None, *, by: str | None = None, **told: Any) -> Actor:
        """Finish one step a day later; `told` changes the story for this step."""
        self.clock.move(days=1)
        actor = actor_named(self.banli, by) if by else None
        return perform(self.banli, self.step(element, unit), fill_by(self.told(**told), self.clock()), actor)

    def told(self, **changes: Any) -> Story:
        """The story with changes."""
        return replace(self.story, **changes)

    def do_all(self, element: str) -> int:
        """Finish every open step of this element, one after the other, and those that follow from it."""
        done = 0
        while element in self.open():
            self.do(element)
            done += 1
        return done

    def until(self, element: str) -> Play:
        """Let everybody do what is open, in order, until this step is."""
        for _ in range(60):
            waiting = self.open()
            if element in waiting or not waiting:
                break
            self.do(waiting[0])
        assert element in self.open(), f"the case came to {self.open()}"
        return self


def submitted(banli: Banli, clock: Any, story: Story, account: str = "linguoqiang", **changes: Any) -> Play:
    """A case that has just been submitted, reviewed and filed: it waits for its triage."""
    values = {**SUGGESTION, **changes}
    receipt = submit(banli, actor_named(banli, account), values, request_id=f"{account}:{values['title']}")
    file_at_once(banli, receipt.item_id, story)
    return Play(banli, clock, receipt.item_id, story)


def file_at_once(banli: Banli, item_id: int, story: Story | None = None) -> None:
    """Let co-signers confirm and the committee file the item, all in the same minute."""
    for _ in range(10):
        waiting = [work for work in open_steps(banli, item_id) if work.element_id in FILING]
        if not waiting:
            return
        perform(banli, waiting[0], fill_by(story or Story("zjj"), banli.now()))


class Standing:
    """The clock of a county for plays in which no time passes between two steps."""

    def __init__(self, banli: Banli) -> None:
        self.banli = banli

    def __call__(self) -> dt.datetime:
        """The moment it is."""
        return self.banli.now()

    def move(self, **_span: int) -> None:
        """Steps of a case need no time here."""


def hired(banli: Banli, account: str, name: str, unit_code: str, role: str) -> Actor:
    """A colleague who is new in a unit."""
    with banli.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.code == unit_code)).one()
        person = Person(name=name, phone="", title="市政股")
        session.add(person)
        session.flush()
        row = Account(name=account, person_id=person.id, unit_id=unit.id, password_hash="!")
        session.add(row)
        session.flush()
        session.add(RoleGrant(account_id=row.id, unit_id=unit.id, role=role))
    return actor_named(banli, account)
