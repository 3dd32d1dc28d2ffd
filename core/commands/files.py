"""Reads the files that commands are given. Raises InvalidInput with the name and the reason."""

from pathlib import Path
from typing import Final

from core.errors import InvalidInput
from core.halda.intake import Intake, read_inquiries

MAX_BYTES: Final = 100 * 1024 * 1024


def read_file(path: Path) -> bytes:
    """Return the content of a file of fair size."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput(
                f"{path} is larger than {MAX_BYTES >> 20} MB.",
                advice="Give a file with fewer objects or inquiries.",
            )
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise InvalidInput(
            f"{path} cannot be read: {reason}.",
            advice="Check the path and whether you may read the file.",
        ) from None


def read_sample(path: Path) -> Intake:
    """Return the inquiries of a CSV, JSON or webhook file."""
    try:
        return read_inquiries(read_file(path), file_name=path.name)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error.message}", advice=error.advice) from None
