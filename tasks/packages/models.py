"""Which content of a package was deployed last."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class PackageDeployment(Base):
    """The newest deployment of a package; its digest tells whether the folder has changed since."""

    __tablename__ = "package_deployment"

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    deployment_id: Mapped[str]
    at: Mapped[dt.datetime]
    by: Mapped[str]
