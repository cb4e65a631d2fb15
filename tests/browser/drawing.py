"""A designer at the studio: she draws with the mouse, chooses from lists, and reads what the check says."""

READY = 20_000


class Studio:
    """One draft in one window."""

    def __init__(self, person):
        self.person = person
        self.page = person.page
        self.page.set_default_timeout(READY)

    def opens_a_draft(self, package="handling"):
        self.person.go("/designer")
        self.page.click(f"form:has(input[value={package}]) button")
        self.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
        return self

    def file(self, name):
        self.page.click(f'[data-file-link="{name}"]')
        self.page.wait_for_selector(f'[data-studio][data-ready=yes][data-file="{name}"]', timeout=READY)
        return self

    def chooses_shape(self, element):
        self.page.click(f'g[data-element-id="{element}"] .djs-hit', force=True)
        return self

    def opens_every_group(self):
        """Every group of the panel that is still closed, from the keyboard."""
        closed = ".studio-panel .bio-properties-panel-group-header:not(.open) .bio-properties-panel-arrow"
        self.page.locator(".studio-panel .bio-properties-panel-group-header").first.wait_for()
        for arrow in self.page.locator(closed).element_handles():
            arrow.focus()
            self.page.keyboard.press("Enter")
        assert self.page.locator(closed).count() == 0
        return self

    def draws_a_task_on(self, flow, name):
        """A task from the palette, dropped on a flow, named, and made a user task."""
        line = self.page.query_selector(f'g[data-element-id="{flow}"] .djs-visual > path')
        self.page.click('[data-action="create.task"]')
        box = line.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        box = line.bounding_box()
        self.page.mouse.move(box["x"] + box["width"], box["y"] + box["height"] / 2, steps=4)
        self.page.mouse.click(box["x"] + box["width"], box["y"] + box["height"] / 2)
        self.page.wait_for_selector(".djs-direct-editing-content")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self.page.click('[data-action="replace"]')
        self.page.click('.djs-popup [data-id="replace-with-user-task"]')
        self.saved()
        return self

    def chooses(self, what, label):
        """One of the office's lists at the chosen shape."""
        self.page.select_option(f'[data-entry-id="office-{what}"] select', label=label)
        self.saved()
        return self

    def makes_a_deadline(self, name, amount, source):
        self.page.click(".office-new")
        self.page.fill("#deadline-name", name)
        self.page.fill("#deadline-amount", amount)
        self.page.fill("#deadline-source", source)
        self.page.click('dialog[open] button[value="make"]')
        self.page.wait_for_selector("dialog[data-deadline]", state="hidden")
        self.saved()
        return self

    def makes_a_file(self, kind, title, key):
        self.page.click("details.more-acts:not(.deploy) > summary")
        form = ".new-file:not(.new-scenario)"
        self.page.select_option(f'{form} select[name="kind"]', kind)
        self.page.fill(f'{form} input[name="title"]', title)
        self.page.fill(f'{form} input[name="key"]', key)
        self.page.click(f"{form} button")
        self.page.wait_for_selector(f'[data-studio][data-ready=yes][data-file*="{key}"]', timeout=READY)
        return self

    def adds_a_scenario(self, title, like):
        self.page.click("details.more-acts:not(.deploy) > summary")
        self.page.fill('.new-scenario input[name="title"]', title)
        self.page.select_option('.new-scenario select[name="like"]', label=like)
        self.page.click(".new-scenario button")
        self.page.wait_for_selector('[data-studio][data-ready=yes][data-file$=".yaml"]', timeout=READY)
        return self

    def reads_the_text(self):
        """The whole of a text file."""
        return self.page.input_value("textarea.plain-text")

    def adds_a_field(self, kind, label, key):
        """A field from the palette of the form editor, named and given a code."""
        self.page.locator(f'.fjs-palette-field[data-field-type="{kind}"]').focus()
        self.page.keyboard.press("Enter")
        self.page.locator(".fjs-element").last.click(force=True)
        self.page.locator(".studio-panel .bio-properties-panel-group-header").first.click()
        for entry, text in (("label", label), ("key", key)):
            row = self.page.locator(f'.studio-panel [data-entry-id="{entry}"]').first
            field = row.locator("input, [contenteditable=true]").first
            field.fill(text)
            field.press("Tab")
        self.saved()
        return self

    def writes(self, text):
        """The whole of a text file."""
        self.page.fill("textarea.plain-text", text)
        self.saved()
        return self

    def saved(self):
        """Wait until the draft has kept what was drawn."""
        self.page.locator("[data-state]", has_text="已自动保存").wait_for()
        return self

    def waits_for(self, words):
        """Until the check says so."""
        self.page.locator("[data-findings]", has_text=words).wait_for(timeout=READY)
        return self

    def waits_without(self, words):
        """Until the check does not say so any more."""
        self.page.locator("[data-findings]").filter(has_not_text=words).wait_for(timeout=READY)
        return self

    def mends(self, words, label):
        """The mend beside a finding."""
        self.page.locator(".found", has_text=words).get_by_role("button", name=label).click()
        return self

    def deploys(self, comment):
        self.page.click("details.deploy > summary")
        self.page.fill("#deploy-comment", comment)
        self.page.click("details.deploy button")
        self.page.wait_for_selector("text=已部署。")
        return self
