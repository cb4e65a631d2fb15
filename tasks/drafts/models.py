"""Drafts by person and form."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class FormDraft(Base):
    """What a person has typed into a form that begins something new."""

    __tablename__ = "form_draft"

    account: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]
