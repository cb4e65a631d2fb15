"""`banli deploy`: a folder of diagrams, tables and forms becomes the version for new cases."""

from __future__ import annotations

from pathlib import Path

import click

from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.packages.service import deploy_package
from tasks.settings import Settings
from web.terminal import line, tell


@click.command("deploy", help=tell(say("Deploy a process folder; running cases finish on their version.")))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", "actor", default="banli deploy", show_default=True,
              help=tell(say("Who deploys, for the record.")))
def command(folder: Path, actor: str) -> None:
    """Check and deploy, all or nothing."""
    deployment = deploy_package(bootstrap(Settings.from_environment()), folder, actor)
    if deployment is None:
        line(say("The folder is as it was deployed; there is nothing to do."))
        return
    for one in deployment.definitions:
        line(say("{kind} {key} is now version {version}.", kind=one.kind, key=one.key, version=one.version))
    for problem in deployment.problems:
        if problem.severity == "warning":
            line(say("Remark on {element}: {message}", element=problem.element_id or problem.resource,
                     message=problem.message))
    line(say("New cases start on it; running cases finish on their version."))
