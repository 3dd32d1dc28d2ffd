"""The life of a mapping in the store: draft, versions, sign-off, live. No version ever changes."""

from core.store.mappings.basis import load_basis
from core.store.mappings.drafts import (
    StoredDraft,
    discard_draft,
    load_draft,
    restore_version,
    save_draft,
)
from core.store.mappings.life import (
    DraftInfo,
    MappingState,
    VersionLife,
    VersionState,
    stage_of,
    stages_of,
    state_of,
)
from core.store.mappings.sign_off import (
    SignOff,
    go_live,
    list_sign_offs,
    sign_off,
    stop_live,
    withdraw_sign_off,
)
from core.store.mappings.trials import save_trial
from core.store.mappings.versions import (
    SavedMapping,
    VersionInfo,
    list_versions,
    load_mapping,
    load_version,
    save_mapping,
)

__all__ = [
    "DraftInfo",
    "MappingState",
    "SavedMapping",
    "SignOff",
    "StoredDraft",
    "VersionInfo",
    "VersionLife",
    "VersionState",
    "discard_draft",
    "go_live",
    "list_sign_offs",
    "list_versions",
    "load_basis",
    "load_draft",
    "load_mapping",
    "load_version",
    "restore_version",
    "save_draft",
    "save_mapping",
    "save_trial",
    "sign_off",
    "stage_of",
    "stages_of",
    "state_of",
    "stop_live",
    "withdraw_sign_off",
]
