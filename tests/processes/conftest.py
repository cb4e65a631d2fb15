"""A county of its own for each test."""

from __future__ import annotations

from tests_support.installation import as_, banli, banli_on_both, county, reopened

__all__ = ["as_", "banli", "banli_on_both", "county", "reopened"]
