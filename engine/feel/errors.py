"""What can go wrong with a FEEL text or its evaluation, as typed errors that know their place."""

from __future__ import annotations

from engine.errors import EngineError
from engine.message import Message, say


class FeelError(EngineError):
    """A FEEL text that cannot be read or evaluated; `line` and `column` count from 1 (0: no place is known)."""

    def __init__(self, message: Message | str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    @property
    def place(self) -> Message:
        """The message with its place before it, as an editor's list of problems shows it."""
        return say("line {line}, column {column}: {message}", line=self.line, column=self.column, message=self.message)


class FeelSyntaxError(FeelError):
    """The text is no FEEL; the message says what was expected and what was found."""


class FeelUnsupportedError(FeelSyntaxError):
    """The text is FEEL, but asks for something that is refused on purpose (a function in Java)."""


class FeelLimitError(FeelError):
    """The text or its evaluation is larger, deeper or longer than the limits allow."""


class FeelValueError(FeelError):
    """A variable holds a Python value that has no counterpart in FEEL."""


class FeelFunctionError(FeelError):
    """Raised by a registered function that has no answer: its result is null, and the message becomes a warning."""


class Undefined(Exception):
    """Thrown inside the package where the standard says "null": becomes null and a recorded warning."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
