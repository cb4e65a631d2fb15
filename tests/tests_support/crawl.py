"""Walks through the application as somebody, from link to link, and keeps an address of every kind of page."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException

from web.language import COOKIE

if TYPE_CHECKING:
    from flask import Flask

HERE = "http://127.0.0.1:8000"
_FROM_HERE = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "base_url": HERE}
_KINDS = ("kind", "chapter", "stage")
"""Parts of an address that make it another kind of page."""
NOT_FOLLOWED = frozenset({"auth.leave", "assets.file"})


@dataclass
class Visited:
    """One page that somebody saw."""

    account: str
    address: str
    endpoint: str
    status: int
    mimetype: str
    text: str
    size: int


@dataclass
class Crawler:
    """Follows the links that a person sees; of each kind of page so many."""

    app: Flask
    account: str
    each: int = 2
    language: str = ""
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: dict[str, list[Visited]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.http = self.app.test_client()
        self._post("/sign-in/as", account=self.account)
        if self.language:
            self.http.set_cookie(COOKIE, self.language, domain="127.0.0.1")

    def _post(self, address: str, **values: str) -> None:
        page = self.http.get("/sign-in", **_FROM_HERE).get_data(as_text=True)
        if 'name="csrf_token"' not in page:
            page = self.http.get("/", follow_redirects=True, **_FROM_HERE).get_data(as_text=True)
        token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
        answer = self.http.post(address, data={"csrf_token": token, **values}, **_FROM_HERE)
        assert answer.status_code in (302, 303), (address, answer.status_code)

    def walk(self, *first: str) -> dict[str, list[Visited]]:
        """Endpoint to the pages seen of it, beginning at these addresses."""
        waiting, known = deque(first or ("/",)), set(first or ("/",))
        while waiting:
            address = waiting.popleft()
            endpoint, kind = self.door(address)
            if not endpoint or endpoint in NOT_FOLLOWED or self.counted[endpoint, kind] >= self.each:
                continue
            self.counted[endpoint, kind] += 1
            page = self.visit(address, endpoint)
            self.seen[endpoint].append(page)
            for link in _links(page):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
        return {endpoint: pages for endpoint, pages in self.seen.items() if pages}

    def door(self, address: str) -> tuple[str, str]:
        """Which door an address is, and which kind of page behind it; empty for one that leads elsewhere."""
        parts = urlsplit(urljoin(HERE, address))
        if f"{parts.scheme}://{parts.netloc}" != HERE:
            return "", ""
        adapter = self.app.url_map.bind("127.0.0.1:8000")
        try:
            endpoint, values = adapter.match(parts.path, method="GET")
        except HTTPException:
            return "", ""
        return str(endpoint), " ".join(str(values[name]) for name in _KINDS if name in values)

    def visit(self, address: str, endpoint: str) -> Visited:
        """Ask for one page, going where it leads."""
        answer = self.http.get(address, **_FROM_HERE)
        if answer.status_code in (301, 302, 303, 308):
            answer = self.http.get(answer.headers["Location"], follow_redirects=True, **_FROM_HERE)
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        return Visited(self.account, address, endpoint, answer.status_code, answer.mimetype, text, len(answer.data))


def _links(page: Visited) -> list[str]:
    if not page.text:
        return []
    tree = html.fromstring(page.text)
    found = [*tree.xpath("//a/@href"), *tree.xpath("//form[not(@method) or @method='get']/@action")]
    return [link.split("#")[0] for link in found if link and not link.startswith(("#", "mailto:"))]
