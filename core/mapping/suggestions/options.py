"""What a picklist's options are about, told from the options themselves. Data and one reader."""

import re
from collections.abc import Callable
from typing import Final

from core.mapping.suggestions.words import raw_words


def _set(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.strip().split("|"))


# Options that any list may hold.
_NEUTRAL: Final = _set(
    "other|unknown|none|n a|na|undecided|not sure|unsure|prefer not to say|prefer not to answer|"
    "decline to state|not specified|not applicable|please select|select one|unspecified|"
    "prefer not to respond|decline to answer|not reported|undeclared|i am not sure|"
    "other please specify"
)
_LISTS: Final = {
    "seasons": _set(
        "fall|autumn|spring|summer|winter|fall semester|spring semester|summer semester|j term|"
        "january|may|august|september|fall term|spring term|summer term|otono|primavera|verano|"
        "fa|sp|su|wi|summer i|summer ii|summer 1|summer 2|fall 1|fall 2|spring 1|spring 2|maymester"
    ),
    "student types": _set(
        "freshman|first year|first time freshman|first time|first year student|transfer|"
        "transfer student|readmit|re admit|returning|returning student|returning adult|"
        "continuing|new student|new freshman|dual enrollment|dual enrolment|dual credit|visiting|"
        "visiting student|international|international student|adult|adult learner|non degree|"
        "graduate|graduate student|undergraduate|first time in college|ftic|re entry|second degree|"
        "high school|high school student|early college|exchange|early admission|post bac|"
        "post baccalaureate|online|online student|guest|homeschool|veteran|freshmen|re enroll"
    ),
    "degree levels": _set(
        "undergraduate|graduate|doctoral|doctorate|masters|master s|master|bachelor s|bachelors|"
        "bachelor|associate|associates|associate s|certificate|certification|non degree|"
        "professional|ug|gr|ugrd|grad|law|continuing education|post graduate|postgraduate|phd|"
        "undergrad|grado|posgrado|licenciatura|maestria|doctorado|pre college|diploma|"
        "bachelor s degree|master s degree|associate degree|doctoral degree|graduate certificate|"
        "undergraduate certificate|certificate program"
    ),
    "degrees": _set(
        "high school|high school diploma|ged|some college|associate|associate s|associates|"
        "associate s degree|associate degree|bachelor s|bachelors|bachelor s degree|"
        "bachelor degree|master s|masters|master s degree|master degree|doctorate|doctoral|"
        "doctoral degree|phd|ph d|md|jd|ba|bs|ma|ms|mba|aa|as|edd|professional degree|"
        "some high school|high school or equivalent|high school ged|no degree|trade school|"
        "less than high school|bachelor|master|secondary|certificate"
    ),
    "modalities": _set(
        "online|on line|on campus|in person|hybrid|remote|blended|face to face|distance|"
        "distance learning|online only|residential|on ground|low residency|hyflex|fully online|"
        "campus|ground|virtual|in class|either|both|100 online|in seat|online learning"
    ),
    "full or part time": _set(
        "full time|part time|half time|three quarter time|less than half time|ft|pt|fulltime|"
        "parttime|full|part|full time student|part time student|tiempo completo|medio tiempo"
    ),
    "yes and no": _set("yes|no|y|n|true|false|si|oui|non|ja|nein|sim|nao"),
    "genders": _set(
        "male|female|man|woman|non binary|nonbinary|m|f|x|u|transgender|genderqueer|masculino|"
        "femenino|homme|femme|agender|trans man|trans woman|another gender|mannlich|weiblich|divers"
    ),
    "pronouns": _set(
        "he him|she her|they them|he him his|she her hers|they them theirs|ze hir|he they|she they|"
        "ze zir|xe xem"
    ),
    "ethnicities": _set(
        "hispanic or latino|not hispanic or latino|hispanic|latino|white|asian|"
        "black or african american|african american|black|american indian or alaska native|"
        "native hawaiian or other pacific islander|two or more races|native american|caucasian|"
        "hispanic latino|pacific islander|native hawaiian|non hispanic|not hispanic|multiracial|"
        "black african american|american indian|white caucasian|non resident alien|hispanic latinx|"
        "native hawaiian pacific islander|american indian alaska native|middle eastern|"
        "middle eastern or north african|non hispanic latino|nonresident alien|african"
    ),
    "citizenship statuses": _set(
        "us citizen|u s citizen|permanent resident|us permanent resident|non resident|"
        "non resident alien|u s citizen or u s national|u s dual citizen|u s permanent resident|"
        "other non u s|international|temporary resident|refugee|asylee|daca|undocumented|visa|"
        "nonresident alien|dual citizen|resident alien|citizen|non citizen|eligible noncitizen|"
        "u s citizen or national|foreign national|us national|student visa"
    ),
    "military statuses": _set(
        "veteran|active duty|reserve|reserves|national guard|dependent|spouse|not a veteran|army|"
        "navy|air force|marine corps|marines|coast guard|military spouse|retired|none military|"
        "military dependent|currently serving|previously served|no military service|space force|"
        "dependent of veteran|spouse of veteran|national guard reserve|non military|active|"
        "never served"
    ),
    "kinds of phone": _set("mobile|home|work|cell|business|landline|office|cell phone|home phone"),
    "relationships": _set(
        "student|parent|counselor|guardian|parent guardian|prospective student|teacher|self|"
        "mother|father|school counselor|family member|friend|applicant|alumni|educator|"
        "high school counselor|relative|spouse"
    ),
    "stages": _set(
        "suspect|prospect|inquiry|inquired|applicant|applied|admitted|admit|accepted|deposited|"
        "deposit|enrolled|confirmed|matriculated|withdrawn|denied|qualified|lead|app started|"
        "application started|application submitted|contacted|enrollee|stopped out|engaged"
    ),
    "devices": _set("mobile|desktop|tablet|phone|computer|ios|android"),
    "suffixes": _set("jr|sr|ii|iii|iv|v|esq|phd|md"),
    "salutations": _set("mr|ms|mrs|dr|prof|mx|miss"),
    "lead sources": _set(
        "web|website|phone inquiry|partner referral|purchased list|referral|college fair|"
        "high school visit|social media|advertisement|event|word of mouth|direct mail|halda|fair|"
        "campus visit|search engine|trade show|email|radio|tv|billboard|walk in|purchase list|"
        "office visit|webform|phone call|list purchase|rfi|inquiry form"
    ),
    "languages": _set(
        "english|spanish|french|german|chinese|mandarin|arabic|japanese|korean|portuguese|russian|"
        "hindi|italian|vietnamese|tagalog|polish|cantonese|turkish|urdu|bengali|hebrew|en|es|fr|de"
    ),
    "countries": _set(
        "united states|united states of america|usa|canada|mexico|china|india|france|germany|spain|"
        "brazil|japan|united kingdom|italy|nigeria|kenya|south korea|vietnam|australia|argentina|"
        "colombia|afghanistan|albania|algeria|andorra|angola|austria|belgium|bahamas the|bolivia|"
        "chile|cuba|denmark|ecuador|egypt|finland|ghana|greece|haiti|ireland|israel|pakistan|peru|"
        "us|ca|mx|cn|in|fr|de|es|br|jp|gb|it|ng|ke|kr|vn|au|ar|co|mexico mx|china cn"
    ),
    "states": _set(
        "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
        "hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
        "michigan|minnesota|texas|utah|new york|ohio|oregon|pennsylvania|virginia|washington|"
        "wisconsin|al|ak|az|ca|ct|fl|id|il|ks|ky|ma|md|mi|mn|mo|nc|nd|ne|nh|nj|nm|nv|ny|"
        "oh|ok|or|pa|ri|sc|sd|tn|tx|ut|va|vt|wa|wi|wv|wy|ontario|quebec|british columbia|alberta"
    ),
}
_TERM: Final = re.compile(
    r"(fall|autumn|spring|summer|winter|fa|sp|su|wi|otono|primavera|verano|automne|hiver|"
    r"wintersemester|sommersemester|semester|term|january|august|september|may|quarter)\D*\d{2,4}\b"
    r"|\b(19|20)\d{2}\D*(fall|autumn|spring|summer|winter|fa|sp|su|wi|semester|term)"
    r"|^20\d{4}$"
)
_YEAR: Final = re.compile(r"^(class of )?(19|20)\d{2}( 20\d{2}| \d{2})?$")
_PATTERNS: Final = {"start terms": _TERM, "years": _YEAR}
_LONG_LISTS: Final = frozenset({"countries", "states", "languages"})
_SHARE: Final = 0.6
_LONGEST_OPTION: Final = 80
_ENOUGH: Final = 8  # that many known ones make a long list


def kinds_of_options(values: tuple[str, ...]) -> frozenset[str]:
    """Return what the options could be about; empty where nobody can tell."""
    texts = [" ".join(raw_words(value[:_LONGEST_OPTION])) for value in values]
    telling = [text for text in texts if text and text not in _NEUTRAL]
    if not telling:
        return frozenset()
    matched = {kind: _count(telling, known.__contains__) for kind, known in _LISTS.items()}
    matched |= {kind: _count(telling, pattern.search) for kind, pattern in _PATTERNS.items()}
    least = min(2, len(telling))
    return frozenset(
        kind
        for kind, count in matched.items()
        if (count >= least and count / len(telling) >= _SHARE)
        or (kind in _LONG_LISTS and count >= _ENOUGH)
    )


def _count(texts: list[str], is_known: Callable[[str], object]) -> int:
    return sum(1 for text in texts if is_known(text))
