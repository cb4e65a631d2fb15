"""Reading a package from its folder and deploying it, all or nothing."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say
from tasks.forms.schema import FormRefused, option_sources, read_form
from tasks.packages.models import PackageDeployment
from tasks.registry import SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.views import Deployment
    from tasks.bootstrap import Banli


class PackageInvalid(EngineError):
    """A folder that is no process package, or a form in it that cannot be rendered."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package as read: its names, the process it starts, and its files."""

    name: str
    title: str
    process: str
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """Changes when any file does."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


def read_package(folder: Path) -> Package:
    """The package in a folder; only files that its manifest names are taken."""
    manifest = folder / "manifest.toml"
    if not manifest.exists():
        raise PackageInvalid(say("Expected a manifest.toml in {folder}, found none.", folder=str(folder)))
    try:
        content = tomllib.loads(manifest.read_text(encoding="utf-8"))
        names: list[str] = content["files"]
        files = {name: (folder / name).read_bytes() for name in names}
        return Package(content["name"], content["title"], content["process"], files)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, FileNotFoundError) as error:
        raise PackageInvalid(
            say("The manifest {file} cannot be used: {reason}.", file=str(manifest), reason=str(error))
        ) from error


def deploy_package(banli: Banli, folder: Path, actor: str | None = None) -> Deployment | None:
    """Deploy a package, unless its newest deployment has the very same content (then None).

    Raises:
        PackageInvalid: the folder or one of its forms cannot be used.
        DefinitionInvalid: the engine's gate refused the diagrams or tables.
    """
    package = read_package(folder)
    with banli.reading() as session:
        known = session.get(PackageDeployment, package.name)
        if known is not None and known.digest == package.digest:
            return None
    _check_forms(package)
    deployment = banli.engine.deploy(dict(package.files), comment=package.title, actor=actor)
    with banli.writing() as session:
        session.merge(
            PackageDeployment(
                name=package.name,
                digest=package.digest,
                deployment_id=deployment.id,
                at=banli.now(),
                by=actor or "",
            )
        )
    return deployment


def deploy_shipped(banli: Banli, actor: str | None = None) -> list[Deployment]:
    """Deploy every package in the process folder that has changed."""
    folders = sorted(path.parent for path in banli.process_folder.glob("*/manifest.toml"))
    deployed = (deploy_package(banli, folder, actor) for folder in folders)
    return [deployment for deployment in deployed if deployment is not None]


def _check_forms(package: Package) -> None:
    for name, content in package.files.items():
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
