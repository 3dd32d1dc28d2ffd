"""Which fields of an object may be suggested at all: writable, and no secret of a person. Pure."""

import re
from typing import Final

from core.mapping.describe import FieldDescribe
from core.mapping.suggestions.words import raw_words

# Kept by the platform, whatever a describe says about writing them.
_SYSTEM: Final = frozenset(
    word
    for line in (
        "id isdeleted ownerid recordtypeid masterrecordid createddate createdbyid",
        "lastmodifieddate lastmodifiedbyid systemmodstamp lastactivitydate lastvieweddate",
        "lastreferenceddate jigsaw jigsawcontactid cleanstatus photourl emailbouncedreason",
        "emailbounceddate individualid isunreadbyowner isconverted converteddate",
        "convertedaccountid convertedcontactid convertedopportunityid currencyisocode",
        "ispersonaccount isemailbounced iscustomerportal ispartner mayedit islocked",
    )
    for word in line.split()
)
_NEVER_TYPES: Final = frozenset({"encryptedstring", "base64", "time"})
# Identity numbers, secrets, belief, health, record: no inquiry may end up in these.
_NEVER: Final = re.compile(
    r"\b(ssn ?\d*|ss ?(number|num|no|nbr)|soc(ial)? ?sec(urity)?\w*|social insurance|itin|tin|"
    r"tax ?(id|identification|file|payer|number)\w*|taxpayer|national (id|identity|insurance)|"
    r"government (id|issued)|gov(t|ernment)? id|ni number|aadhaar|curp|rfc|dni|nif|cpf|"
    r"codice fiscale|seguro social|seguridad social|sozialversicherung\w*|securite sociale|"
    r"(?<!of )passport(?! country| issu)|visa (number|no)|alien (registration|number)|"
    r"driver s? ?licen[sc]e|drivers? licen[sc]e|password|passwd|pin(?! code)|"
    r"security (answer|question)|"
    r"credit card|card number|bank|iban|routing number|account password|"
    r"ferpa|hipaa|religion|religious|faith|denomination|church|parish|"
    r"disabilit(y|ies)|disabled|accommodations?|special needs|medical|immunizations?|vaccin\w*|"
    r"health (condition|history|information|insurance|record)|allerg(y|ies)|pregnan\w*|"
    r"sexual orientation|lgbt\w*|political|criminal|felony|convict\w*|disciplinary|"
    r"deceased|date of death|biometric)\b"
)
_IDENTITY_NUMBER: Final = re.compile(r"\b(ssn|social security|tax id|national id)\b")
_WARNS_OF: Final = re.compile(r"\b(do not|don t|never|no|not)\b")


def may_be_target(candidate: FieldDescribe) -> bool:
    """Return whether a person could ever want data of an inquiry in this field."""
    return (
        candidate.is_writable
        and candidate.createable
        and not candidate.calculated
        and not candidate.auto_number
        and not candidate.encrypted
        and not candidate.deprecated_and_hidden
        and candidate.type not in _NEVER_TYPES
        and candidate.name.casefold() not in _SYSTEM
        and not _NEVER.search(_plain(candidate))
        and not _holds_identity_number(candidate)
    )


def _holds_identity_number(candidate: FieldDescribe) -> bool:
    """Its help text says so, rather than warning people not to enter one."""
    told = " ".join(raw_words(candidate.help_text or ""))
    return bool(_IDENTITY_NUMBER.search(told) and not _WARNS_OF.search(told))


def _plain(candidate: FieldDescribe) -> str:
    return f"{' '.join(raw_words(candidate.name))} {' '.join(raw_words(candidate.label))}"
