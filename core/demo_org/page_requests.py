"""What the demo org's own pages read from a request, and how they turn one away."""

from starlette.requests import Request
from starlette.responses import Response

from core.demo_org.html import page
from core.demo_org.org import Org
from core.demo_org.world import World


def world_of(request: Request) -> World:
    world: World = request.app.state.world
    return world


def org_of(request: Request) -> Org | None:
    """Return the org that the address names."""
    return world_of(request).orgs.get(request.path_params["org"])


def not_here() -> Response:
    return page("Not found", "<p>This demo org has no such page.</p>", status=404)


def sealed(world: World) -> dict[str, str]:
    """Return the hidden field that shows a form to be one of ours."""
    return {"csrf": world.seal("csrf", {})}


async def posted_form(request: Request) -> dict[str, str] | None:
    """Return the posted form, or None unless one of our own pages sent it."""
    posted = {name: str(value) for name, value in (await request.form()).items()}
    is_ours = world_of(request).unseal("csrf", posted.get("csrf", "")) is not None
    return posted if is_ours else None


def expired() -> Response:
    return page("Please try again", "<p class=error>This form has expired.</p>", status=403)
