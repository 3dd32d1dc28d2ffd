"""Who the bearer of a token is: the session of a call, userinfo and the identity URL.

https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm
"""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from core.demo_org.calls import Session, origin_of
from core.demo_org.computed import to_timestamp
from core.demo_org.errors import ApiError
from core.demo_org.routes import dispatch
from core.demo_org.shapes.shape import DemoUser
from core.demo_org.world import World

_IDENTITY_SCOPES: Final = frozenset({"id", "openid", "profile", "full"})


def session_of(request: Request) -> Session:
    """Return who is calling, from the bearer token.

    Raises:
        ApiError: INVALID_SESSION_ID for a missing, late, revoked or foreign token.
    """
    world: World = request.app.state.world
    scheme, _, presented = request.headers.get("authorization", "").partition(" ")
    state = world.grants.find_token(presented.strip())
    if scheme.lower() not in {"bearer", "oauth"} or state is None or not state.is_live:
        raise ApiError.session()
    org = world.orgs[state.grant.org_key]
    user = org.user(state.grant.user_id)
    if state.kind != "access" or user is None or not org.is_active(user):
        raise ApiError.session()
    return Session(
        org=org,
        user_id=state.grant.user_id,
        scopes=state.grant.scopes,
        origin=origin_of(request),
        usage=world.usage(org),
        dispatch=dispatch,
    )


async def userinfo(request: Request) -> Response:
    """Answer who the user is, to a token with an identity scope."""
    refused = _identity_refusal(request)
    if refused is not None:
        return refused
    session = session_of(request)
    user = session.org.user(session.user_id)
    assert user is not None  # session_of has just checked it
    return JSONResponse(_userinfo(session, user))


async def identity(request: Request) -> Response:
    """Answer the identity URL that came with a token."""
    refused = _identity_refusal(request)
    if refused is not None:
        return refused
    session = session_of(request)
    user = session.org.user(session.user_id)
    is_own = request.path_params["org_id"] in {
        session.org.org_id,
        session.org.org_id[:15],
    } and request.path_params["user_id"] in {session.user_id, session.user_id[:15]}
    if not is_own or user is None:
        return PlainTextResponse("Bad_Id", status_code=403)
    return JSONResponse(_identity(session, user))


def _identity_refusal(request: Request) -> Response | None:
    if not request.headers.get("authorization"):
        return PlainTextResponse("Missing_OAuth_Token", status_code=403)
    try:
        session = session_of(request)
    except ApiError:
        return PlainTextResponse("Bad_OAuth_Token", status_code=403)
    # The identity URL that came with the token opens with any scope; userinfo does not.
    is_userinfo = request.url.path.endswith("/userinfo")
    if is_userinfo and not session.scopes & _IDENTITY_SCOPES:
        return PlainTextResponse("Missing_OAuth_Token", status_code=403)
    return None


def _urls(session: Session) -> dict[str, str]:
    rest = f"{session.origin}/services/data/v{{version}}/"
    names = ("sobjects", "search", "query", "recent")
    soap = {
        name: f"{session.origin}/services/Soap/{letter}/{{version}}/{session.org.org_id[:15]}"
        for name, letter in (("enterprise", "c"), ("metadata", "m"), ("partner", "u"))
    }
    return {
        **soap,
        "rest": rest,
        **{name: f"{rest}{name}/" for name in names},
        "tooling_soap": f"{session.origin}/services/Soap/T/{{version}}/{session.org.org_id[:15]}",
        "tooling_rest": f"{rest}tooling/",
        "profile": f"{session.origin}/{session.user_id}",
        "feeds": f"{rest}chatter/feeds",
        "groups": f"{rest}chatter/groups",
        "users": f"{rest}chatter/users",
        "feed_items": f"{rest}chatter/feed-items",
        "feed_elements": f"{rest}chatter/feed-elements",
        "custom_domain": session.origin,
    }


def _photos(session: Session) -> dict[str, str]:
    return {
        name: f"{session.origin}/profilephoto/005/{letter}"
        for name, letter in (("picture", "F"), ("thumbnail", "T"))
    }


def _userinfo(session: Session, user: DemoUser) -> dict[str, Any]:
    photos = _photos(session)
    return {
        "sub": f"{session.origin}/id/{session.org.org_id}/{session.user_id}",
        "user_id": session.user_id,
        "organization_id": session.org.org_id,
        "preferred_username": user.username,
        "nickname": user.username.partition("@")[0],
        "name": f"{user.first_name} {user.last_name}",
        "email": user.username,
        "email_verified": True,
        "given_name": user.first_name,
        "family_name": user.last_name,
        "zoneinfo": session.org.shape.time_zone,
        "photos": photos,
        "profile": f"{session.origin}/{session.user_id}",
        "picture": photos["picture"],
        "address": {},
        "is_salesforce_integration_user": user.is_integration,
        "urls": _urls(session),
        **_common(),
        "updated_at": to_timestamp(session.org.switches.changed_at),
    }


def _identity(session: Session, user: DemoUser) -> dict[str, Any]:
    address = dict.fromkeys(("addr_street", "addr_city", "addr_state", "addr_country", "addr_zip"))
    return {
        "id": f"{session.origin}/id/{session.org.org_id}/{session.user_id}",
        "asserted_user": True,
        "user_id": session.user_id,
        "organization_id": session.org.org_id,
        "username": user.username,
        "nick_name": user.username.partition("@")[0],
        "display_name": f"{user.first_name} {user.last_name}",
        "email": user.username,
        "email_verified": True,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "timezone": session.org.shape.time_zone,
        "photos": _photos(session),
        **address,
        "mobile_phone": None,
        "mobile_phone_verified": False,
        "is_lightning_login_user": False,
        "status": {"created_date": None, "body": None},
        "urls": _urls(session),
        **_common(),
        "last_modified_date": to_timestamp(session.org.switches.changed_at),
        "is_app_installed": True,
    }


def _common() -> dict[str, Any]:
    return {
        "active": True,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -25200000,
    }
