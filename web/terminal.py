"""Speaking on a terminal: the reader's language, progress bars, errors as one sentence instead of a trace."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel.support import NullTranslations, Translations

from engine.errors import DefinitionInvalid, EngineError
from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FOLDER = Path(__file__).parent / "translations"
_DEFAULT = "zh_Hans_CN"


@functools.cache
def _translations() -> NullTranslations:
    return Translations.load(_FOLDER, [os.environ.get("BANLI_LANGUAGE") or _DEFAULT])


def tell(message: Message | str) -> str:
    """The sentence in the language of BANLI_LANGUAGE (zh_Hans_CN, zh_Hant_TW or en)."""
    if isinstance(message, str):
        return message
    values = {name: _said(value) for name, value in message.values.items()}
    return Message(message.template, values).localized(_translations().gettext)


def _said(value: object) -> object:
    if isinstance(value, Message):
        return tell(value)
    if isinstance(value, (list, tuple)):
        return "、".join(str(_said(one)) for one in value)
    return value


def line(message: Message | str = "") -> None:
    """One line on standard output."""
    click.echo(tell(message))


def fail(message: Message | str) -> None:
    """One line on standard error, and the end of the program with code 1."""
    click.echo(tell(message), err=True)
    sys.exit(1)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors that a person can mend are told as sentences; programming errors keep their trace."""
    try:
        yield
    except DefinitionInvalid as refused:
        click.echo(tell(say("The deployment was refused; nothing was changed:")), err=True)
        for problem in refused.problems:
            place = " ".join(part for part in (problem.resource, problem.element_id) if part)
            click.echo(f"  [{problem.severity}] {place}: {tell(problem.message)}", err=True)
        sys.exit(1)
    except EngineError as refused:
        fail(refused.message)


@contextmanager
def progress(message: Message) -> Iterator[Callable[[int, int], None]]:
    """A progress bar that is told how much is done and how much there is."""
    with click.progressbar(length=1000, label=tell(message), file=sys.stderr, show_pos=False) as bar:

        def show(done: int, total: int) -> None:
            bar.update(int(1000 * done / max(1, total)) - bar.pos)

        yield show
