"""Every version of a package that was deployed: what was in force from when, made by whom and why."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Origin(StrEnum):
    """Where the files of a version came from."""

    FOLDER = "folder"
    """A folder on the server's disk, such as the shipped one."""
    DRAFT = "draft"
    """A draft that a designer drew in the browser."""
    TABLE = "table"
    """One file that an administrator changed by itself, such as the table of review chains."""
    ROLL_BACK = "roll_back"
    """An earlier version that was put in force again."""


class PackageVersion(Base):
    """One deployment of a package. The highest number is what new cases start on."""

    __tablename__ = "package_version"
    __table_args__ = (UniqueConstraint("name", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    deployment_id: Mapped[str]
    digest: Mapped[str]
    origin: Mapped[str]
    comment: Mapped[str]
    by: Mapped[str]
    """The account of who made it; the command's name where no person did."""
    approved_by: Mapped[str] = mapped_column(default="")
    """The second person where the area wants four eyes."""
    at: Mapped[dt.datetime]
