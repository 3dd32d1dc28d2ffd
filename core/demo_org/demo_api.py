"""What tests and the launcher ask the demo org itself, beside the platform's API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.demo_org.failures.known import asked_faults
from core.demo_org.org import Org
from core.demo_org.switches import LISTS
from core.demo_org.world import World

_SET_SWITCHES = (*LISTS, "flags")


def _org(request: Request) -> Org | None:
    world: World = request.app.state.world
    return world.orgs.get(request.query_params.get("org", ""))


def _no_org() -> Response:
    return JSONResponse({"error": "name an org: ?org=palmer"}, status_code=404)


async def state(request: Request) -> Response:
    """Answer an org's apps, without secrets, and its users."""
    org = _org(request)
    if org is None:
        return _no_org()
    world: World = request.app.state.world
    users = [
        {
            "id": org.shape.user_id(user),
            "username": user.username,
            "is_active": org.is_active(user),
            "is_integration": user.is_integration,
        }
        for user in org.shape.users
    ]
    body: dict[str, Any] = {
        "org": org.key,
        "org_id": org.org_id,
        "name": org.shape.name,
        "apps": [app.public_json() for app in world.apps.of_org(org.key)],
        "users": users,
        "switches": org.switches.to_json(),
        "usage": world.usage(org),
    }
    return JSONResponse(body)


async def log(request: Request) -> Response:
    """Answer the newest calls of an org, oldest first."""
    org = _org(request)
    if org is None:
        return _no_org()
    world: World = request.app.state.world
    return JSONResponse({"org": org.key, "calls": world.logged_calls(org.key)})


async def records_hash(request: Request) -> Response:
    """Answer one hash over every record, to prove that nothing was written."""
    org = _org(request)
    if org is None:
        return _no_org()
    return JSONResponse({"org": org.key, "hash": org.records.content_hash()})


async def faults(request: Request) -> Response:
    """List, add (POST JSON: a fault, or {"failure": NAME}) or clear (DELETE) scripted faults."""
    world: World = request.app.state.world
    if request.method == "DELETE":
        world.faults.clear()
    if request.method == "POST":
        try:
            for fault in asked_faults(await request.json()):
                world.faults.add(fault)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)
    pending = [{"match": each.match, "times": each.times} for each in world.faults.pending()]
    return JSONResponse({"pending": pending})


async def switches(request: Request) -> Response:
    """Replace the named switches of an org (POST JSON of lists), or revoke all its grants."""
    org = _org(request)
    if org is None:
        return _no_org()
    world: World = request.app.state.world
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or not all(
        isinstance(body.get(name, []), list) for name in _SET_SWITCHES
    ):
        return JSONResponse({"error": "send an object of lists"}, status_code=400)
    for name in _SET_SWITCHES:
        if name in body:
            setattr(org.switches, name, {str(each) for each in body[name]})
    org.change_switches()
    if body.get("revoke_all_grants"):
        world.grants.revoke_org(org.key)
    return JSONResponse(org.switches.to_json())
