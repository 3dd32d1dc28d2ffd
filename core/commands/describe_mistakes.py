"""Says what a file holds where it holds no describe: the usual mix-ups. Shows no value of it."""

import re
from typing import Any, Final

_HOW: Final = "Save the answer of /services/data/v66.0/sobjects/{} as a file and give that."
HOW: Final = _HOW.format("Lead/describe")
_CODE: Final = re.compile(r"[A-Z][A-Z_]{2,60}")


def what_it_is(loaded: Any) -> tuple[str, str]:
    """Return what the file holds instead of a describe, and what to do."""
    if code := _error_code(loaded):
        return (
            f"holds the error {code} that Salesforce answered with, and no describe.",
            "Sign in again or use a user who may see the object, and save its describe.",
        )
    if isinstance(loaded, dict) and isinstance(loaded.get("sobjects"), list):
        return (
            "holds the list of an org's objects, and no describe of one of them.",
            _HOW.format("NAME/describe") + " NAME is the object to map, such as Lead.",
        )
    if isinstance(loaded, list) and any(_is_field(each) for each in loaded):
        return "holds fields, and does not say of which object.", HOW
    return "holds no describe of an object.", HOW


def _error_code(loaded: Any) -> str:
    entry = loaded[0] if isinstance(loaded, list) and loaded else loaded
    code = entry.get("errorCode") or entry.get("error") if isinstance(entry, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code.upper()) else ""


def _is_field(entry: Any) -> bool:
    return isinstance(entry, dict) and "name" in entry and "type" in entry
