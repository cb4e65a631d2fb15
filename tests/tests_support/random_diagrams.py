"""Block-structured diagrams by chance: every one can end, whatever path is taken."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests_support.diagrams import boundary, chain, end, flow, gateway, loop, process, script, start, timer, user_task

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Builder:
    """Draws blocks; each block is entered at one element and left at another."""

    chance: random.Random
    shapes: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def name(self, kind: str) -> str:
        return f"{kind}{next(self.numbers)}"

    def block(self, depth: int) -> tuple[str, str]:
        """Draw one block and answer its first and last element."""
        kinds = ["task", "task", "script", "multi"]
        if depth > 0:
            kinds += ["exclusive", "parallel", "inclusive", "loop", "boundary", "sub", "sequence"]
        return getattr(self, self.chance.choice(kinds))(depth - 1)

    def task(self, _depth: int) -> tuple[str, str]:
        name = self.name("task")
        self.shapes.append(user_task(name))
        return name, name

    def script(self, _depth: int) -> tuple[str, str]:
        name = self.name("script")
        self.shapes.append(script(name, "= {value: 1, list: [1, null]}", self.name("x")))
        return name, name

    def multi(self, _depth: int) -> tuple[str, str]:
        name = self.name("multi")
        self.shapes.append(user_task(name, loop=loop(
            "=[1, null, 3]", sequential=self.chance.random() < 0.5, output=f"{name}_out", output_item="=choice")))
        return name, name

    def sequence(self, depth: int) -> tuple[str, str]:
        blocks = [self.block(depth) for _ in range(self.chance.randint(2, 3))]
        for (_, last), (first, _) in itertools.pairwise(blocks):
            self.shapes.append(flow(last, first))
        return blocks[0][0], blocks[-1][1]

    def _branches(self, kind: str, depth: int, *, conditions: bool) -> tuple[str, str]:
        split, join = self.name(f"{kind}split"), self.name(f"{kind}join")
        inner = [self.block(depth) for _ in range(self.chance.randint(2, 3))]
        default = f"{split}_{inner[-1][0]}" if conditions else ""
        self.shapes += [gateway(split, kind, default), gateway(join, kind)]
        for index, (first, last) in enumerate(inner):
            is_default = index == len(inner) - 1
            condition = None if not conditions or is_default else f"= choice &gt; {index + 1}"
            self.shapes += [flow(split, first, condition), flow(last, join)]
        return split, join

    def exclusive(self, depth: int) -> tuple[str, str]:
        return self._branches("exclusive", depth, conditions=True)

    def inclusive(self, depth: int) -> tuple[str, str]:
        return self._branches("inclusive", depth, conditions=True)

    def parallel(self, depth: int) -> tuple[str, str]:
        return self._branches("parallel", depth, conditions=False)

    def loop(self, depth: int) -> tuple[str, str]:
        merge, again = self.name("merge"), self.name("again")
        pause = self.task(depth)
        first, last = self.block(depth)
        out = self.name("out")
        self.shapes += [
            gateway(merge), gateway(again, default=f"{again}_{out}"), gateway(out), flow(merge, first),
            flow(last, pause[0]), flow(pause[1], again), flow(again, merge, "= choice = 3"), flow(again, out)]
        return merge, out

    def boundary(self, depth: int) -> tuple[str, str]:
        name, on, join = self.name("task"), self.name("on"), self.name("merge")
        interrupting = self.chance.random() < 0.5
        self.shapes += [user_task(name), boundary(on, name, timer("P1D"), interrupting=interrupting), gateway(join),
                        flow(name, join)]
        first, last = self.block(depth)
        self.shapes.append(flow(on, first))
        finish = join if interrupting else self.name("end")
        if not interrupting:
            self.shapes.append(end(finish))
        self.shapes.append(flow(last, finish))
        return name, join

    def sub(self, depth: int) -> tuple[str, str]:
        name = self.name("sub")
        inner = Builder(self.chance, numbers=self.numbers)
        first, last = inner.block(depth)
        begin, finish = inner.name("start"), inner.name("end")
        content = start(begin) + end(finish) + "".join(inner.shapes) + flow(begin, first) + flow(last, finish)
        several = loop("=[1, 2]") if self.chance.random() < 0.3 else ""
        self.shapes.append(f'<bpmn:subProcess id="{name}">{content}{several}</bpmn:subProcess>')
        return name, name


def draw(seed: int) -> bytes:
    """The diagram of a seed, as process `p`."""
    builder = Builder(random.Random(seed))  # noqa: S311 - repeatable chance, no secret
    first, last = builder.sequence(3)
    return process(start() + end() + "".join(builder.shapes) + chain("start", first) + chain(last, "end"))
