"""The drawings of `how-it-works.md`: the house, one transaction, the life of a case, from a few lines of data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parent / "pictures"
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
INK, PAPER, BLUE, LINE, QUIET = "#1f2933", "#ffffff", "#1d4f91", "#9aa5b1", "#52606d"


@dataclass(frozen=True)
class Box:
    """A rectangle with a heading and lines below it."""

    x: int
    y: int
    width: int
    height: int
    heading: str
    lines: tuple[str, ...] = ()
    strong: bool = False

    def drawn(self) -> str:
        """The box as SVG."""
        fill, ink = (BLUE, PAPER) if self.strong else (PAPER, INK)
        middle = self.x + self.width / 2
        top = self.y + (24 if self.lines else self.height / 2 + 5)
        parts = [
            (
                f'<rect x="{self.x}" y="{self.y}" width="{self.width}" height="{self.height}" rx="6" '
                f'fill="{fill}" stroke="{BLUE}"/>'
            ),
            (
                f'<text x="{middle}" y="{top}" text-anchor="middle" font-weight="600" fill="{ink}">'
                f"{escape(self.heading)}</text>"
            ),
        ]
        for number, line in enumerate(self.lines, start=1):
            parts.append(
                f'<text x="{middle}" y="{top + 20 * number}" text-anchor="middle" font-size="12" '
                f'fill="{PAPER if self.strong else QUIET}">{escape(line)}</text>'
            )
        return "\n".join(parts)


@dataclass(frozen=True)
class Arrow:
    """A line with a head, and a word beside it."""

    start: tuple[int, int]
    end: tuple[int, int]
    word: str = ""
    at: float = 0.5
    """Where along the line the word stands."""
    bend: int = 0
    """How far the line swings out to the right."""

    def drawn(self) -> str:
        """The arrow as SVG."""
        (x, y), (to_x, to_y) = self.start, self.end
        path = f"M{x},{y} L{to_x},{to_y}"
        if self.bend:
            path = f"M{x},{y} C{x + self.bend},{y} {to_x + self.bend},{to_y} {to_x},{to_y}"
        word_x, word_y = x + (to_x - x) * self.at + self.bend * 0.75 + 6, y + (to_y - y) * self.at - 4
        word = f'<text x="{word_x}" y="{word_y}" font-size="12" fill="{QUIET}">{escape(self.word)}</text>'
        return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5" marker-end="url(#head)"/>{word}'


def drawing(title: str, width: int, height: int, parts: list[Box | Arrow]) -> str:
    """A whole SVG file."""
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
                f'height="{height}" role="img" aria-label="{escape(title)}" font-family="{FONT}" font-size="14">'
            ),
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>',
            (
                f'<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
                f'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{LINE}"/></marker></defs>'
            ),
            *(part.drawn() for part in parts),
            "</svg>\n",
        ]
    )


def house() -> str:
    """Who may know whom."""
    rooms = [
        Box(220, 20, 300, 78, "web", ("pages, forms, exports; the banli command", "knows HTTP, decides nothing")),
        Box(
            220,
            138,
            300,
            98,
            "tasks",
            (
                "the work of people: register, worklist,",
                "handling, deadlines, evaluation …",
                "who may do what is decided here",
            ),
            strong=True,
        ),
        Box(
            220,
            276,
            300,
            98,
            "engine",
            (
                "BPMN, DMN, FEEL; one command, one commit;",
                "timers, jobs, messages, history",
                "knows no people and no pages",
            ),
        ),
        Box(10, 138, 160, 98, "processes/", ("diagrams, tables,", "forms, letters, presets", "data only")),
        Box(570, 276, 150, 98, "database", ("SQLite in one file", "or PostgreSQL", "nothing else")),
    ]
    ways = [
        Arrow((370, 98), (370, 136)),
        Arrow((370, 236), (370, 274)),
        Arrow((170, 187), (218, 187)),
        Arrow((520, 325), (568, 325)),
        Arrow((520, 187), (600, 274)),
    ]
    return drawing("The house: web knows tasks, tasks knows engine, never the other way", 740, 400, [*rooms, *ways])


def transaction() -> str:
    """What one click on “submit” does."""
    steps = [
        ("begin; take the case's root row", "SQLite: BEGIN IMMEDIATE · PostgreSQL: FOR UPDATE"),
        ("was this request id done before?", "then answer as it was answered then"),
        ("read the snapshot, record the form", "the recorder writes the domain rows here"),
        ("advance from wait state to wait state", "pure: no clock, no network, no table"),
        ("write what follows", "snapshot (compare and set), tasks, timers, jobs, history + hash"),
        ("observers: the worklist's rows", "still the same transaction"),
        ("commit", "only now is the click acknowledged"),
    ]
    parts: list[Box | Arrow] = []
    for number, (heading, line) in enumerate(steps):
        parts.append(Box(90, 20 + 74 * number, 460, 52, heading, (line,), strong=number == len(steps) - 1))
        if number:
            parts.append(Arrow((320, 72 + 74 * (number - 1)), (320, 18 + 74 * number)))
    parts += [
        Box(600, 20 + 74 * 6, 170, 52, "jobs and timers", ("outside, at least once",)),
        Arrow((550, 46 + 74 * 6), (598, 46 + 74 * 6)),
        Arrow((550, 46 + 74 * 3), (550, 46), "any fault: all is rolled back", bend=90),
    ]
    return drawing("One command, one transaction", 830, 550, parts)


def life() -> str:
    """From the deputy's pen to the promise that is kept."""
    row = [
        ("提出", "the deputy"),
        ("审查立案", "committee"),
        ("分办、交办", "hub, its leader"),
        ("签收", "units; objections"),
        ("面商", "with the deputy"),
        ("拟写答复", "co-opinions join"),
    ]
    back = [
        ("跟踪承诺", "until it is kept"),
        ("结案", "hub, committee"),
        ("评价", "deputy alone"),
        ("印发、公开", "the letter"),
        ("审核", "the chain"),
    ]
    parts: list[Box | Arrow] = []
    for number, (heading, line) in enumerate(row):
        parts.append(Box(20 + 140 * number, 30, 116, 60, heading, (line,)))
        if number:
            parts.append(Arrow((136 + 140 * (number - 1), 60), (18 + 140 * number, 60)))
    for number, (heading, line) in enumerate(back):
        parts.append(Box(160 + 140 * number, 190, 116, 60, heading, (line,), strong=heading == "评价"))
        if number:
            parts.append(Arrow((160 + 140 * number, 220), (278 + 140 * (number - 1), 220)))
    parts += [
        Arrow((778, 90), (778, 188), "送审"),
        Arrow((740, 188), (740, 92), "退办"),
        Arrow((498, 188), (498, 92), "不满意：重新办理", at=0.3),
        Arrow((218, 188), (620, 92), "到期：二次答复", at=0.12),
    ]
    return drawing("The life of a case", 880, 280, parts)


def main() -> None:
    """Draw them all."""
    for name, drawn in (("house", house()), ("transaction", transaction()), ("life-of-a-case", life())):
        (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
