"""Words that say nothing, say little, or say that something else is meant. Data only."""

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Dropped altogether: they carry no meaning in a field's name or in a question.
FILLERS: Final = _set(
    """a an the of to for in on at by with from and or as be is are am was were it its this that
    these i my me you your yours we our will would like have has had do does did can may
    please select choose pick enter tell provide indicate specify give which what when where
    how who if any all field custom picklist dropdown drop down lookup multi multiselect mpl pl
    s t c pc about send want wants plan planning planned
    de la el los las du des le les l d der die das den dem do da dos e y et und del al su tu votre
    ihr ihre seu sua"""
)

# Say whose field it is or where it came from; nearly neutral.
CONTEXT: Final = _set(
    """student applicant prospect inquiry lead contact person learner candidate halda rfi web
    webform form portal crm sf sfdc adm admission ug gr ga em tx srm info information data
    details submitted provided stated value recruit recruitment recruiting client constituent
    respondent aspirante candidato candidat interessent bewerber enquirer user record individual
    individuals people self reported response answer indicator flag
    ind yn inquirer 1"""
)

# A wish: neutral for what somebody is interested in, telling elsewhere.
INTENT: Final = _set(
    """intended anticipated expected desired planned proposed projected target preferred interest
    interested choice likely potential future seeking sought requested selected"""
)

LEVELS: Final = _set("undergraduate graduate adult international online freshman")

# An aside made of these alone changes nothing: "(if different)", "(mm/dd/yyyy)".
ASIDES: Final = FILLERS | _set(
    """text different optional required applicable known available format example eg e g only digit
    yyyy yy mm dd yyyymmdd iso ipeds us usa"""
)

# Namespaces of tools that fill their fields themselves: marketing, e-mail, data cleaning, roll-ups.
TOOLS: Final = _set(
    """pi mkto2 mkto_si mkto71 et4ae5 et_mc hubspot_inc bizible2 lid leandata dozisf zisf dscorgpkg
    rh2 dlrs crmfusiondbr101 geopointe maps dsfs infer engagio sixsense d2c clearbit insideview
    drift qualtrics demandtools cloudingo dnbi zvc"""
)

# The field is out of use, or a copy: never above the line.
DISUSED: Final = _set("zzz")

# What may stand beside the own words of the fields whose key starts like this.
SOFT: Final = {
    "lead.street": _set("mailing home permanent primary residential current legal local person"),
    "lead.city": _set("mailing home permanent primary residential current legal street"),
    "lead.state": _set("mailing home permanent primary residential current legal street"),
    "lead.postal_code": _set("mailing home permanent primary residential current legal street"),
    "lead.country": _set("mailing home permanent primary residential current legal street"),
    "lead.first_name": _set("legal person"),
    "lead.last_name": _set("legal person"),
    "lead.middle_name": _set("legal person"),
    "lead.email": _set("primary personal main home preferred best valid"),
    "lead.phone": _set("primary personal main preferred best day daytime"),
    "lead.birth_date": _set("legal"),
    "lead.language": _set("primary native spoken home first main preferred"),
    "lead.parent": _set("primary"),
    "lead.military": _set("us current status"),
    "lead.first_generation": _set("status college attend"),
    "edu.": _set("text last current high_school cumulative overall unweighted final approximate"),
    "interest.": INTENT | _set("preference text academic primary main first study current area"),
    "edu.gpa": _set("school"),
    "edu.sat": _set("score official best high highest"),
    "edu.act": _set("score official best high highest"),
    "interest.enrollment_status": _set("status"),
    "edu.highest_degree": _set("attained completed earned received obtained achieved"),
    "form.": _set("last online website submitted"),
    "visit.": _set("last session marketing traffic touch website visited current"),
    "submission.": _set("online last website"),
    "consent.text": _set("shown displayed presented"),
    "consent.": _set("marketing opt_in communication message"),
    "comm.": _set("halda ai"),
}
