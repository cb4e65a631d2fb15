"""The child process that parses a workbook: it limits itself first, and knows nothing of the application."""

from __future__ import annotations

import resource
import sys

import orjson

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20


def main(path: str, most: int) -> None:
    """Write the rows of the first sheet as JSON to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import python_calamine  # noqa: PLC0415 - parsed code runs only under the limits

    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False, nrows=most + 1)]
    sys.stdout.buffer.write(orjson.dumps(rows, default=str))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
