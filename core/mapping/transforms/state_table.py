"""States and provinces of the countries whose addresses orgs check most. Data only."""

# code[/other codes in use]|name[|aliases]; the first code is the one Salesforce ships.
STATE_TABLES = {
    "US": """\
AL|Alabama
AK|Alaska
AZ|Arizona
AR|Arkansas
CA|California
CO|Colorado
CT|Connecticut
DE|Delaware
DC|District of Columbia|Washington DC;Washington, D.C.;D.C.
FL|Florida
GA|Georgia
HI|Hawaii|Hawai'i
ID|Idaho
IL|Illinois
IN|Indiana
IA|Iowa
KS|Kansas
KY|Kentucky
LA|Louisiana
ME|Maine
MD|Maryland
MA|Massachusetts
MI|Michigan
MN|Minnesota
MS|Mississippi
MO|Missouri
MT|Montana
NE|Nebraska
NV|Nevada
NH|New Hampshire
NJ|New Jersey
NM|New Mexico
NY|New York|New York State
NC|North Carolina
ND|North Dakota
OH|Ohio
OK|Oklahoma
OR|Oregon
PA|Pennsylvania
RI|Rhode Island
SC|South Carolina
SD|South Dakota
TN|Tennessee
TX|Texas
UT|Utah
VT|Vermont
VA|Virginia
WA|Washington|Washington State
WV|West Virginia
WI|Wisconsin
WY|Wyoming
AS|American Samoa
GU|Guam
MP|Northern Mariana Islands
PR|Puerto Rico
VI|U.S. Virgin Islands|Virgin Islands;United States Virgin Islands
AA|Armed Forces Americas
AE|Armed Forces Europe
AP|Armed Forces Pacific
""",
    "CA": """\
AB|Alberta
BC|British Columbia|Colombie-Britannique
MB|Manitoba
NB|New Brunswick|Nouveau-Brunswick
NL/NF|Newfoundland and Labrador|Newfoundland
NS|Nova Scotia|Nouvelle-Écosse
NT|Northwest Territories
NU|Nunavut
ON|Ontario
PE/PEI|Prince Edward Island|Île-du-Prince-Édouard
QC/PQ|Quebec|Québec
SK|Saskatchewan
YT/YK|Yukon|Yukon Territory;Yukon Territories
""",
    "AU": """\
ACT|Australian Capital Territory
NSW|New South Wales
NT|Northern Territory
QLD|Queensland
SA|South Australia
TAS|Tasmania
VIC|Victoria
WA|Western Australia
""",
    "MX": """\
AG/AGU|Aguascalientes
BC/BCN|Baja California|Baja California Norte
BS/BCS|Baja California Sur
CM/CAM|Campeche
CS/CHP|Chiapas
CH/CHH|Chihuahua
CO/COA|Coahuila|Coahuila de Zaragoza
CL/COL|Colima
DF/CMX/CDMX|Ciudad de México|Federal District;Distrito Federal;Mexico City
DG/DUR|Durango
GT/GUA|Guanajuato
GR/GRO|Guerrero
HG/HID|Hidalgo
JA/JAL|Jalisco
ME/MEX|Estado de México|Mexico State;State of Mexico;Edomex
MI/MIC|Michoacán|Michoacán de Ocampo
MO/MOR|Morelos
NA/NAY|Nayarit
NL/NLE|Nuevo León
OA/OAX|Oaxaca
PB/PUE|Puebla
QE/QUE/QRO|Querétaro|Querétaro de Arteaga
QR/ROO|Quintana Roo
SL/SLP|San Luis Potosí
SI/SIN|Sinaloa
SO/SON|Sonora
TB/TAB|Tabasco
TM/TAM|Tamaulipas
TL/TLA|Tlaxcala
VE/VER|Veracruz|Veracruz de Ignacio de la Llave
YU/YUC|Yucatán
ZA/ZAC|Zacatecas
""",
    "BR": """\
AC|Acre
AL|Alagoas
AP|Amapá
AM|Amazonas
BA|Bahia
CE|Ceará
DF|Distrito Federal|Federal District
ES|Espírito Santo
GO|Goiás
MA|Maranhão
MT|Mato Grosso
MS|Mato Grosso do Sul
MG|Minas Gerais
PA|Pará
PB|Paraíba
PR|Paraná
PE|Pernambuco
PI|Piauí
RJ|Rio de Janeiro
RN|Rio Grande do Norte
RS|Rio Grande do Sul
RO|Rondônia
RR|Roraima
SC|Santa Catarina
SP|São Paulo
SE|Sergipe
TO|Tocantins
""",
    "IN": """\
AN|Andaman and Nicobar Islands
AP|Andhra Pradesh
AR|Arunachal Pradesh
AS|Assam
BR|Bihar
CH|Chandigarh
CT/CG|Chhattisgarh|Chattisgarh
DN|Dadra and Nagar Haveli
DD|Daman and Diu
DH|Dadra and Nagar Haveli and Daman and Diu
DL|Delhi|New Delhi;National Capital Territory of Delhi
GA|Goa
GJ|Gujarat
HR|Haryana
HP|Himachal Pradesh
JK|Jammu and Kashmir
JH|Jharkhand
KA|Karnataka
KL|Kerala
LA|Ladakh
LD|Lakshadweep
MP|Madhya Pradesh
MH|Maharashtra
MN|Manipur
ML|Meghalaya
MZ|Mizoram
NL|Nagaland
OR/OD|Odisha|Orissa
PY|Puducherry|Pondicherry
PB|Punjab
RJ|Rajasthan
SK|Sikkim
TN|Tamil Nadu
TG/TS|Telangana
TR|Tripura
UP|Uttar Pradesh
UT/UK|Uttarakhand|Uttaranchal
WB|West Bengal
""",
}
