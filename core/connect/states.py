"""The words for a connection: its environment, its kind of app, its state. Data, no decisions."""

from dataclasses import dataclass
from enum import StrEnum


class Environment(StrEnum):
    PRODUCTION = "production"
    SANDBOX = "sandbox"
    DEMO = "demo"


class AppType(StrEnum):
    EXTERNAL_CLIENT_APP = "external_client_app"
    LEGACY_CONNECTED_APP = "legacy_connected_app"


class ConnectionState(StrEnum):
    """How far a connection has come, and the side states it can fall into."""

    NOT_STARTED = "not_started"
    APP_CREATED = "app_created"
    WAITING = "waiting"
    CREDENTIALS_SAVED = "credentials_saved"
    CONNECTED = "connected"
    MAPPING_DRAFT = "mapping_draft"
    MAPPING_SIGNED_OFF = "mapping_signed_off"
    LIVE = "live"
    PAUSED = "paused"
    NEEDS_REAUTH = "needs_reauth"
    ERROR = "error"
    LEGACY_LIVE = "legacy_live"
    DISCONNECTED = "disconnected"


class Colour(StrEnum):
    """Always beside a word and an icon, never alone."""

    GREEN = "green"
    AMBER = "orange"
    RED = "red"
    BLUE = "blue"
    GREY = "gray"


@dataclass(frozen=True, slots=True)
class StateView:
    """How a state reads on every page. `page` is the page file's stem where the next step is."""

    state: ConnectionState
    word: str
    icon: str
    colour: Colour
    next_step: str
    page: str


_STATES = (
    StateView(
        ConnectionState.NOT_STARTED,
        "Not started",
        ":material/circle:",
        Colour.GREY,
        "Create the app in Salesforce with the checklist.",
        "app_setup",
    ),
    StateView(
        ConnectionState.APP_CREATED,
        "App created",
        ":material/checklist:",
        Colour.BLUE,
        "Finish the checklist: the policies step comes after Create.",
        "app_setup",
    ),
    StateView(
        ConnectionState.WAITING,
        "Waiting for Salesforce",
        ":material/hourglass_top:",
        Colour.AMBER,
        "Salesforce needs 10 to 20 minutes to spread the new app; then enter the "
        "Consumer Key and Secret.",
        "credentials",
    ),
    StateView(
        ConnectionState.CREDENTIALS_SAVED,
        "Credentials saved",
        ":material/key:",
        Colour.BLUE,
        "Connect: sign in as the integration user.",
        "connect",
    ),
    StateView(
        ConnectionState.CONNECTED,
        "Connected",
        ":material/check_circle:",
        Colour.GREEN,
        "Choose the object and map its fields.",
        "field_mapping",
    ),
    StateView(
        ConnectionState.MAPPING_DRAFT,
        "Mapping draft",
        ":material/edit:",
        Colour.BLUE,
        "Finish the mapping and preview it.",
        "field_mapping",
    ),
    StateView(
        ConnectionState.MAPPING_SIGNED_OFF,
        "Mapping signed off",
        ":material/verified:",
        Colour.GREEN,
        "Preview the records before go-live.",
        "preview",
    ),
    StateView(
        ConnectionState.LIVE,
        "Live",
        ":material/bolt:",
        Colour.GREEN,
        "Nothing to do.",
        "status",
    ),
    StateView(
        ConnectionState.PAUSED,
        "Paused",
        ":material/pause_circle:",
        Colour.AMBER,
        "Nothing is previewed, sent or renewed. Resume on Connect.",
        "connect",
    ),
    StateView(
        ConnectionState.NEEDS_REAUTH,
        "Reconnect needed",
        ":material/login:",
        Colour.RED,
        "Sign in again as the integration user.",
        "connect",
    ),
    StateView(
        ConnectionState.ERROR,
        "Error",
        ":material/error:",
        Colour.RED,
        "The last error says who has to act; then check the connection on Connect.",
        "connect",
    ),
    StateView(
        ConnectionState.LEGACY_LIVE,
        "Legacy, working",
        ":material/history:",
        Colour.GREEN,
        "No action needed: the Connected App keeps working. Enter its key and secret to map here.",
        "credentials",
    ),
    StateView(
        ConnectionState.DISCONNECTED,
        "Disconnected",
        ":material/link_off:",
        Colour.GREY,
        "Connect again when you are ready.",
        "connect",
    ),
)
_BY_STATE = {each.state: each for each in _STATES}

# A grant is stored and, as far as known, works.
CONNECTED_STATES = frozenset(
    {
        ConnectionState.CONNECTED,
        ConnectionState.MAPPING_DRAFT,
        ConnectionState.MAPPING_SIGNED_OFF,
        ConnectionState.LIVE,
        ConnectionState.PAUSED,
    }
)


def view_state(state: ConnectionState) -> StateView:
    """Return the word, icon, colour, next step and page of a state."""
    return _BY_STATE[state]
