"""Which pages are measured, who asks for each, and how long it may take."""

from __future__ import annotations

from typing import NamedTuple

LIST, OVERVIEW = 100, 300
"""Milliseconds that 95 of 100 answers may take: a list; the board, the statistics and what is counted like them."""


class Visit(NamedTuple):
    """One page as one person asks for it."""

    account: str
    address: str
    name: str
    limit: int = LIST


HUB, HANDLER, OFFICE, HEAD, CONGRESS, DEPUTY, ADMIN = (
    "wangmin", "zhaoqian", "qianlei", "zhengtao", "sunjie", "linguoqiang", "chenli",
)  # fmt: skip

VISITS = (
    Visit(HUB, "/", "workbench of the hub"),
    Visit(HANDLER, "/", "workbench of a handler"),
    Visit(HANDLER, "/tasks", "my list"),
    Visit(HANDLER, "/tasks?page=4", "my list, a later page"),
    Visit(HANDLER, "/tasks?sort=-number", "my list, by number"),
    Visit(HANDLER, "/tasks?q=停车", "my list, searched"),
    Visit(HANDLER, "/tasks?light=overdue", "my list, what is late"),
    Visit(HANDLER, "/tasks?step=draft", "my list, one step"),
    Visit(HUB, "/tasks?view=claimable", "my groups' list"),
    Visit(HUB, "/tasks?view=claimable&page=9", "my groups' list, a later page"),
    Visit(HUB, "/tasks?view=claimable&sort=title", "my groups' list, by title"),
    Visit(HUB, "/tasks?view=claimable&q=停车", "my groups' list, searched"),
    Visit(HUB, "/tasks?view=claimable&unit=zjj&key=1", "my groups' list, filtered"),
    Visit(HUB, "/tasks?view=waiting", "waiting for others"),
    Visit(HUB, "/tasks?view=waiting&q=停车", "waiting for others, searched"),
    Visit(HUB, "/tasks?view=waiting&light=overdue", "waiting for others, what is late"),
    Visit(HUB, "/tasks?view=waiting&page=20", "waiting for others, a later page"),
    Visit(HUB, "/tasks?view=done", "what I have done"),
    Visit(HUB, "/tasks?view=done&page=40", "what I have done, a later page"),
    Visit(HUB, "/tasks?view=done&q=停车", "what I have done, searched"),
    Visit(HUB, "/tasks?view=done&sort=number", "what I have done, by number"),
    Visit(HUB, "/tasks?view=on_paper", "verdicts on paper"),
    Visit(HANDLER, "/tasks?view=delegated", "in place of others"),
    Visit(HUB, "/cases", "register"),
    Visit(HUB, "/cases?page=1000", "register, the thousandth page"),
    Visit(HUB, "/cases?state=handling&unit=zjj", "register, filtered"),
    Visit(HUB, "/cases?only=overdue", "register, what is late"),
    Visit(HUB, "/cases?only=returned&year=2025", "register, returned"),
    Visit(HUB, "/cases?category=城建交通&result=A&page=30", "register, filtered, a later page"),
    Visit(HUB, "/cases?q=停车", "register, searched: a word"),
    Visit(HUB, "/cases?q=关于", "register, searched: a word of all"),
    Visit(HUB, "/cases?q=停", "register, searched: a character"),
    Visit(HUB, "/cases?q=0043", "register, searched: a number"),
    Visit(HUB, "/cases?q=林国强", "register, searched: a name"),
    Visit(HUB, "/cases?q=停车 老城", "register, searched: two words"),
    Visit(HUB, "/cases?q=没有的词语", "register, searched: nothing found"),
    Visit(HANDLER, "/cases", "register of a unit"),
    Visit(HANDLER, "/cases?q=停车", "register of a unit, searched"),
    Visit(CONGRESS, "/cases?q=停车&rating=any", "register of a committee, rated"),
    Visit(OFFICE, "/office", "desk of a unit's office"),
    Visit(CONGRESS, "/desk", "desk of a committee"),
    Visit(HEAD, "/sign", "a leader's signatures"),
    Visit(HUB, "/dispatch", "dispatch"),
    Visit(CONGRESS, "/filing", "filing"),
    Visit(HUB, "/tracking", "promises"),
    Visit(HUB, "/tracking?q=停车&state=open", "promises, searched"),
    Visit(HUB, "/tracking/look-back", "looking back"),
    Visit(HUB, "/tracking/roll-over", "what rolls over"),
    Visit(HUB, "/supervision", "supervision", OVERVIEW),
    Visit(HUB, "/supervision?light=overdue&unit=zjj", "supervision, filtered", OVERVIEW),
    Visit(HUB, "/board", "board", OVERVIEW),
    Visit(HUB, "/board?kind=proposal&key=1", "board, key proposals", OVERVIEW),
    Visit(HUB, "/board/zjj", "board, tasks of a unit"),
    Visit(HUB, "/statistics", "statistics", OVERVIEW),
    Visit(HUB, "/statistics?kind=suggestion&year=2025", "statistics of a year", OVERVIEW),
    Visit(CONGRESS, "/statistics", "statistics with ratings", OVERVIEW),
    Visit(HUB, "/evaluation", "evaluation"),
    Visit(HUB, "/watch", "watching the procedure", OVERVIEW),
    Visit(HUB, "/notices", "notices"),
    Visit(DEPUTY, "/portal", "a deputy's home"),
    Visit(DEPUTY, "/portal/similar?title=停车难问题", "similar suggestions"),
    Visit(ADMIN, "/admin", "administration"),
    Visit(ADMIN, "/admin/settings/membership", "administration: mandates"),
    Visit(ADMIN, "/admin/settings/account", "administration: accounts"),
    Visit(ADMIN, "/admin/settings/unit", "administration: units"),
    Visit(ADMIN, "/admin/changes", "administration: changes"),
    Visit(ADMIN, "/admin/halted", "administration: halted cases"),
    Visit(ADMIN, "/absences", "absences"),
)  # fmt: skip
