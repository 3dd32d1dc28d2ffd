"""State and country picklists, which turn every address into text fields with a code beside each.

The standard list, shortened: Hong Kong is not on it, and most countries have no states.
https://help.salesforce.com/s/articleView?id=xcloud.admin_state_country_picklists_standard_countries.htm
"""

from functools import cache
from typing import Final

from core.demo_org.making import picklist, with_fields
from core.demo_org.schema import Choice, Sobject, Values

_COUNTRIES: Final = """
AF Afghanistan|AL Albania|DZ Algeria|AR Argentina|AU Australia|AT Austria|BS Bahamas|BD Bangladesh
BE Belgium|BO Bolivia, Plurinational State of|BR Brazil|CA Canada|CL Chile|CN China|CO Colombia
CR Costa Rica|CI Cote d'Ivoire|HR Croatia|CW Curaçao|CZ Czechia|DK Denmark|EC Ecuador|EG Egypt
SV El Salvador|ET Ethiopia|FI Finland|FR France|DE Germany|GH Ghana|GR Greece|GT Guatemala
HN Honduras|HU Hungary|IN India|ID Indonesia|IQ Iraq|IE Ireland|IL Israel|IT Italy|JM Jamaica
JP Japan|JO Jordan|KE Kenya|KR Korea, Republic of|LB Lebanon|MO Macao|MY Malaysia|MX Mexico
MA Morocco|NP Nepal|NL Netherlands|NZ New Zealand|NG Nigeria|NO Norway|PK Pakistan|PA Panama
PY Paraguay|PE Peru|PH Philippines|PL Poland|PT Portugal|QA Qatar|RO Romania|RU Russian Federation
RW Rwanda|SA Saudi Arabia|RS Serbia|SG Singapore|ZA South Africa|ES Spain|SE Sweden|CH Switzerland
TW Taiwan|TZ Tanzania, United Republic of|TH Thailand|TR Türkiye|UG Uganda|UA Ukraine
AE United Arab Emirates|GB United Kingdom|US United States|UY Uruguay|UZ Uzbekistan
VE Venezuela, Bolivarian Republic of|VN Vietnam|ZM Zambia|ZW Zimbabwe
"""
_STATES: Final = {
    "US": """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut
DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana
IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan
MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire
NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma
OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas
UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming""",
    "CA": """AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick
NL Newfoundland and Labrador|NT Northwest Territories|NS Nova Scotia|NU Nunavut|ON Ontario
PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon Territories""",
    "MX": """AG Aguascalientes|BC Baja California|CH Chihuahua|DF Federal District|JA Jalisco
ME Mexico State|NL Nuevo León|PB Puebla|QE Querétaro|YU Yucatán""",
    "AU": """ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory
QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia""",
    "IN": """AP Andhra Pradesh|AR Arunachal Pradesh|DL Delhi|GA Goa|GJ Gujarat|KA Karnataka
KL Kerala|MH Maharashtra|TN Tamil Nadu|UP Uttar Pradesh|WB West Bengal""",
    "IT": "AR Arezzo|BO Bologna|FI Florence|MI Milan|NA Naples|RM Rome|TO Turin|VE Venice",
    "IE": "CK Cork|D Dublin|G Galway|LK Limerick",
    "BR": "AC Acre|BA Bahia|DF Distrito Federal|MG Minas Gerais|RJ Rio de Janeiro|SP São Paulo",
    "CN": "11 Beijing|31 Shanghai|44 Guangdong|51 Sichuan",
}
_CODE_LENGTH: Final = 10


def _pairs(text: str) -> list[tuple[str, str]]:
    entries = text.strip().replace("\n", "|").split("|")
    split = (entry.partition(" ") for entry in entries)
    return [(code, label) for code, _, label in split]


@cache
def countries() -> tuple[Choice, ...]:
    """Return the countries of the org's picklist; the label is the integration value."""
    return tuple(Choice(value=code, label=label) for code, label in _pairs(_COUNTRIES))


@cache
def states() -> tuple[Choice, ...]:
    """Return every state of every country, sorted by its name as a describe has them.

    A code such as AR stands here several times: only with its country it is one state.
    """
    places = {each.value: place for place, each in enumerate(countries())}
    listed = [
        Choice(value=code, label=label, valid_for=(places[country],))
        for country, text in _STATES.items()
        for code, label in _pairs(text)
    ]
    return tuple(sorted(listed, key=lambda each: each.label))


def with_place_picklists(base: Sobject) -> Sobject:
    """Return the object with a code beside the state and the country of each of its addresses."""
    prefixes = [
        (each.name.removesuffix("Country"), each.compound)
        for each in base.fields.values()
        if each.compound and each.compound != "Name" and each.name.endswith("Country")
    ]
    codes = []
    for prefix, compound in prefixes:
        country = base.fields[f"{prefix}Country"].label
        state = base.fields[f"{prefix}State"].label
        shared = {"length": _CODE_LENGTH, "restricted": True, "address_code": True}
        codes += [
            picklist(
                f"{prefix}StateCode",
                f"{state} Code",
                states(),
                controller=f"{prefix}CountryCode",
                compound=compound,
                **shared,
            ),
            picklist(
                f"{prefix}CountryCode",
                f"{country} Code",
                countries(),
                compound=compound,
                **shared,
            ),
        ]
    return with_fields(base, *codes)


def address_values(prefix: str, *, city: str, state_code: str, country: str) -> Values:
    """Return the parts of an address as such an org keeps them; one off the list is left out."""
    found = next((each for each in countries() if each.label == country), None)
    if found is None:
        return {f"{prefix}City": city}
    place = countries().index(found)
    values = {
        f"{prefix}City": city,
        f"{prefix}Country": found.label,
        f"{prefix}CountryCode": found.value,
    }
    for state in states():
        if state.value == state_code and place in (state.valid_for or ()):
            values |= {f"{prefix}State": state.label, f"{prefix}StateCode": state.value}
    return values
