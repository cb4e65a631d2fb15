"""What a simulated person does at a step: the story of the case, changed for this visit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from tasks.demonstration.answers import fill_by

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import Any

    from tasks.demonstration.answers import Story
    from tasks.simulation.people import Tale
    from tasks.simulation.rates import Rates
    from tasks.worklist.form_page import Fillable
    from tasks.worklist.models import Work

    Fill = Callable[[Fillable], dict[str, Any]]


@dataclass
class Course:
    """How far a case has come: what has happened in it already is not repeated."""

    tale: Tale
    seed: int
    item_id: int
    visits: Counter[str] = field(default_factory=Counter)
    returns: int = 0
    objected: int = 0
    bounced: bool = False
    edited: bool = False
    asked: bool = False
    result_class: str = ""

    @staticmethod
    def place(work: Work) -> str:
        """A step with whose it is: what is visited."""
        return f"{work.element_id}:{work.unit_code}:{work.assignee}"

    def random(self, work: Work) -> Random:
        """Chance for this visit of a step, the same whatever happened in other cases."""
        place = self.place(work)
        self.visits[place] += 1
        return Random(f"{self.seed}:{self.tale.number}:{place}:{self.visits[place]}")  # noqa: S311 - no secret


def fill_for(course: Course, work: Work, rates: Rates, random: Random, now: dt.datetime) -> Fill:
    """How the page's form is filled in."""
    story = _told(course, work, rates, random)

    def fill(page: Fillable) -> dict[str, Any]:
        possible = story
        if story.words.get("filing") == "merged" and not page.options.get("merge_targets"):
            possible = replace(story, words={})
        if possible.answer not in {option.value for option in page.options.get("sign_in_answers", ())}:
            possible = replace(possible, answer="accept")  # a later round is signed for, not disputed
        return fill_by(possible, now)(page)

    return fill


def _told(course: Course, work: Work, rates: Rates, random: Random) -> Story:
    story = replace(course.tale.story, result_class=course.result_class or course.tale.story.result_class)
    change = _CHANGES.get(work.element_id)
    return change(course, work, rates, random, story) if change is not None else story


def _filing(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    """What is returned for correction is returned once: by the desk, or of every other such item by the committee."""
    if story.words.get("filing") != "returned_for_edit":
        return story
    if course.edited:
        return replace(story, words={})
    if work.element_id == "first_review" and course.tale.number % 2:
        return replace(story, words={**story.words, "first": "filed"})
    course.edited = True
    return story


def _sign_in(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    if course.objected < course.tale.disputes:
        course.objected += 1
        return replace(story, answer="object", suggests=story.suggests[course.objected - 1 :])
    lead = work.unit_code == course.tale.story.lead
    most = 2 if story.ruling == "refuse" else 1
    if course.tale.disputes or not course.tale.objects or not lead or course.objected >= most:
        return story
    if course.objected and random.random() > 0.3:
        return story
    course.objected += 1
    return replace(story, answer="again" if course.objected > 1 else "object")


def _review(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    groups = set(work.candidates)
    if groups & {"gov:gov_leader"} and story.result_class == "C" and not course.tale.certain and random.random() < 0.15:
        course.result_class = "B"
        return replace(story, returned_for="可以列入明年计划，不能留作参考。")
    by_office = any(name.startswith("fb:") or name.endswith((":unit_head", ":unit_deputy")) for name in groups)
    if course.returns < course.tale.returns and by_office and random.random() < 0.6:
        course.returns += 1
        return replace(story, returned_for="“近期”请写明时间。")
    return story


def _draft(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    """Once a promise has fallen due the reply tells what was done; one in ten promises again."""
    if not any(place.startswith("fulfil:") for place in course.visits):
        return story
    return replace(story, result_class="B" if random.random() < 0.1 else "A")


def _rate(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:
    again = course.visits[f"rate:{work.unit_code}:{work.assignee}"] > 1
    if not again:
        return story
    return replace(story, rating="dissatisfied" if random.random() < rates.dissatisfied else "satisfied")


def _closing_review(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    first = course.visits[f"closing_review:{work.unit_code}:{work.assignee}"] == 1 and not course.tale.certain
    return replace(story, closing=random.choices(("", "refuse", "defer"), (95, 3, 2))[0]) if first else story


def _closing_check(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    first = course.visits[f"closing_check:{work.unit_code}:{work.assignee}"] == 1 and not course.tale.certain
    return replace(story, check="disagree" if first and random.random() < 0.02 else "agree")


def _opinion(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    if course.bounced or random.random() > 0.06:
        return story
    course.bounced = True
    if work.element_id == "approve_opinion":
        return replace(story, opinion_back="请核对数字。")
    return replace(story, bounce="没有写时限。")


def _promise(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    outcome = random.choices(("done", "postponed", "changed"), (82, 14, 4))[0]
    return replace(story, words={**story.words, "promise": outcome})


def _ruling(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    if not course.tale.disputes:
        return story
    return replace(story, ruling="agree", suggests=story.suggests[course.objected - 1 :])


def _extension(course: Course, work: Work, rates: Rates, random: Random, story: Story) -> Story:  # noqa: ARG001
    return replace(story, extension=random.choices(("agree", "refuse"), (75, 25))[0])


_CHANGES = {
    "first_review": _filing,
    "final_review": _filing,
    "sign_in": _sign_in,
    "decide_objection": _ruling,
    "draft": _draft,
    "review": _review,
    "rate": _rate,
    "closing_review": _closing_review,
    "closing_check": _closing_check,
    "approve_opinion": _opinion,
    "accept_opinion": _opinion,
    "fulfil": _promise,
    "hub_extension": _extension,
    "approve_extension": _extension,
}
