"""The page that makes trouble on purpose: what an org refuses, and faults of the next calls."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.demo_org.failures.known import FAILURES, asked_faults
from core.demo_org.faults import Fault, fault_from_json
from core.demo_org.html import button, choice, entry, escape, form, page, table, tick
from core.demo_org.org import Org
from core.demo_org.page_requests import expired, not_here, org_of, posted_form, sealed, world_of
from core.demo_org.switches import Flag
from core.demo_org.world import World

_FLAGS: Final[dict[Flag, str]] = {
    Flag.IP_RESTRICTED: "Refuse the sign-in by IP address",
    Flag.APP_BLOCKED: "Block the app",
    Flag.APP_NOT_INSTALLED: "Act as if the app were not installed",
    Flag.API_DISABLED: "Switch the API off",
    Flag.LIMIT_EXHAUSTED: "Use up the day's API calls",
    Flag.STORAGE_FULL: "Fill the data storage",
    Flag.REFRESHED: "Be another org at the same address, as after a sandbox refresh",
    Flag.SETUP_HIDDEN: "Hide validation rules and flows",
}
_LISTS: Final = {
    "inactive_users": "Inactive users",
    "hidden_fields": "Hidden fields, as Object.Field",
    "read_only_fields": "Read-only fields, as Object.Field",
    "no_create": "Objects without the Create permission",
    "no_edit": "Objects without the Edit permission",
    "unassigned_record_types": "Record types not assigned, as Object.DeveloperName",
    "failing_describes": "Objects whose describe fails",
}
_MOMENTS: Final = (
    ("before", "before the org does anything"),
    ("after", "after the org has done its work"),
)
_METHODS: Final = (("", "any method"), *((each, each) for each in ("GET", "POST", "PATCH")))
_EFFECTS: Final = (
    ("status", "answer with the status below"),
    ("timeout_seconds", "wait for the seconds below, then answer 504"),
    ("drop_connection", "drop the connection"),
    ("truncate", "send half of the answer"),
)


async def trouble_page(request: Request) -> Response:
    """Show and save the switches that make an org refuse what it would otherwise do."""
    org = org_of(request)
    if org is None:
        return not_here()
    world = world_of(request)
    if request.method == "POST":
        posted = await posted_form(request)
        if posted is None:
            return expired()
        _save_switches(world, org, posted)
        return RedirectResponse(f"/setup/{org.key}/trouble", status_code=303)
    return page(
        f"Make trouble – {org.shape.name}",
        _switches_part(world, org),
        "<h2>A refusal that orgs are known for</h2><p>It meets the next calls to every org.</p>",
        _known_part(world, org),
        "<h2>Faults of the next calls</h2><p>These meet calls to every org.</p>",
        _pending_part(world, org),
        _new_fault_part(world, org),
        "<p><a href='/'>All universities</a></p>",
    )


async def faults_page(request: Request) -> Response:
    """Add the posted fault, or forget all of them."""
    org = org_of(request)
    if org is None:
        return not_here()
    posted = await posted_form(request)
    if posted is None:
        return expired()
    world = world_of(request)
    back = f"/setup/{org.key}/trouble"
    try:
        if posted.get("forget") == "1":
            world.faults.clear()
        elif "failure" in posted:
            for fault in asked_faults({"failure": posted["failure"]}):
                world.faults.add(fault)
        else:
            world.faults.add(_posted_fault(posted))
    except ValueError as error:
        text = f"<p class=error>{escape(error)}</p><p><a href='{back}'>Back</a></p>"
        return page("Not added", text, status=400)
    return RedirectResponse(back, status_code=303)


def _switches_part(world: World, org: Org) -> str:
    held = org.switches.to_json()
    flags = "".join(
        tick(name, text, checked=name in held["flags"]) for name, text in _FLAGS.items()
    )
    lists = "".join(entry(name, text, ", ".join(held[name])) for name, text in _LISTS.items())
    revoke = tick("revoke_all_grants", "Revoke every grant now", checked=False)
    return form(f"/setup/{org.key}/trouble", sealed(world), flags, lists, revoke, button("Save"))


def _known_part(world: World, org: Org) -> str:
    names = tuple((each.name, each.title) for each in FAILURES.values())
    return form(
        f"/setup/{org.key}/faults",
        sealed(world),
        choice("failure", "What happens", names),
        button("Let it happen"),
    )


def _pending_part(world: World, org: Org) -> str:
    pending = world.faults.pending()
    if not pending:
        return "<p>None is waiting.</p>"
    rows = (
        (
            escape(each.method or "any"),
            f"<code>{escape(each.match)}</code>",
            escape(_effect_text(each)),
            escape(each.moment),
            escape(each.times),
        )
        for each in pending
    )
    forget = button("Forget them all", name="forget", value="1")
    return table(("Method", "Path", "What happens", "When", "Times left"), rows) + form(
        f"/setup/{org.key}/faults", sealed(world), forget
    )


def _effect_text(fault: Fault) -> str:
    if fault.drop_connection:
        return "connection dropped"
    if fault.truncate:
        return "half an answer"
    wait = f"after {fault.timeout_seconds} s " if fault.timeout_seconds else ""
    return f"{wait}status {fault.status or 504}"


def _new_fault_part(world: World, org: Org) -> str:
    return form(
        f"/setup/{org.key}/faults",
        sealed(world),
        entry("match", "Path contains (a regular expression)", "/services/data/.*/sobjects/Lead"),
        choice("method", "Method", _METHODS),
        choice("moment", "When", _MOMENTS),
        choice("effect", "What happens", _EFFECTS),
        entry("status", "Status", 503, kind="number"),
        entry("seconds", "Seconds", 30, kind="number"),
        entry("times", "How many calls", 1, kind="number"),
        button("Add the fault"),
    )


def _posted_fault(posted: Mapping[str, str]) -> Fault:
    """Return the fault as the form has it.

    Raises:
        ValueError: With a sentence for the person.
    """
    try:
        values: dict[str, Any] = {
            "status": int(posted.get("status") or 0),
            "timeout_seconds": float(posted.get("seconds") or 0),
            "drop_connection": True,
            "truncate": True,
        }
        times = int(posted.get("times") or 0)
    except ValueError:
        raise ValueError("Status, seconds and the number of calls must be numbers.") from None
    effect = posted.get("effect", "")
    if effect not in values or not posted.get("match"):
        raise ValueError("Say which path and what happens.")
    return fault_from_json(
        {
            "match": posted["match"],
            "method": posted.get("method") or None,
            "moment": posted.get("moment", "before"),
            "times": times,
            effect: values[effect],
        }
    )


def _save_switches(world: World, org: Org, posted: Mapping[str, str]) -> None:
    org.switches.flags = {name for name in _FLAGS if posted.get(name) == "1"}
    for name in _LISTS:
        values = {each.strip() for each in posted.get(name, "").split(",") if each.strip()}
        setattr(org.switches, name, values)
    org.change_switches()
    if posted.get("revoke_all_grants") == "1":
        world.grants.revoke_org(org.key)
