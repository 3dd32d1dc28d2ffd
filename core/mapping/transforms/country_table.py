"""Countries by ISO 3166-1 with the names and usual aliases that forms and orgs write. Data only.

Word order, accents, case, punctuation and "the", "of", "and" do not matter: see `countries`.
"""

# alpha-2|alpha-3|English name|aliases, separated by semicolons
COUNTRY_TABLE = """\
AD|AND|Andorra|
AE|ARE|United Arab Emirates|UAE;U.A.E.;Emirates;Emiratos Árabes Unidos;الإمارات;\
الإمارات العربية المتحدة
AF|AFG|Afghanistan|
AG|ATG|Antigua and Barbuda|Antigua & Barbuda
AI|AIA|Anguilla|
AL|ALB|Albania|
AM|ARM|Armenia|
AO|AGO|Angola|
AQ|ATA|Antarctica|
AR|ARG|Argentina|
AS|ASM|American Samoa|
AT|AUT|Austria|Österreich
AU|AUS|Australia|
AW|ABW|Aruba|
AX|ALA|Åland Islands|Aland
AZ|AZE|Azerbaijan|
BA|BIH|Bosnia and Herzegovina|Bosnia;Bosnia-Herzegovina
BB|BRB|Barbados|
BD|BGD|Bangladesh|
BE|BEL|Belgium|Belgique;België;Belgien
BF|BFA|Burkina Faso|
BG|BGR|Bulgaria|
BH|BHR|Bahrain|
BI|BDI|Burundi|
BJ|BEN|Benin|
BL|BLM|Saint Barthélemy|St. Barts
BM|BMU|Bermuda|
BN|BRN|Brunei|Brunei Darussalam
BO|BOL|Bolivia|Bolivia, Plurinational State of
BQ|BES|Bonaire, Sint Eustatius and Saba|Caribbean Netherlands;Bonaire
BR|BRA|Brazil|Brasil
BS|BHS|Bahamas|Bahamas (the);Commonwealth of the Bahamas
BT|BTN|Bhutan|
BV|BVT|Bouvet Island|
BW|BWA|Botswana|
BY|BLR|Belarus|
BZ|BLZ|Belize|
CA|CAN|Canada|
CC|CCK|Cocos (Keeling) Islands|Cocos Islands;Keeling Islands
CD|COD|Democratic Republic of the Congo|DRC;DR Congo;D.R. Congo;Congo-Kinshasa;\
Congo, Democratic Rep.
CF|CAF|Central African Republic|
CG|COG|Congo|Republic of the Congo;Congo-Brazzaville
CH|CHE|Switzerland|Schweiz;Suisse;Svizzera;Suiza
CI|CIV|Côte d'Ivoire|Ivory Coast;Republic of Côte d'Ivoire;Costa de Marfil
CK|COK|Cook Islands|
CL|CHL|Chile|
CM|CMR|Cameroon|Cameroun
CN|CHN|China|People's Republic of China;PRC;P.R. China;Mainland China;中国;中國;中华人民共和国
CO|COL|Colombia|
CR|CRI|Costa Rica|
CU|CUB|Cuba|
CV|CPV|Cabo Verde|Cape Verde
CW|CUW|Curaçao|
CX|CXR|Christmas Island|
CY|CYP|Cyprus|
CZ|CZE|Czechia|Czech Republic;Česko
DE|DEU|Germany|Federal Republic of Germany;Deutschland;Alemania;Allemagne
DJ|DJI|Djibouti|
DK|DNK|Denmark|Danmark
DM|DMA|Dominica|
DO|DOM|Dominican Republic|República Dominicana
DZ|DZA|Algeria|Algérie
EC|ECU|Ecuador|
EE|EST|Estonia|
EG|EGY|Egypt|Arab Republic of Egypt;Egypt, Arab Rep.;مصر
EH|ESH|Western Sahara|
ER|ERI|Eritrea|
ES|ESP|Spain|España;Espagne;Spanien
ET|ETH|Ethiopia|
FI|FIN|Finland|Suomi
FJ|FJI|Fiji|
FK|FLK|Falkland Islands|Falkland Islands (Malvinas);Islas Malvinas
FM|FSM|Micronesia|Federated States of Micronesia
FO|FRO|Faroe Islands|Faeroe Islands
FR|FRA|France|Francia;Frankreich
GA|GAB|Gabon|
GB|GBR|United Kingdom|UK;U.K.;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;\
United Kingdom of Great Britain and Northern Ireland;Reino Unido;Inglaterra;Royaume-Uni
GD|GRD|Grenada|
GE|GEO|Georgia|
GF|GUF|French Guiana|
GG|GGY|Guernsey|
GH|GHA|Ghana|
GI|GIB|Gibraltar|
GL|GRL|Greenland|
GM|GMB|Gambia|Gambia (the);Republic of the Gambia
GN|GIN|Guinea|
GP|GLP|Guadeloupe|
GQ|GNQ|Equatorial Guinea|
GR|GRC|Greece|Hellas;Ελλάδα
GS|SGS|South Georgia and the South Sandwich Islands|
GT|GTM|Guatemala|
GU|GUM|Guam|
GW|GNB|Guinea-Bissau|
GY|GUY|Guyana|
HK|HKG|Hong Kong|Hong Kong SAR;Hong Kong SAR China;Hong Kong, China;香港
HM|HMD|Heard Island and McDonald Islands|
HN|HND|Honduras|
HR|HRV|Croatia|Hrvatska
HT|HTI|Haiti|
HU|HUN|Hungary|Magyarország
ID|IDN|Indonesia|
IE|IRL|Ireland|Republic of Ireland;Éire
IL|ISR|Israel|ישראל
IM|IMN|Isle of Man|
IN|IND|India|Republic of India;भारत
IO|IOT|British Indian Ocean Territory|
IQ|IRQ|Iraq|
IR|IRN|Iran|Iran, Islamic Republic of
IS|ISL|Iceland|Ísland
IT|ITA|Italy|Italia;Italien;Italie
JE|JEY|Jersey|
JM|JAM|Jamaica|
JO|JOR|Jordan|
JP|JPN|Japan|Japón;Nippon;日本
KE|KEN|Kenya|
KG|KGZ|Kyrgyzstan|Kyrgyz Republic
KH|KHM|Cambodia|
KI|KIR|Kiribati|
KM|COM|Comoros|
KN|KNA|Saint Kitts and Nevis|
KP|PRK|North Korea|Korea, Democratic People's Republic of;DPRK;Korea, North
KR|KOR|South Korea|Korea, Republic of;Republic of Korea;Korea, South;ROK;Corea del Sur;대한민국;한국
KW|KWT|Kuwait|
KY|CYM|Cayman Islands|
KZ|KAZ|Kazakhstan|
LA|LAO|Laos|Lao People's Democratic Republic;Lao PDR
LB|LBN|Lebanon|
LC|LCA|Saint Lucia|
LI|LIE|Liechtenstein|
LK|LKA|Sri Lanka|
LR|LBR|Liberia|
LS|LSO|Lesotho|
LT|LTU|Lithuania|
LU|LUX|Luxembourg|
LV|LVA|Latvia|
LY|LBY|Libya|Libyan Arab Jamahiriya
MA|MAR|Morocco|Maroc
MC|MCO|Monaco|
MD|MDA|Moldova|Moldova, Republic of
ME|MNE|Montenegro|
MF|MAF|Saint Martin|Saint Martin (French part)
MG|MDG|Madagascar|
MH|MHL|Marshall Islands|Republic of the Marshall Islands
MK|MKD|North Macedonia|Macedonia;Macedonia, the former Yugoslav Republic of;FYROM
ML|MLI|Mali|
MM|MMR|Myanmar|Burma;Myanmar (Burma)
MN|MNG|Mongolia|
MO|MAC|Macao|Macau;Macao SAR;Macao SAR China;澳門
MP|MNP|Northern Mariana Islands|
MQ|MTQ|Martinique|
MR|MRT|Mauritania|
MS|MSR|Montserrat|
MT|MLT|Malta|
MU|MUS|Mauritius|
MV|MDV|Maldives|
MW|MWI|Malawi|
MX|MEX|Mexico|México;United Mexican States;Estados Unidos Mexicanos;Mexique;Mexiko
MY|MYS|Malaysia|
MZ|MOZ|Mozambique|
NA|NAM|Namibia|
NC|NCL|New Caledonia|
NE|NER|Niger|
NF|NFK|Norfolk Island|
NG|NGA|Nigeria|
NI|NIC|Nicaragua|
NL|NLD|Netherlands|The Netherlands;Holland;Nederland;Kingdom of the Netherlands
NO|NOR|Norway|Norge
NP|NPL|Nepal|
NR|NRU|Nauru|
NU|NIU|Niue|
NZ|NZL|New Zealand|Aotearoa
OM|OMN|Oman|
PA|PAN|Panama|
PE|PER|Peru|
PF|PYF|French Polynesia|
PG|PNG|Papua New Guinea|
PH|PHL|Philippines|Republic of the Philippines;Pilipinas
PK|PAK|Pakistan|
PL|POL|Poland|Polska
PM|SPM|Saint Pierre and Miquelon|
PN|PCN|Pitcairn Islands|Pitcairn
PR|PRI|Puerto Rico|
PS|PSE|Palestine|State of Palestine;Palestinian Territory, Occupied;Palestinian Territories
PT|PRT|Portugal|
PW|PLW|Palau|
PY|PRY|Paraguay|
QA|QAT|Qatar|
RE|REU|Réunion|
RO|ROU|Romania|România
RS|SRB|Serbia|
RU|RUS|Russia|Russian Federation;Россия
RW|RWA|Rwanda|
SA|SAU|Saudi Arabia|Kingdom of Saudi Arabia;KSA;السعودية;المملكة العربية السعودية
SB|SLB|Solomon Islands|
SC|SYC|Seychelles|
SD|SDN|Sudan|
SE|SWE|Sweden|Sverige
SG|SGP|Singapore|
SH|SHN|Saint Helena|Saint Helena, Ascension and Tristan da Cunha
SI|SVN|Slovenia|
SJ|SJM|Svalbard and Jan Mayen|
SK|SVK|Slovakia|Slovak Republic
SL|SLE|Sierra Leone|
SM|SMR|San Marino|
SN|SEN|Senegal|
SO|SOM|Somalia|
SR|SUR|Suriname|
SS|SSD|South Sudan|
ST|STP|São Tomé and Príncipe|
SV|SLV|El Salvador|
SX|SXM|Sint Maarten|Sint Maarten (Dutch part)
SY|SYR|Syria|Syrian Arab Republic
SZ|SWZ|Eswatini|Swaziland
TC|TCA|Turks and Caicos Islands|
TD|TCD|Chad|Tchad
TF|ATF|French Southern Territories|
TG|TGO|Togo|
TH|THA|Thailand|
TJ|TJK|Tajikistan|
TK|TKL|Tokelau|
TL|TLS|Timor-Leste|East Timor
TM|TKM|Turkmenistan|
TN|TUN|Tunisia|
TO|TON|Tonga|
TR|TUR|Türkiye|Turkey;Republic of Turkey
TT|TTO|Trinidad and Tobago|Trinidad & Tobago;Trinidad
TV|TUV|Tuvalu|
TW|TWN|Taiwan|Taiwan, Province of China;Chinese Taipei;Taiwan, Republic of China;台灣;台湾
TZ|TZA|Tanzania|Tanzania, United Republic of
UA|UKR|Ukraine|Україна
UG|UGA|Uganda|
UM|UMI|United States Minor Outlying Islands|U.S. Minor Outlying Islands
US|USA|United States|United States of America;U.S.;U.S.A.;America;The States;Estados Unidos;\
EE. UU.;EEUU;États-Unis;Vereinigte Staaten
UY|URY|Uruguay|
UZ|UZB|Uzbekistan|
VA|VAT|Vatican City|Holy See;Holy See (Vatican City State)
VC|VCT|Saint Vincent and the Grenadines|Saint Vincent
VE|VEN|Venezuela|Venezuela, Bolivarian Republic of
VG|VGB|British Virgin Islands|Virgin Islands, British;BVI
VI|VIR|U.S. Virgin Islands|Virgin Islands, U.S.;United States Virgin Islands;USVI
VN|VNM|Vietnam|Viet Nam;Việt Nam
VU|VUT|Vanuatu|
WF|WLF|Wallis and Futuna|
WS|WSM|Samoa|Western Samoa
XK|XKX|Kosovo|Republic of Kosovo
YE|YEM|Yemen|
YT|MYT|Mayotte|
ZA|ZAF|South Africa|Republic of South Africa;RSA
ZM|ZMB|Zambia|
ZW|ZWE|Zimbabwe|
"""

# Names that mean two countries; only the org's own list may decide between them.
AMBIGUOUS_NAMES = ("Congo", "Korea", "Virgin Islands")
