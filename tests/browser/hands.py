"""A person without a mouse: everything is reached by Tab, chosen by arrows and space, sent by Enter."""

FURTHEST = 160
"""Presses of Tab after which nobody would look on."""


class Hands:
    """The keyboard of one person; it touches the page by keys only."""

    def __init__(self, person):
        self.page, self.keys = person.page, person.page.keyboard
        self.address = person.address

    def signs_in(self, account):
        """From the first page to one's own."""
        self.page.goto(self.address + "/sign-in")
        self.reaches(f'button[name="account"][value="{account}"]').presses("Enter")
        self.page.wait_for_selector("details.me")
        return self

    def presses(self, *keys):
        for key in keys:
            self.keys.press(key)
        return self

    def reaches(self, selector):
        """Goes on by Tab until this is where one stands."""
        for _ in range(FURTHEST):
            if self.stands_at(selector):
                return self
            self.keys.press("Tab")
        raise AssertionError(f"expected Tab to reach {selector}; it stands at {self.where()}")

    def stands_at(self, selector):
        return self.page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector)

    def where(self):
        return self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")

    def is_seen(self):
        """Whether what one stands at shows that one stands there."""
        return self.page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
        )

    def opens(self, selector, then):
        """Follows a link or presses a button, and waits for what comes."""
        self.reaches(selector)
        assert self.is_seen(), f"where one stands is not seen: {self.where()}"
        self.presses("Enter")
        self.page.wait_for_selector(then)
        return self

    def types(self, name, text):
        self.reaches(f'[name="{name}"]').presses("Control+A")
        self.keys.type(text)
        return self

    def ticks(self, name):
        return self.reaches(f'input[name="{name}"]').presses("Space")

    def chooses(self, name, value):
        """One of several round buttons, or a line of a list, by the arrows."""
        self.reaches(f'[name="{name}"]')
        for _ in range(30):
            chosen = self.page.evaluate(
                "(() => { const c = document.activeElement;"
                " return c.type === 'radio' && !c.checked ? '' : c.value })()"
            )
            if chosen == value:
                return self
            first = self.stands_at(f'input[type="radio"][name="{name}"][value="{value}"]')
            self.presses("Space" if first else "ArrowDown")
        raise AssertionError(f"the arrows do not come to {name} = {value}")

    def submits(self):
        return self.opens("form .dock button.primary", "main .note.good, main [data-first-error]").is_accepted()

    def is_accepted(self):
        assert self.page.locator(".note.late").count() == 0, self.page.locator(".note.late").first.inner_text()
        return self
