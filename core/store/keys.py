"""Where the encryption keys come from, and the proof at start that they fit this store."""

import base64
import os
import stat
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from core.errors import DecryptFailed, StartRefused
from core.secret import Secret
from core.settings import Settings
from core.store.databases import private_folder, sqlite_file
from core.store.sealed import connections_needing, count_by_key
from core.store.tables import KeyCanary, StoreKey
from core.store.vault import KEY_BYTES, KeyRing, Place, Vault, new_key_text, seal, unseal

KEYS_SETTING = "HALDA_CONSOLE_SECRET_KEYS"
_CANARY = Secret("the keys at hand open this store")
_FINGERPRINT = "fingerprint"


def find_ring(settings: Settings) -> KeyRing | None:
    """The keys of the environment, else of the key file; None where there is neither."""
    if settings.secret_keys is not None:
        return KeyRing.parse(settings.secret_keys, origin=f"The setting {KEYS_SETTING}")
    if not settings.key_file.exists():
        return None
    _check_key_file(settings)
    text = Secret(settings.key_file.read_text("utf-8", errors="replace").strip())
    return KeyRing.parse(text, origin=f"The key file {settings.key_file}")


def key_source(settings: Settings) -> str:
    """Where `find_ring` looks first, in words for the status page."""
    return "environment" if settings.secret_keys is not None else f"key file {settings.key_file}"


def require_possible_key(settings: Settings) -> None:
    """Refuse before anything is touched where no key is at hand and none may be made."""
    if find_ring(settings) is not None:
        return
    if not _may_make_key(settings):
        raise _no_key("A key file is made only for an embedded store that serves this machine.")
    _check_apart(settings)


def open_vault(session: Session, settings: Settings, *, store_now: datetime) -> Vault:
    """Check the keys against the store and return the vault; StartRefused where they do not fit.

    Runs inside the caller's write transaction, so that of two processes one makes the key.
    """
    ring = find_ring(settings)
    if ring is None:
        ring = _made_ring(session, settings)
    _check_canaries(session, ring)
    _check_known_keys(session, ring)
    if session.get(KeyCanary, ring.first_id) is None:
        sealed = seal(ring, _CANARY, place=_canary_place(ring.first_id))
        session.add(KeyCanary(key_id=ring.first_id, ciphertext=sealed, created_at=store_now))
    return Vault(ring, fingerprint_key=_fingerprint_key(session, ring, store_now))


def _made_ring(session: Session, settings: Settings) -> KeyRing:
    if session.exec(select(KeyCanary)).first() or count_by_key(session, [])[""]:
        raise _no_key("This store holds secrets, and a new key would not open them.")
    if not _may_make_key(settings):
        raise _no_key("A key file is made only for an embedded store that serves this machine.")
    text = new_key_text()
    _write_key_file(settings, text)
    return KeyRing.parse(text, origin="The new key")


def _may_make_key(settings: Settings) -> bool:
    return sqlite_file(settings) is not None and settings.is_loopback


def _write_key_file(settings: Settings, text: Secret) -> None:
    private_folder(settings.key_file.parent)
    _check_apart(settings)
    descriptor = os.open(settings.key_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text.reveal() + "\n")
        file.flush()
        os.fsync(file.fileno())  # the canary must never outlive its key


def _check_key_file(settings: Settings) -> None:
    _check_apart(settings)
    mode = settings.key_file.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StartRefused(
            f"The key file {settings.key_file} can be read by other users of this machine.",
            advice=f"Run: chmod 600 {settings.key_file}",
        )


def _check_apart(settings: Settings) -> None:
    database = sqlite_file(settings)
    if database is None:
        return
    folder: Path = database.parent.resolve()
    if settings.key_file.resolve().is_relative_to(folder):
        raise StartRefused(
            "The key file lies in the database's folder: whoever copies that folder has both.",
            advice="Name a file elsewhere in HALDA_CONSOLE_KEY_FILE.",
        )


def _check_canaries(session: Session, ring: KeyRing) -> None:
    for canary in session.exec(select(KeyCanary)):
        if canary.key_id not in ring:
            raise _missing_key(session, canary.key_id)
        try:
            fits = unseal(ring, canary.ciphertext, place=_canary_place(canary.key_id)) == _CANARY
        except DecryptFailed:
            fits = False
        if not fits:
            raise _wrong_key(session, canary.key_id)


def _check_known_keys(session: Session, ring: KeyRing) -> None:
    strangers = count_by_key(session, ring.ids)[""]
    if strangers:
        raise StartRefused(
            f"{strangers} stored secrets were written with a key that is not at hand.",
            advice=f"Nothing was changed. Add that key to {KEYS_SETTING} and start again.",
        )


def _fingerprint_key(session: Session, ring: KeyRing, store_now: datetime) -> bytes:
    place = Place("store_key", _FINGERPRINT, "ciphertext", "")
    stored = session.get(StoreKey, _FINGERPRINT)
    if stored is None:
        text = Secret(base64.b64encode(os.urandom(KEY_BYTES)).decode())
        stored = StoreKey(
            id=_FINGERPRINT, ciphertext=seal(ring, text, place=place), created_at=store_now
        )
        session.add(stored)
    return base64.b64decode(unseal(ring, stored.ciphertext, place=place).reveal())


def _canary_place(key_id: str) -> Place:
    return Place("key_canary", key_id, "ciphertext", "")


def _affected(session: Session, key_id: str) -> str:
    names = connections_needing(session, key_id)
    if not names:
        return ""
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f" It holds the secrets of {shown}."


def _missing_key(session: Session, key_id: str) -> StartRefused:
    return StartRefused(
        f"This store was written with the key {key_id}, which is not at hand."
        + _affected(session, key_id),
        advice=f"Nothing was changed. Add {key_id} to {KEYS_SETTING} (or to the key file) and "
        "start again.",
    )


def _wrong_key(session: Session, key_id: str) -> StartRefused:
    return StartRefused(
        f"The key {key_id} at hand is not the one this store was written with."
        + _affected(session, key_id),
        advice=f"Nothing was changed. Put the right {key_id} into {KEYS_SETTING} (or the key "
        "file) and start again.",
    )


def _no_key(why: str) -> StartRefused:
    return StartRefused(
        f"There is no encryption key. {why}",
        advice=f"Set {KEYS_SETTING} to the key this store was written with (NAME:BASE64 of 32 "
        "bytes), or put its key file back, and start again. Nothing was changed.",
    )
