"""The setup guide as data: steps S00 to S67 in its own order. Button and field names verbatim."""

from dataclasses import dataclass
from enum import StrEnum

CALLBACK_PLACE = "{callback_url}"
APP_NAME = "HaldaAPI"
CONSUMER_PERMISSION = "View all External Client Apps, views their settings, and edit policies"


class Phase(StrEnum):
    """The guide's three phases, with its own titles in PHASE_TITLES."""

    ABOUT = "about"
    APP = "app"
    CONNECT = "connect"
    MAP = "map"


class StepKind(StrEnum):
    INFO = "info"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class CopyValue:
    """A text the admin pastes somewhere, for a copy button."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One line of the guide. `minutes` is set on the step that opens a phase."""

    step_id: str
    phase: Phase
    text: str
    kind: StepKind = StepKind.TICK
    copy: tuple[CopyValue, ...] = ()
    note: str = ""
    minutes: str = ""


PHASE_TITLES = {
    Phase.ABOUT: "Salesforce Integration Set Up",
    Phase.APP: "Phase 1 — Create an External Client App in Salesforce",
    Phase.CONNECT: "Phase 2 — Connect Halda to Your Salesforce Instance",
    Phase.MAP: "Phase 3 — Map objects and fields",
}

TEXT_FOR_ADMIN = (
    "Please grant my profile the permission “"
    + CONSUMER_PERMISSION
    + "” so that I can open Consumer Key and Secret of the External Client App "
    + APP_NAME
    + "."
)
SCOPE_NOTE = (
    "Exactly these two scopes. Remove Full access (full) if it is selected: it gives more than is "
    "needed and does not include refresh_token."
)

_INFO = StepKind.INFO

GUIDE = (
    GuideStep(
        "S00",
        Phase.ABOUT,
        "Setup has three phases: the app in Salesforce, the connection, the mapping.",
        _INFO,
    ),
    GuideStep(
        "S01",
        Phase.ABOUT,
        "One way: Halda data goes into Salesforce. Nothing is taken out of the org.",
        _INFO,
    ),
    GuideStep(
        "S02",
        Phase.ABOUT,
        "Plan 75 to 100 minutes in all.",
        _INFO,
        note="The phases add up to 65 to 80 minutes, and Salesforce needs 10 to 20 in between.",
        minutes="75–100",
    ),
    GuideStep(
        "S03",
        Phase.ABOUT,
        "Salesforce replaced Connected Apps by External Client Apps.",
        _INFO,
    ),
    GuideStep(
        "S04",
        Phase.ABOUT,
        "A Connected App from before keeps working: there is nothing to rebuild.",
        _INFO,
        note="Mark the environment “already connected by a Connected App” and go to Credentials.",
    ),
    GuideStep("S05", Phase.ABOUT, "New setups use an External Client App.", _INFO),
    GuideStep("S10", Phase.APP, "Log in to Salesforce.", minutes="20"),
    GuideStep("S11", Phase.APP, "Click the gear icon in the upper right and select Setup."),
    GuideStep(
        "S12",
        Phase.APP,
        "Type App Manager in the Quick Find box and select it.",
        copy=(CopyValue("Quick Find", "App Manager"),),
    ),
    GuideStep(
        "S13",
        Phase.APP,
        "Click New External Client App in the upper right.",
        note="It stands where New Connected App was.",
    ),
    GuideStep(
        "S14",
        Phase.APP,
        "Basic Information: fill in External Client App Name.",
        copy=(CopyValue("External Client App Name", APP_NAME),),
    ),
    GuideStep(
        "S15",
        Phase.APP,
        "API Name fills itself from the app name.",
        _INFO,
    ),
    GuideStep(
        "S16",
        Phase.APP,
        "Distribution State: Local.",
        note="Local means this org only; a sandbox needs an app of its own.",
    ),
    GuideStep(
        "S17",
        Phase.APP,
        "Contact Email: the e-mail address of the person doing this.",
        note="The university's own address, not one of Halda's.",
    ),
    GuideStep("S18", Phase.APP, "Expand API (Enable OAuth Settings) and check Enable OAuth."),
    GuideStep(
        "S19",
        Phase.APP,
        "Paste this address into Callback URL.",
        copy=(CopyValue("Callback URL", CALLBACK_PLACE),),
        note="Salesforce compares it letter by letter: no slash at the end, nothing added.",
    ),
    GuideStep(
        "S20",
        Phase.APP,
        "The account id in it is the part after /accounts/ on the account's Halda home page.",
        _INFO,
    ),
    GuideStep(
        "S21",
        Phase.APP,
        "Selected OAuth Scopes: move Manage user data via APIs (api) to Selected.",
        copy=(CopyValue("Scope", "Manage user data via APIs (api)"),),
        note=SCOPE_NOTE,
    ),
    GuideStep(
        "S22",
        Phase.APP,
        "Move Perform requests at any time (refresh_token, offline_access) to Selected.",
        copy=(CopyValue("Scope", "Perform requests at any time (refresh_token, offline_access)"),),
        note=SCOPE_NOTE,
    ),
    GuideStep(
        "S23",
        Phase.APP,
        "Flow Enablement: check Enable Authorization Code and Credentials Flow.",
    ),
    GuideStep(
        "S24",
        Phase.APP,
        "Security: uncheck Require Proof Key for Code Exchange (PKCE) Extension for Supported "
        "Authorization Flows.",
        note="Unchecked, Salesforce accepts sign-ins with and without PKCE. Halda's connection may "
        "come without; this console's own sign-in always sends it, so leaving the box checked "
        "would not break this console.",
    ),
    GuideStep("S25", Phase.APP, "Check Require Secret for Web Server Flow.", note="On by default."),
    GuideStep(
        "S26", Phase.APP, "Check Require Secret for Refresh Token Flow.", note="On by default."
    ),
    GuideStep("S27", Phase.APP, "Click Create at the bottom."),
    GuideStep(
        "S28",
        Phase.APP,
        "Reopen the app from the External Client App Manager.",
        copy=(CopyValue("Quick Find", "External Client App Manager"),),
        note="That is another page than App Manager.",
    ),
    GuideStep("S29", Phase.APP, "Go to the Policies tab and click Edit."),
    GuideStep(
        "S30",
        Phase.APP,
        "Set Refresh Token Policy to Refresh token is valid until revoked and save.",
        note="Comes after Create and is easily missed; without it the connection dies by itself.",
    ),
    GuideStep(
        "S31",
        Phase.APP,
        "Wait 10 to 20 minutes.",
        _INFO,
        note="Salesforce spreads the new app to all its servers. The timer starts with the step "
        "above.",
        minutes="10–20",
    ),
    GuideStep(
        "S32",
        Phase.APP,
        "Start Phase 2 only after that: earlier sign-ins fail with an error.",
        _INFO,
    ),
    GuideStep(
        "S40",
        Phase.CONNECT,
        "In the External Client App Manager find HaldaAPI and open it.",
        copy=(CopyValue("App name", APP_NAME),),
        minutes="15",
    ),
    GuideStep("S41", Phase.CONNECT, "Expand OAuth Settings and click Consumer Key and Secret."),
    GuideStep(
        "S42",
        Phase.CONNECT,
        "Salesforce sends a code by e-mail before it shows them.",
        _INFO,
        note="Whoever is logged in must be able to read that mailbox during the call.",
    ),
    GuideStep(
        "S43",
        Phase.CONNECT,
        "Copy the Consumer Key and the Consumer Secret.",
        note="Paste them straight into the form here; the secret is never shown again.",
    ),
    GuideStep(
        "S44",
        Phase.CONNECT,
        "“Insufficient Privileges”? An admin has to grant the profile one permission.",
        _INFO,
        copy=(
            CopyValue("Permission", CONSUMER_PERMISSION),
            CopyValue("Text for the admin", TEXT_FOR_ADMIN),
        ),
    ),
    GuideStep("S45", Phase.CONNECT, "Log in to Halda."),
    GuideStep("S46", Phase.CONNECT, "Click the menu in the top right."),
    GuideStep("S47", Phase.CONNECT, "Click Integrations."),
    GuideStep("S48", Phase.CONNECT, "Find Salesforce and click Connect."),
    GuideStep("S49", Phase.CONNECT, "Paste in the Consumer Key and the Consumer Secret."),
    GuideStep(
        "S50",
        Phase.CONNECT,
        "Sign in on Salesforce's page as the integration user.",
        note="Its password is typed on Salesforce's page only. Use a user made for the "
        "integration: a person's own login ends when that person leaves.",
    ),
    GuideStep(
        "S60",
        Phase.MAP,
        "Mapping follows Phases 1 and 2.",
        _INFO,
        note="A draft can be made earlier from an uploaded describe.",
        minutes="30–45",
    ),
    GuideStep("S61", Phase.MAP, "Halda's team maps together with you, on a shared screen.", _INFO),
    GuideStep("S62", Phase.MAP, "Objects first, then their fields.", _INFO),
    GuideStep(
        "S63",
        Phase.MAP,
        "Every piece of data Halda collects is either mapped or left out on purpose.",
        _INFO,
    ),
    GuideStep(
        "S64",
        Phase.MAP,
        "The match key decides which record an inquiry lands on; the preview names it.",
        _INFO,
    ),
    GuideStep(
        "S65",
        Phase.MAP,
        "Nothing flows before the mapping is agreed: drafts are never sent.",
        _INFO,
    ),
    GuideStep(
        "S66",
        Phase.MAP,
        "Help: your Partner Success Consultant or Implementation Specialist.",
        _INFO,
    ),
    GuideStep(
        "S67",
        Phase.MAP,
        "The guide leaves open: sandbox, My Domain, Lead or Contact, external id, frequency, "
        "duplicates, consent, disconnecting and key rotation.",
        _INFO,
        note="What this console does there is its own choice, not the guide's.",
    ),
)

STEPS = {step.step_id: step for step in GUIDE}
PHASE_ONE_TICKS = tuple(
    step.step_id for step in GUIDE if step.phase is Phase.APP and step.kind is StepKind.TICK
)
CREATE_STEP = "S27"
POLICY_STEP = "S30"
WAIT_STEP = "S31"
