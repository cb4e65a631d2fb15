"""Pages over ten thousand open and a hundred thousand closed cases: how long a list, the board, the statistics take.

The rows are written straight into the tables: what is measured is reading. Run alone with
`python -m benchmarks.pages [closed] [open]`.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from tests_support.county import DAY, made, opened
from tests_support.postgres import Cluster, PostgresMissing

from tasks.directory.models import Person, Sitting, Unit
from tasks.directory.queries import the_area
from tasks.handling.models import Assignment, Feedback, Reply
from tasks.register.models import Item, ItemProposer
from tasks.search.index import rebuild
from tasks.worklist.models import Work, WorkGroup
from web.application import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

CLOSED, OPEN = 100_000, 10_000
ROUNDS = 15
STEPS = ("sign_in", "consult", "opinion", "draft", "review")
VISITS = (
    ("wangmin", "/", "workbench of the hub"),
    ("zhaoqian", "/", "workbench of a unit"),
    ("zhaoqian", "/tasks", "my list"),
    ("zhaoqian", "/tasks?view=claimable", "my unit's list"),
    ("wangmin", "/tasks?view=waiting", "waiting for others"),
    ("wangmin", "/tasks?light=overdue", "filtered by light"),
    ("wangmin", "/cases", "register"),
    ("wangmin", "/cases?state=handling&unit=zjj", "register, filtered"),
    ("wangmin", "/cases?q=停车", "searched: a word of all"),
    ("wangmin", "/cases?q=停", "searched: one character"),
    ("wangmin", "/cases?q=1051", "searched: a number"),
    ("wangmin", "/cases?q=林国强", "searched: a name"),
    ("zhaoqian", "/tasks?q=停车", "my list, searched"),
    ("qianlei", "/office", "desk of a unit's office"),
    ("sunjie", "/desk", "desk of the committee"),
    ("wangmin", "/board", "board of units and steps"),
    ("wangmin", "/supervision", "board of lights"),
    ("wangmin", "/statistics", "statistics"),
)


def fill(banli: Banli, closed: int, running: int) -> None:
    """Write the rows of so many cases."""
    with banli.writing() as session:
        facts = _facts(session)
        first = 1000
        for begin in range(0, closed + running, 10_000):
            numbers = range(begin, min(begin + 10_000, closed + running))
            _insert(session, facts, [(first + number, number >= closed, number) for number in numbers])
        rebuild(session.connection())
    with banli.database.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _facts(session: Session) -> dict[str, Any]:
    units = session.execute(select(Unit.id, Unit.code).where(Unit.kind == "handling").order_by(Unit.id)).all()
    return {
        "area": the_area(session).id,
        "sitting": session.scalars(select(Sitting.id)).first(),
        "person": session.scalars(select(Person.id)).first(),
        "units": units,
    }


def _insert(session: Session, facts: dict[str, Any], cases: list[tuple[int, bool, int]]) -> None:
    items, parts, works, groups, replies, ratings, people = [], [], [], [], [], [], []
    for item_id, is_open, number in cases:
        unit_id, unit = facts["units"][number % len(facts["units"])]
        co_id, _ = facts["units"][(number + 1) % len(facts["units"])]
        at = DAY - dt.timedelta(days=number % 60 if is_open else 100 + number % 1500)
        items.append({
            "id": item_id, "area_id": facts["area"], "sitting_id": facts["sitting"], "kind": "suggestion",
            "timing": "recess", "year": at.year, "number": f"B{item_id}", "title": f"关于第{number}处停车难问题的建议",
            "situation": "群众反映集中。", "category": "城建交通", "publish_consent": True, "round": 1,
            "state": "handling" if is_open else "closed", "result_class": "" if is_open else "ABC"[number % 3],
            "submitted_at": at, "assigned_at": at, "closed_at": None if is_open else at,
        })  # fmt: skip
        people.append({"item_id": item_id, "person_id": facts["person"], "position": 0})
        due = at + dt.timedelta(days=90)
        for who, role in ((unit_id, "lead"), (co_id, "co")):
            parts.append({"item_id": item_id, "unit_id": who, "round": 1, "role": role, "assigned_at": at, "due": due,
                          "due_notes": [], "signed_at": at})  # fmt: skip
        if is_open:
            step = STEPS[number % len(STEPS)]
            works.append({
                "task_id": f"bench-{number}", "item_id": item_id, "root_id": f"root{number}", "element_id": step,
                "step_name": step, "form_id": None, "state": "open", "candidates": [f"{unit}:unit_handler"],
                "assignee": "zhaoqian" if number % 50 == 0 else None, "unit_code": unit, "due": due, "due_notes": [],
                "light": "reply", "texts": {}, "sender": "wangmin", "opened_at": at, "finished_at": None,
                "finished_by": None,
            })  # fmt: skip
            groups.append({"task_id": f"bench-{number}", "name": f"{unit}:unit_handler"})
        else:
            replies.append({
                "item_id": item_id, "unit_id": unit_id, "round": 1, "version": 1, "state": "issued", "body": "答复",
                "result_class": "ABC"[number % 3], "class_reason": "", "disclosure": "public", "disclosure_reason": "",
                "contact": "", "contact_phone": "", "by": "zhaoqian", "at": at, "issued_on": at.date(),
            })  # fmt: skip
            ratings.append({
                "item_id": item_id, "round": 1, "person_id": facts["person"], "channel": "app", "overall": "satisfied",
                "scores": {}, "contact_made": "met", "opinion": "", "asks_rehandling": False, "by": "x", "at": at,
            })  # fmt: skip
    for table, rows in ((Item, items), (ItemProposer, people), (Assignment, parts), (Work, works), (WorkGroup, groups),
                        (Reply, replies), (Feedback, ratings)):  # fmt: skip
        if rows:
            session.execute(insert(table), rows)


def visit(banli: Banli) -> list[tuple[str, float, float, float, int]]:
    """For each page: name, median, 95th percentile and processor time in milliseconds, size in bytes.

    Processor time is the median of what this very process worked; other work on the machine does not change it.
    """
    app = create_app(banli, overrides={"WTF_CSRF_ENABLED": False})
    found = []
    for account, address, name in VISITS:
        client = app.test_client()
        client.post("/sign-in/as", data={"account": account})
        spent, worked, size = [], [], 0
        for _ in range(ROUNDS):
            began, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            spent.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - busy) * 1000)
            size = len(answer.data)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
        spent.sort()
        late = spent[int(len(spent) * 0.95) - 1]
        found.append((name, statistics.median(spent), late, statistics.median(worked), size))
    return found


@contextmanager
def databases() -> Iterator[dict[str, str | None]]:
    """SQLite's own file and, where it is installed, a fresh PostgreSQL database."""
    try:
        cluster = Cluster.start()
    except PostgresMissing as missing:
        print(f"PostgreSQL is left out: {missing}")
        yield {"SQLite": None}
        return
    try:
        with cluster.database() as url:
            yield {"SQLite": None, "PostgreSQL": url}
    finally:
        cluster.stop()


def main() -> None:
    """Fill a county and print the table."""
    closed, running = (int(one) for one in (*sys.argv[1:3], CLOSED, OPEN)[:2])
    with tempfile.TemporaryDirectory() as folder, databases() as urls:
        for name, url in urls.items():
            place = Path(folder, name)
            place.mkdir()
            with opened(made(place, url), url=url) as banli:
                fill(banli, closed, running)
                print(f"pages over {running} open and {closed} closed cases ({name})")
                print(f"{'page':28} {'median':>9} {'p95':>9} {'processor':>9} {'size':>9}")
                for page, median, late, worked, size in visit(banli):
                    figures = f"{median:6.0f} ms {late:6.0f} ms {worked:6.0f} ms {size / 1024:6.0f} KB"
                    print(f"{page:28} {figures}", flush=True)


if __name__ == "__main__":
    main()
