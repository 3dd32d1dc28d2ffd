"""Encryption of stored secrets: AES-256-GCM bound to the place of the value. Never plaintext.

Stored form: v1.<key id>.<nonce>.<ciphertext and tag>, the last two in base64.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import DecryptFailed, StartRefused
from core.secret import Secret

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_FINGERPRINT_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ciphertext lives. It opens nowhere else: not in another row, column or account.

    `table` and `column` are the database's names, `row_id` the row's primary key, `account_id`
    the Halda account that the row belongs to (empty for the store's own rows).
    """

    table: str
    row_id: str
    column: str
    account_id: str

    def bound_data(self) -> bytes:
        parts = (VERSION, self.table, self.row_id, self.column, self.account_id)
        if any("|" in part for part in parts):
            raise ValueError("a place's parts must not contain the separator")
        return "|".join(parts).encode()


class KeyRing:
    """The keys at hand, by id: the first encrypts, all decrypt."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.first_id = next(iter(keys))

    @classmethod
    def parse(cls, text: Secret, *, origin: str) -> "KeyRing":
        """Read `k2:<base64>,k1:<base64>`; StartRefused names the origin and prints no key."""
        keys: dict[str, bytes] = {}
        for entry in text.reveal().split(","):
            key_id, _, encoded = entry.strip().partition(":")
            if not _KEY_ID.fullmatch(key_id):
                raise _bad_ring(origin, "holds an entry that is not of the form NAME:BASE64")
            if key_id in keys:
                raise _bad_ring(origin, f"holds two keys named {key_id}")
            key = _decoded_key(encoded)
            if key is None:
                raise _bad_ring(origin, f"holds a key {key_id} that is not 32 bytes in base64")
            if key in keys.values():
                raise _bad_ring(origin, f"holds the key {key_id} a second time under another name")
            keys[key_id] = key
        return cls(keys)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._ciphers)

    def cipher(self, key_id: str) -> AESGCM | None:
        return self._ciphers.get(key_id)

    def __contains__(self, key_id: str) -> bool:
        return key_id in self._ciphers


def new_key_text(key_id: str = "k1") -> Secret:
    """A fresh random key in the form that `KeyRing.parse` reads."""
    return Secret(f"{key_id}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}")


def key_id_of(ciphertext: str) -> str:
    """The id of the key a stored value was written with; empty where it has none."""
    parts = ciphertext.split(".")
    return parts[1] if len(parts) == 4 and parts[0] == VERSION else ""


class Vault:
    """Encrypts and decrypts with a key ring; knows no table."""

    def __init__(self, ring: KeyRing, *, fingerprint_key: bytes) -> None:
        self._ring = ring
        self._fingerprint_key = fingerprint_key

    @property
    def first_key_id(self) -> str:
        return self._ring.first_id

    def encrypt(self, secret: Secret, *, place: Place) -> str:
        """Return the stored form of a secret, readable only at `place`."""
        return seal(self._ring, secret, place=place)

    def decrypt(self, ciphertext: str, *, place: Place) -> Secret:
        """Return the secret; DecryptFailed for a wrong key, another place or a damaged value."""
        return unseal(self._ring, ciphertext, place=place)

    def fingerprint(self, secret: Secret) -> str:
        """Twelve hex digits that name a secret without telling anything about it.

        Keyed for this store, and the same before and after a change of the encryption key.
        """
        message = secret.reveal().encode("utf-8", "surrogatepass")
        digest = hmac.new(self._fingerprint_key, message, hashlib.sha256)
        return digest.hexdigest()[:_FINGERPRINT_LENGTH]


def seal(ring: KeyRing, secret: Secret, *, place: Place) -> str:
    cipher = ring.cipher(ring.first_id)
    assert cipher is not None
    nonce = os.urandom(NONCE_BYTES)
    plain = secret.reveal().encode("utf-8", "surrogatepass")
    sealed = cipher.encrypt(nonce, plain, place.bound_data())
    return f"{VERSION}.{ring.first_id}.{_encoded(nonce)}.{_encoded(sealed)}"


def unseal(ring: KeyRing, ciphertext: str, *, place: Place) -> Secret:
    key_id, nonce, sealed = _parsed(ciphertext, place)
    cipher = ring.cipher(key_id)
    if cipher is None:
        raise _cannot_open(place, f"it was written with the key {key_id}, which is not at hand")
    try:
        plain = cipher.decrypt(nonce, sealed, place.bound_data())
    except InvalidTag:
        raise _cannot_open(place, "the key does not fit, or the value was altered") from None
    return Secret(plain.decode("utf-8", "surrogatepass"))


def _parsed(ciphertext: str, place: Place) -> tuple[str, bytes, bytes]:
    parts = ciphertext.split(".")
    if len(parts) == 4 and parts[0] == VERSION and _KEY_ID.fullmatch(parts[1]):
        nonce, sealed = _decoded(parts[2]), _decoded(parts[3])
        if nonce is not None and sealed is not None and len(nonce) == NONCE_BYTES:
            return parts[1], nonce, sealed
    raise _cannot_open(place, "it is not in the stored form")


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    # base64 has spare bits: without this, an altered last character could still open
    return data if _encoded(data) == text else None


def _decoded_key(text: str) -> bytes | None:
    key = _decoded(text)
    return key if key is not None and len(key) == KEY_BYTES else None


def _cannot_open(place: Place, why: str) -> DecryptFailed:
    return DecryptFailed(
        f"A stored secret ({place.table}.{place.column}) cannot be read: {why}.",
        advice="Nothing was changed. Start the console with the keys this store was written with.",
    )


def _bad_ring(origin: str, why: str) -> StartRefused:
    return StartRefused(
        f"{origin} {why}.",
        advice="Correct it and start again. A key is 32 random bytes in base64; make one with: "
        "python -c \"import base64, os; print('k1:' + base64.b64encode(os.urandom(32)).decode())\"",
    )
