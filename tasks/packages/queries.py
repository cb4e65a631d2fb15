"""Reading deployed packages: their versions and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine import tables
from engine.errors import NotFound
from engine.message import say
from tasks.packages.manifest import MANIFEST, Manifest
from tasks.packages.models import PackageVersion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.bootstrap import Banli


def newest(banli: Banli, name: str) -> PackageVersion | None:
    """The version that new cases start on; None where the package was never deployed."""
    with banli.reading() as session:
        return session.scalar(
            select(PackageVersion)
            .where(PackageVersion.name == name)
            .order_by(PackageVersion.number.desc())
            .limit(1)
        )


def newest_of_all(banli: Banli) -> Sequence[PackageVersion]:
    """Every package in its newest version, by title."""
    highest = (
        select(PackageVersion.name, func.max(PackageVersion.number).label("number"))
        .group_by(PackageVersion.name)
        .subquery()
    )
    with banli.reading() as session:
        return session.scalars(
            select(PackageVersion)
            .join(highest, (PackageVersion.name == highest.c.name) & (PackageVersion.number == highest.c.number))
            .order_by(PackageVersion.name)
        ).all()


def versions(banli: Banli, name: str) -> Sequence[PackageVersion]:
    """All versions of a package, the newest first."""
    with banli.reading() as session:
        return session.scalars(
            select(PackageVersion).where(PackageVersion.name == name).order_by(PackageVersion.number.desc())
        ).all()


def version(banli: Banli, name: str, number: int) -> PackageVersion:
    """One version of a package.

    Raises:
        NotFound: there is none of this number.
    """
    with banli.reading() as session:
        found = session.scalar(
            select(PackageVersion).where(PackageVersion.name == name, PackageVersion.number == number)
        )
    if found is None:
        raise NotFound(say("There is no version {number} of “{name}”.", number=number, name=name))
    return found


def files_of(banli: Banli, deployment_id: str) -> dict[str, bytes]:
    """The files of a deployment, its manifest first; one that was deployed without a manifest gets one made."""
    column = tables.resource.c
    with banli.reading() as session:
        rows = session.execute(
            select(column.name, column.content).where(column.deployment_id == deployment_id)
        ).all()
        known = session.scalar(select(PackageVersion).where(PackageVersion.deployment_id == deployment_id))
    files = {name: bytes(content) for name, content in rows}
    if MANIFEST not in files and known is not None:
        empty = Manifest(known.name, known.title, known.name, ())
        files[MANIFEST] = empty.with_files(sorted(files)).write()
    return {MANIFEST: files.pop(MANIFEST), **files} if MANIFEST in files else files
