"""The register of cases and the page of one case."""

from web.cases.views import blueprint

__all__ = ["blueprint"]
