import base64
import hashlib
import hmac

import pytest

from core.demo_org.apps import seeded_consumer_key
from tests.demo_org.conftest import BASE, SECRET, Clock, DemoOrg, MakeOrg

VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:43]
AUTHORIZE = "/services/oauth2/authorize"


def test_token_answer_has_the_documented_keys_and_signature(org: DemoOrg) -> None:
    body = org.connect()

    assert set(body) == {"access_token", "refresh_token", "signature", "scope", "instance_url",
                         "id", "token_type", "issued_at"}  # fmt: skip
    expected = hmac.new(SECRET.encode(), (body["id"] + body["issued_at"]).encode(), "sha256")
    assert base64.b64decode(body["signature"]) == expected.digest()
    assert body["access_token"].startswith("00D")
    assert body["instance_url"] == "http://127.0.0.1:8502"


def test_allow_sends_code_and_state_to_the_callback(org: DemoOrg) -> None:
    answer = org.press(state="a b&c")

    assert answer.status_code == 302
    assert "state=a+b%26c" in answer.headers["location"]


def test_deny_sends_access_denied_to_the_callback(org: DemoOrg) -> None:
    location = org.press(decision="deny").headers["location"]

    assert "error=access_denied&error_description=end-user+denied+authorization" in location
    assert "code=" not in location


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param({"redirect_uri": "http://127.0.0.1:8501/other"}, "redirect_uri_mismatch",
                     id="callback"),
        pytest.param({"client_id": "3MVG9nobody"}, "client identifier invalid", id="key"),
        pytest.param({"scope": "api full"}, "invalid_scope", id="scope"),
        pytest.param({"code_challenge": "x", "code_challenge_method": "plain"}, "S256",
                     id="plain-challenge"),
    ],
)  # fmt: skip
def test_a_wrong_request_ends_on_a_page_and_not_at_the_callback(
    org: DemoOrg, asked: dict[str, str], shown: str
) -> None:
    answer = org.press(**asked)

    assert answer.status_code == 400
    assert shown in answer.text


def test_a_user_of_another_org_does_not_find_the_app(org: DemoOrg) -> None:
    assert "OAUTH_EC_APP_NOT_FOUND" in org.press("palmer", user_org="lakeside").text


def test_an_inactive_user_is_refused(org: DemoOrg) -> None:
    assert "inactive user" in org.press(user="former.colleague").text


def test_a_blocked_app_is_refused_on_a_page(org: DemoOrg) -> None:
    org.client.post("/demo/switches", params={"org": "palmer"}, json={"flags": ["app_blocked"]})

    assert "OAUTH_APP_BLOCKED" in org.press().text


def test_a_new_app_is_unknown_until_it_has_propagated(org: DemoOrg) -> None:
    app = org.app.state.world.apps.of_org("palmer")[0]
    object.__setattr__(app, "propagation_seconds", 600)
    object.__setattr__(app, "created_at", org.clock.now)
    org.app.state.world.apps.save(app)

    early = org.press()
    org.clock.now += 600

    assert "client identifier invalid" in early.text
    assert org.press().status_code == 302


def test_a_code_works_once_and_its_second_use_revokes_the_first(org: DemoOrg) -> None:
    code = org.code()
    first = org.redeem(code).json()

    second = org.redeem(code)

    assert second.json() == {"error": "invalid_grant",
                             "error_description": "expired authorization code"}  # fmt: skip
    assert org.refresh(first["refresh_token"]).status_code == 400


def test_a_code_ends_after_a_quarter_of_an_hour(org: DemoOrg) -> None:
    code = org.code()
    org.clock.now += 15 * 60

    assert org.redeem(code).json()["error_description"] == "expired authorization code"


def test_a_challenge_asks_for_its_verifier(org: DemoOrg) -> None:
    asked = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}

    assert org.redeem(org.code(**asked), code_verifier=VERIFIER).status_code == 200
    wrong = org.redeem(org.code(**asked), code_verifier="w" * 64)
    missing = org.redeem(org.code(**asked))

    assert wrong.json()["error_description"] == "invalid code verifier"
    assert missing.json()["error_description"] == "invalid code verifier"


def test_a_wrong_secret_is_an_invalid_client(org: DemoOrg) -> None:
    answer = org.redeem(org.code(), client_secret="wrong")

    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_client",
                             "error_description": "invalid client credentials"}  # fmt: skip


def test_refresh_gives_a_new_token_each_time_when_rotation_is_on(org: DemoOrg) -> None:
    first = org.connect("palmer")["refresh_token"]

    second = org.refresh(first).json()["refresh_token"]

    assert second != first
    assert org.refresh(second).status_code == 200


def test_replay_of_a_rotated_token_revokes_the_family(org: DemoOrg) -> None:
    first = org.connect("palmer")["refresh_token"]
    answer = org.refresh(first).json()

    replay = org.refresh(first)

    assert replay.json()["error_description"] == "expired access/refresh token"
    assert org.refresh(answer["refresh_token"]).status_code == 400
    org.headers = {"Authorization": f"Bearer {answer['access_token']}"}
    assert org.get("/limits").status_code == 401


def test_refresh_keeps_the_token_when_rotation_is_off(org: DemoOrg) -> None:
    token = org.connect("lakeside")["refresh_token"]

    answer = org.refresh(token, "lakeside")

    assert answer.status_code == 200
    assert "refresh_token" not in answer.json()
    assert org.refresh(token, "lakeside").status_code == 200


def test_a_sixth_grant_revokes_the_oldest(org: DemoOrg) -> None:
    tokens = [org.connect("lakeside")["refresh_token"] for _ in range(6)]

    assert org.refresh(tokens[0], "lakeside").status_code == 400
    assert org.refresh(tokens[1], "lakeside").status_code == 200


def test_a_token_ends_with_its_session(palmer: DemoOrg) -> None:
    palmer.clock.now += 7200

    answer = palmer.get("/limits")

    assert answer.status_code == 401
    assert answer.json() == [{"message": "Session expired or invalid",
                              "errorCode": "INVALID_SESSION_ID"}]  # fmt: skip


def test_revoking_the_refresh_token_ends_everything(org: DemoOrg) -> None:
    tokens = org.connect()

    answer = org.client.post("/services/oauth2/revoke", data={"token": tokens["refresh_token"]})

    assert (answer.status_code, answer.text) == (200, "")
    assert org.get("/limits").status_code == 401


def test_introspection_tells_live_from_dead(org: DemoOrg) -> None:
    token = org.connect()["access_token"]
    form = {"token": token, "client_id": seeded_consumer_key("palmer"), "client_secret": SECRET}

    live = org.client.post("/services/oauth2/introspect", data=form).json()
    org.clock.now += 7200
    dead = org.client.post("/services/oauth2/introspect", data=form).json()

    assert live["active"] is True
    assert live["username"] == "integration@palmer.demo"
    assert dead == {"active": False}


def test_userinfo_needs_an_identity_scope_but_the_identity_url_does_not(org: DemoOrg) -> None:
    tokens = org.connect()
    path = tokens["id"].removeprefix("http://127.0.0.1:8502")

    assert org.client.get("/services/oauth2/userinfo", headers=org.headers).status_code == 403
    identity = org.client.get(path, headers=org.headers).json()
    assert identity["organization_id"] in path
    assert "{version}" in identity["urls"]["rest"]


def test_tokens_and_records_survive_a_restart(make_org: MakeOrg) -> None:
    clock = Clock()
    before = make_org(clock=clock)
    before.connect()
    hash_before = before.hash()

    after = make_org(clock=clock)
    after.headers = before.headers

    assert after.get("/limits").status_code == 200
    assert after.hash() == hash_before


def test_the_file_holds_no_token_and_no_code(org: DemoOrg, tmp_path: object) -> None:
    code = org.code()
    tokens = org.redeem(code).json()
    home = org.app.state.world.config.home

    content = b"".join(path.read_bytes() for path in home.iterdir())

    for secret in (code, tokens["access_token"], tokens["refresh_token"]):
        assert secret.encode() not in content
    assert (home / "demo_org.sqlite3").stat().st_mode & 0o077 == 0
    assert home.stat().st_mode & 0o077 == 0


def test_a_forged_ticket_asks_to_sign_in_again(org: DemoOrg) -> None:
    asked = {"response_type": "code", "client_id": seeded_consumer_key("palmer"),
             "redirect_uri": "http://127.0.0.1:8501/accounts/demo/settings/integrations/"
             "salesforce/callback"}  # fmt: skip

    answer = org.client.post(
        AUTHORIZE, data={**asked, "ticket": "e30=.00", "decision": "allow"}, follow_redirects=False
    )

    assert answer.status_code == 200
    assert "log in again" in answer.text


def test_another_host_is_not_served(org: DemoOrg) -> None:
    answer = org.client.get(BASE, headers={"Host": "evil.example"})

    assert answer.status_code == 403
