"""People at their browsers: each signs in by the demonstration's one click and works through the pages only."""

import re
from contextlib import contextmanager

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CONTENT_IS_READY = 8_000
"""Milliseconds that a page may take on a busy machine."""


class People:
    """Everybody whom a test needs; a person keeps her window from her first act to the end."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.present = {}

    @contextmanager
    def at_work(self):
        yield self
        for person in self.present.values():
            person.page.context.close()

    def __getitem__(self, account):
        if account not in self.present:
            self.present[account] = self.newcomer(account)
        return self.present[account]

    def newcomer(self, account=None, viewport=None, **options):
        """Somebody in a fresh window, signed in if an account is named."""
        context = self.browser.new_context(
            viewport=viewport or DESK, locale="zh-CN", reduced_motion="reduce", **options
        )
        context.set_default_timeout(CONTENT_IS_READY)
        person = Person(context.new_page(), self.address)
        if account:
            person.enter(account)
        return person


class Person:
    """One person and her window."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))

    def enter(self, account):
        self.go("/sign-in")
        self.page.click(f'button[name="account"][value="{account}"]')
        self.page.wait_for_selector("details.me")

    def go(self, path):
        return self.page.goto(self.address + path)

    def reads(self):
        """The text of the page as it is seen."""
        return self.page.inner_text("main")

    def steps(self, title):
        """The steps of this case in my list and in that of my unit."""
        found = []
        for view in ("mine", "claimable"):
            self.go(f"/tasks?view={view}&q={title}")
            rows = self.page.locator("tr[data-task]", has_text=title).all()
            found += [row.get_attribute("data-step") for row in rows]
        return found

    def has(self, step, title):
        """Whether this step of the case waits for me or for my unit."""
        return step in self.steps(title)

    def takes(self, step, title):
        """Opens this step of the case from my list or from that of my unit."""
        for view in ("mine", "claimable"):
            self.go(f"/tasks?view={view}&q={title}")
            row = self.page.locator(f'tr[data-step="{step}"]', has_text=title).first
            if row.count():
                row.locator("a.title").click()
                self.page.wait_for_selector("#task-form")
                return self
        raise AssertionError(f"expected “{step}” of “{title}” among {self.steps(title)}")

    def fills(self, **values):
        """Types and chooses; a list is ticked, a list of mappings fills the rows of a list."""
        for key, value in values.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for number, row in enumerate(value):
                    self.fills(**{f"{key}.{number}.{name}": cell for name, cell in row.items()})
            else:
                self._fill(key, value)
        return self

    def _fill(self, name, value):
        control = self.page.locator(f'[name="{name}"]').first
        control.wait_for(state="visible")
        kind = control.evaluate("c => c.tagName === 'INPUT' ? c.type : c.tagName.toLowerCase()")
        if kind == "select":
            control.select_option(value)
        elif kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                mark = "true" if one is True else one
                self.page.locator(f'[name="{name}"][value="{mark}"]').check()
        else:
            control.fill(value)

    def submits(self):
        """Sends the form and waits for the page after it."""
        self.page.locator("form .dock button.primary").click()
        self.page.wait_for_selector("main .note.good, main [data-first-error]")
        errors = self.page.locator(".note.late")
        if errors.count():
            raise AssertionError(f"the form was not accepted: {errors.first.inner_text()}")
        return self

    def does(self, step, title, **values):
        """Takes a step, fills its form and submits it."""
        return self.takes(step, title).fills(**values).submits()

    def case_number(self, title):
        """The item of this title in the register."""
        self.go(f"/cases?q={title}")
        address = self.page.locator("tr[data-case] a.title", has_text=title).first.get_attribute("href")
        return int(re.search(r"/cases/(\d+)", address)[1])
