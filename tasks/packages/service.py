"""Reading a package from its folder and deploying it, all or nothing; putting an earlier version in force again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.message import say
from tasks.forms.schema import FormRefused, option_sources, read_form
from tasks.packages.manifest import MANIFEST, Manifest, PackageInvalid, read_manifest
from tasks.packages.models import Origin, PackageVersion
from tasks.packages.named_deadlines import adopt_deadlines
from tasks.packages.queries import files_of, newest, version
from tasks.registry import SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.views import Deployment
    from tasks.bootstrap import Banli

__all__ = ["Package", "PackageInvalid", "deploy", "deploy_package", "deploy_shipped", "read_package", "roll_back"]


@dataclass(frozen=True, slots=True)
class Package:
    """A package as read: its manifest and all its files, the manifest's own included."""

    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """What the package is found by."""
        return self.manifest.name

    @property
    def digest(self) -> str:
        """Changes when any file does."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


def package_of(files: Mapping[str, bytes]) -> Package:
    """The package that these files are; its manifest must be among them."""
    if MANIFEST not in files:
        raise PackageInvalid(say("Expected a manifest.toml in {folder}, found none.", folder=say("the package")))
    manifest = read_manifest(files[MANIFEST])
    missing = [name for name in manifest.files if name not in files]
    if missing:
        raise PackageInvalid(
            say("The manifest {file} cannot be used: {reason}.", file=MANIFEST, reason=", ".join(missing))
        )
    return Package(manifest, {name: files[name] for name in (MANIFEST, *manifest.files)})


def read_package(folder: Path) -> Package:
    """The package in a folder; only files that its manifest names are taken."""
    path = folder / MANIFEST
    if not path.exists():
        raise PackageInvalid(say("Expected a manifest.toml in {folder}, found none.", folder=str(folder)))
    content = path.read_bytes()
    manifest = read_manifest(content, str(path))
    try:
        files = {name: (folder / name).read_bytes() for name in manifest.files}
    except FileNotFoundError as error:
        raise PackageInvalid(
            say("The manifest {file} cannot be used: {reason}.", file=str(path), reason=str(error))
        ) from error
    return Package(manifest, {MANIFEST: content, **files})


def deploy(
    banli: Banli, package: Package, actor: str, comment: str, *, origin: Origin, approved_by: str = ""
) -> Deployment:
    """Make these files the version for new cases; running cases finish on theirs.

    Raises:
        PackageInvalid: one of the forms cannot be used.
        DefinitionInvalid: the engine's gate refused the diagrams or tables.
    """
    check_forms(package.files)
    deployment = banli.engine.deploy(dict(package.files), comment=comment, actor=actor)
    with banli.writing() as session:
        adopt_deadlines(session, package.files, banli.now())
        highest = session.scalar(select(func.max(PackageVersion.number)).where(PackageVersion.name == package.name))
        session.add(
            PackageVersion(
                name=package.name,
                number=(highest or 0) + 1,
                title=package.manifest.title,
                deployment_id=deployment.id,
                digest=package.digest,
                origin=origin,
                comment=comment,
                by=actor,
                approved_by=approved_by,
                at=banli.now(),
            )
        )
    return deployment


def deploy_package(banli: Banli, folder: Path, actor: str | None = None) -> Deployment | None:
    """Deploy a package's folder, unless its newest version has the very same content (then None)."""
    package = read_package(folder)
    known = newest(banli, package.name)
    if known is not None and known.digest == package.digest:
        return None
    return deploy(banli, package, actor or "", package.manifest.title, origin=Origin.FOLDER)


def deploy_shipped(banli: Banli, actor: str | None = None) -> list[Deployment]:
    """Deploy every package in the process folder that has changed.

    A package whose newest version people made in the browser is left alone: an upgrade must not undo their work.
    """
    folders = sorted(path.parent for path in (banli.process_folder).glob("*/manifest.toml"))
    untouched = [folder for folder in folders if _is_ours(banli, read_package(folder).name)]
    deployed = (deploy_package(banli, folder, actor) for folder in untouched)
    return [deployment for deployment in deployed if deployment is not None]


def _is_ours(banli: Banli, name: str) -> bool:
    known = newest(banli, name)
    return known is None or known.origin == Origin.FOLDER


def roll_back(banli: Banli, name: str, number: int, actor: str, comment: str) -> Deployment:
    """Put an earlier version in force again for new cases, as a version of its own.

    Raises:
        NotFound: there is no such version.
    """
    earlier = version(banli, name, number)
    package = package_of(files_of(banli, earlier.deployment_id))
    return deploy(banli, package, actor, comment, origin=Origin.ROLL_BACK)


def check_forms(files: Mapping[str, bytes]) -> None:
    """Refuse a form that cannot be rendered or names choices that nobody offers; PackageInvalid names the file."""
    for name, content in files.items():
        if not name.endswith(".form"):
            continue
        try:
            form = read_form(content)
        except FormRefused as error:
            raise PackageInvalid(say("{file}: {reason}", file=name, reason=error.message)) from error
        unknown = option_sources(form.components) - set(SOURCES)
        if unknown:
            raise PackageInvalid(
                say(
                    "{file} names choices that are not known: {unknown}. Known are: {known}.",
                    file=name,
                    unknown=", ".join(sorted(unknown)),
                    known=", ".join(sorted(SOURCES)),
                )
            )
