"""Every known refusal by its name, and how one is asked for."""

from typing import Any, Final

from core.demo_org.failures.calling import CALLING
from core.demo_org.failures.failure import Failure
from core.demo_org.failures.renewing import RENEWING
from core.demo_org.failures.signing_in import SIGNING_IN
from core.demo_org.faults import Fault, fault_from_json

FAILURES: Final[dict[str, Failure]] = {
    each.name: each for each in (*SIGNING_IN, *RENEWING, *CALLING)
}


def asked_faults(body: Any) -> tuple[Fault, ...]:
    """Read a fault, or the name of a failure, from its request.

    Raises:
        ValueError: As `fault_from_json`, and for a name that is none.
    """
    if isinstance(body, dict) and set(body) == {"failure"}:
        found = FAILURES.get(str(body["failure"]))
        if found is None:
            raise ValueError("there is no failure of this name")
        return found.faults
    return (fault_from_json(body),)
