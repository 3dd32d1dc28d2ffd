"""The data Halda collects: canonical keys, labels, types. Form questions come per account.

Halda publishes no export dictionary; `documented` marks what its public pages name.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from core.mapping.model import SourceField, SourceType

ANSWER_PREFIX: Final = "answer."
ANSWER_GROUP: Final = "Form questions"
GROUPS: Final = {
    "lead": "Person",
    "interest": "Interest",
    "edu": "Education",
    "submission": "Submission",
    "form": "Form",
    "visit": "Visit",
    "consent": "Consent",
    "comm": "Communication",
    "account": "University",
    "variant": "Form",
    "answer": ANSWER_GROUP,
}

# One field a line: key, label, type, example. `~` marks fields that only we assume, `!` those
# that are sensitive and stay off until somebody gives a reason: ethnicity and race, what a model
# or a location lookup made up about the person, and records of what they did or said.
_FIELDS: Final = """
lead.lead_profile_uid|Lead Profile ID|id|clx2v8k1r000408jm2q7b1c9e
lead.first_name|First name|text|Ava
lead.last_name|Last name|text|Lopez
lead.preferred_name|Preferred name|text|Avi
lead.middle_name|Middle name|text|M.|~
lead.suffix|Suffix|text|Jr.|~
lead.former_last_name|Former last name|text|Garcia|~
lead.full_name|Full name|text|Ava Lopez|~
lead.email|Email|email|ava.lopez@example.edu
lead.phone|Phone|phone|+1-555-555-5555
lead.phone_e164|Phone (international)|phone|+15555555555|~
lead.phone_type|Phone type|choice|mobile|~
lead.phone_country|Phone country|text|US|~
lead.secondary_email|Secondary email|email|ava@home.example|~
lead.whatsapp_number|WhatsApp number|phone|+5215512345678|~
lead.birth_date|Birth date|date|2008-04-17|~
lead.gender|Gender|choice|Decline to State|~
lead.pronouns|Pronouns|text|they/them|~
lead.citizenship_country|Citizenship country|text|MX|~
lead.citizenship_status|Citizenship status|choice|Temporary Resident|~
lead.ethnicity|Ethnicity|choice|Hispanic or Latino|~!
lead.race|Race|multi|Asian;White|~!
lead.first_generation|First generation|boolean|true|~
lead.military_status|Military status|choice|Veteran|~
lead.relationship|Relationship to student|choice|student|~
lead.parent_first_name|Parent first name|text|Rosa|~
lead.parent_last_name|Parent last name|text|Lopez|~
lead.parent_email|Parent email|email|rosa@home.example|~
lead.parent_phone|Parent phone|phone|555-0101|~
lead.street1|Street|text|12 Calle Real|~
lead.street2|Street line 2|text|Apt 4|~
lead.city|City|text|Querétaro|~
lead.state|State|text|UT
lead.postal_code|Postal code|text|84601|~
lead.country|Country|text|MX|~
lead.language|Language|text|es|~
lead.timezone|Time zone|text|America/Denver|~
lead.created_at|Record created at|datetime|2026-10-13T15:45:22Z
lead.updated_at|Record updated at|datetime|2026-10-14T08:00:00Z|~
lead.first_submission_at|First submission at|datetime|2026-10-13T15:45:22Z|~
lead.last_submission_at|Last submission at|datetime|2026-10-13T15:45:22Z|~
lead.student_status|Student status|choice|prospect
lead.funnel_stage|Funnel stage|choice|applied
lead.submission_count|Number of submissions|number|3|~
lead.score|Lead score|number|72|~!
lead.crm_reference_id|CRM reference ID|id|00Q5f000005hR7O|~
lead.is_test|Test lead|boolean|false|~
lead.merged_into_uid|Merged into Lead Profile ID|id||~
interest.program|Program|choice|MBA
interest.term|Term|choice|Fall 2026
interest.major_of_interest|Major of interest|choice|Business
interest.program_code|Program code|text|SBAMBA1|~
interest.secondary_program|Second program|choice|Data Science|~
interest.academic_interests|Academic interests|multi|Business;Design
interest.extracurricular_interests|Extracurricular interests|multi|Soccer;Choir
interest.student_type|Student type|choice|transfer|~
interest.term_season|Term season|choice|Fall|~
interest.term_year|Term year|number|2026|~
interest.entry_year|Entry year|number|2026|~
interest.campus|Campus|choice|Main|~
interest.modality|Modality|choice|online|~
interest.enrollment_status|Enrollment status|choice|Full-Time|~
interest.financial_aid_interest|Interested in financial aid|boolean|true|~
interest.visit_interest|Interested in a visit|boolean|true|~
interest.degree_level|Degree level|choice|Graduate|~
edu.current_school|Current school|text|Lincoln High School|~
edu.ceeb_code|CEEB code|text|450123|~
edu.graduation_year|Graduation year|number|2027|~
edu.gpa|GPA|number|3.75|~
edu.gpa_scale|GPA scale|number|4.0|~
edu.sat|SAT score|number|1310|~
edu.act|ACT score|number|28|~
edu.highest_degree|Highest degree|choice|BA|~
submission.id|Submission ID|id|inq_102948
submission.event|Event|choice|inquiry.created
submission.status|Submission status|choice|complete
submission.has_flep|Complete submission|boolean|true
submission.submitted_at|Submitted at|datetime|2025-10-13T15:45:22Z
submission.source|Submission source|text|Halda Widget
submission.form_id|Form ID of the submission|id|leadform_78
submission.variant|Form variant|choice|variant_a
submission.last_screen|Last screen|text|Program picker|~
submission.page_url|Page URL|url|https://www.palmerstate.example/mba|~
submission.display_method|Display method|choice|popup|~
submission.trigger|Display trigger|choice|exit_intent|~
submission.frequency|Display frequency|choice|once|~
submission.ip_address|IP address|text|203.0.113.9|~!
submission.user_agent|User agent|text|Mozilla/5.0|~
submission.locale|Locale|text|en-US|~
submission.raw_json|Raw submission|text|{...}|~!
form.id|Form ID|id|leadform_78
form.name|Form name|text|Undergraduate RFI
form.type|Form type|choice|popup|~
form.segment|Form segment|text|Graduate|~
form.url|Form URL|url|https://www.palmerstate.example/rfi|~
variant.key|Variant key|choice|variant_a
variant.name|Variant name|text|Short form test|~
visit.visitor_id|Visitor ID|id|v_7f3c|~
visit.channel|Channel|choice|Paid Search|~
visit.landing_page|Landing page|url|https://www.palmerstate.example/|~
visit.referrer|Referrer|url|https://www.google.com/|~
visit.utm_source|UTM source|text|halda
visit.utm_medium|UTM medium|text|email
visit.utm_campaign|UTM campaign|text|comeback_email
visit.utm_term|UTM term|text|mba online|~
visit.utm_content|UTM content|text|banner_2|~
visit.first_utm_source|First UTM source|text|google|~
visit.first_utm_medium|First UTM medium|text|cpc|~
visit.first_utm_campaign|First UTM campaign|text|fall26|~
visit.first_utm_term|First UTM term|text|college|~
visit.first_utm_content|First UTM content|text|hero|~
visit.gclid|Google click ID|text|EAIaIQob|~
visit.fbclid|Facebook click ID|text|IwAR1|~
visit.msclkid|Microsoft click ID|text|9f2c|~
visit.ttclid|TikTok click ID|text|E.C.P|~
visit.first_seen_at|First seen at|datetime|2026-10-12T09:00:00Z|~
visit.last_seen_at|Last seen at|datetime|2026-10-13T15:40:00Z|~
visit.page_views|Page views|number|7|~
visit.sessions|Sessions|number|2|~
visit.time_on_site_sec|Seconds on site|number|310|~
visit.device|Device|choice|mobile|~
visit.browser|Browser|text|Safari|~
visit.geo_city|City by location|text|Provo|~!
visit.geo_region|Region by location|text|UT|~!
visit.geo_country|Country by location|text|US|~!
visit.hub_clicks|Hub clicks|number|3
visit.cta_clicks|CTA clicks|number|1
visit.content_card_views|Content card views|number|4|~
visit.search_questions|Search questions|text|Is there housing?|~
consent.email_opt_in|Email opt-in|boolean|true|~
consent.sms_opt_in|SMS opt-in|boolean|false|~
consent.phone_opt_in|AI call opt-in|boolean|true|~
consent.whatsapp_opt_in|WhatsApp opt-in|boolean||~
consent.timestamp|Consent given at|datetime|2026-10-13T15:45:22Z|~
consent.text_version|Consent text version|text|v3|~
consent.text|Consent text|text|By submitting ...|~
consent.source_url|Consent page URL|url|https://www.palmerstate.example/rfi|~
consent.ip|Consent IP address|text|203.0.113.9|~!
consent.gdpr_basis|GDPR basis|choice|consent|~
consent.privacy_policy_accepted|Privacy policy accepted|boolean|true|~
consent.unsubscribed_at|Unsubscribed at|datetime||~
comm.email_id|Message ID|id|em_88120
comm.campaign_id|Message campaign ID|id|cmp_2026_07
comm.channel|Message channel|choice|email
comm.agent|Message agent|choice|AI Comeback
comm.trigger|Message trigger|choice|inactivity
comm.subject|Message subject|text|Still thinking about Palmer?
comm.pre_header|Message pre-header|text|Your questions answered
comm.body|Message body|text|Hello ...
comm.status|Message status|choice|delivered
comm.delivered_at|Message delivered at|datetime|2026-10-15T10:00:00Z
comm.updated_at|Message updated at|datetime|2026-10-15T10:05:00Z
comm.message_guid|Message GUID|id|6c1d
comm.mailing_guid|Mailing GUID|id|77aa
comm.call_duration_sec|Call seconds|number|184|~
comm.call_outcome|Call outcome|choice|connected|~
comm.call_summary|Call summary|text|Asked about housing|~!
comm.recording_url|Recording URL|url||~!
comm.reply_text|Reply text|text||~!
account.id|Account ID|id|cl9x0a1b2000008l4h3z7d9qk
account.name|University|text|Palmer State University
"""


def _field(line: str) -> SourceField:
    key, label, kind, example, *marks = line.split("|")
    flags = "".join(marks)
    return SourceField(
        key=key,
        label=label,
        group=GROUPS[key.partition(".")[0]],
        type=SourceType(kind),
        example=example,
        documented="~" not in flags,
        sensitive="!" in flags,
    )


CANONICAL_FIELDS: Final = tuple(_field(line) for line in _FIELDS.strip().splitlines())


@cache
def _by_key() -> dict[str, SourceField]:
    return {field.key: field for field in CANONICAL_FIELDS}


def field_for_key(key: str, known: Iterable[SourceField] = ()) -> SourceField | None:
    """Return the field of this key: canonical, or one of the account's own `known` ones."""
    return _by_key().get(key) or next((field for field in known if field.key == key), None)


def slug(text: str) -> str:
    """Return a key part made of the letters and digits of any script; empty if there are none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w]+", "_", folded).strip("_")


def answer_field(question_key: str, label: str) -> SourceField:
    """Return the source field of one form question or extra column."""
    return SourceField(key=ANSWER_PREFIX + question_key, label=label, group=ANSWER_GROUP)
