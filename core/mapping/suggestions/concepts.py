"""One word for one thing: how universities write it, in several languages. Data only.

A line reads `what it means = phrase | phrase`; the left side may be several words. Phrases are
written without case, accents and signs, in the singular. The longest phrase wins.
"""

from typing import Final

# Whole words that are written short, mostly in API names.
ABBREVIATIONS: Final = """
code = cd
language = lang | lng | lngg
gender = gndr
name = nm | nme
cumulative = cum | cumul
count = cnt
total = tot | ttl
composite = comp
personal = pers | persnl
veteran = vet
affiliation = affil
employer = emp | emplyr
degree = deg | dgr
level = lvl | lev
type = typ | typecode
source = src | srce
page = pg
session = sess
term = trm
start = strt
first = fst | frst
last = lst
suffix = sfx
parent = p1 | p2 | prnt | parent1 | parent2 | grdn
timestamp = ts | tstamp
consent = cnsnt
score = scr
campus = cmps
mobile = mob
approximate = approx
institution = inst | instn
visit = vst
amount = amt
year = yr | yrs
date = dt | dte
number = nbr | num | nmbr
address = addr | adr | addy
graduation = gradn
undergraduate = undergrad | ugrad | ugrd
program = prog | prgm | pgm | progm | programme | prg
academic = acad | acdmc
application = app | appl | aplctn
admission = adm | admiss | admsn | admission
interest = int | intr | intrst
preferred = pref | prefrd | prfrd
student = stu | stud | stdnt | std
prospect = pros | prsp | prospective
inquiry = inq | inqry | enquiry | enq | inquire | inquired | inquiring
university = univ | uni
college = coll | clg
school = sch | schl | schol | scuola
semester = sem | semstr
description = desc | descr
message = msg
previous = prev
anticipated = anticip | antic
expected = exp | expctd
intended = intend | intent | intd | intending
enrollment = enroll | enrl | enrollmt | enrolment | enrol | enrolling | enrlmt
registration = reg | registrn
status = stat | sts | stts
country = ctry | cntry
citizenship = citiz | citz | ctzn | ctznshp | cittadinanza | nazionalita
alternate = alt | alternative
secondary = sec | secndry
emergency = emerg | emer
original = orig
temporary = temp
permanent = perm
military = mil | miltry
financial = fin | finan
campaign = cmpgn | cmp | campaing
medium = med
current = curr | cur
department = dept
organization = org | organisation
concentration = conc | concntrtn
modality = modal
preference = prefs
ethnicity = ethn | ethnic
generation = gen | genr
relationship = rel | reln | relatn | relation
category = cat | ctgry
location = loc | locn
management = mgmt
education = edu | educ | educational
quarter = qtr
communication = comm | comms
subscription = subscr
extracurricular = extracurr | ec
international = intl | internatl
request = req | rqst
information = info
development = dev
previous = prior
second = 2nd
first = 1st
third = 3rd
counselor = counsellor | cnslr
question = qstn
identifier = ident
reference = ref
"""

CONCEPTS: Final = """
first_name = first name | fn | given name | first given name | forename | fore name | fname |
    f name | firstname |
    christian name | name first | first nm | nombre | nombre de pila | primer nombre | prenom |
    vorname | nome | primeiro nome | nome proprio | 名 | 名字 | 名前 | 이름 | имя |
    الاسم الأول | الاسم الاول
last_name = last name | ln | surname | sur name | family name | lname | l name | lastname |
    name last |
    last nm | apellido | apellido paterno | primer apellido | nom | nom de famille | nachname |
    familienname | sobrenome | ultimo nome | apelido | cognome | 姓 | 姓氏 | 성 | фамилия |
    اسم العائلة | اللقب | family last name | last family name
middle_name = middle name | m i | mid name | mid init | mid initial | middle initial | middle init |
    mname | m name | mi | middle |
    name middle | segundo nombre | deuxieme prenom | zweiter vorname | nome do meio | отчество
full_name = full name | complete name | fullname | name full | first last name |
    first and last name | nombre completo | nombre y apellido | nom complet | nom et prenom |
    vollstandiger name | vor und nachname | nome completo | 姓名 | 氏名 | 성명
email = email | e mail | email address | e mail address | email addr | electronic mail | email id |
    emailaddress | correo electronico | correo | direccion de correo |
    direccion de correo electronico | courriel | adresse email | adresse e mail |
    adresse courriel | adresse mail | adresse electronique | email adresse | e mail adresse |
    emailadresse | endereco de email | endereco de e mail | correio eletronico | 电子邮件 |
    电子邮箱 | 邮箱 | 電子郵件 | メール | メールアドレス | 이메일 | البريد الإلكتروني |
    البريد الالكتروني | электронная почта
phone = phone | telephone | tel | ph | phone number | phone no | phone num | phone nbr |
    telephone number | tel no | tel number | contact number | contact phone | telefono |
    numero de telefono | numero telefonico | telefon | telefonnummer | rufnummer | telefone |
    numero de telefone | numero de telephone | no de telephone | numero telephone | 电话 |
    电话号码 | 電話 | 電話番号 | 전화 | 전화번호 | رقم الهاتف | هاتف | телефон | telefono fijo |
    telefono de casa | telefone fixo | festnetz
mobile = mobile | cell | cellular | cellphone | mobile phone | cell phone | mobile number |
    mobile phone number | cell phone number | cell number | mobile no | cell no | mobilephone |
    mobile telephone | movil | telefono movil | celular | telefono celular | numero de celular |
    portable | telephone portable | telephone mobile | cellulaire | telephone cellulaire | handy |
    handynummer | mobiltelefon | mobilnummer | mobil | telemovel | telefone celular | 手机 |
    手机号码 | 手機 | 携帯 | 携帯電話 | 휴대폰 | الجوال | мобильный телефон | telefono cellulare |
    cellulare | رقم الجوال | celular com ddd | natel | 휴대전화 | 휴대폰 번호 | 携帯番号 |
    手機號碼 | 移动电话
birth_date = birth date | birthdate | date of birth | dob | d o b | birthday | bday | b day |
    birth day | date birth | fecha de nacimiento | fecha nacimiento | date de naissance |
    geburtsdatum | geburtstag | data de nascimento | data nascimento | data di nascita | 出生日期 |
    生日 | 生年月日 | 생년월일 | تاريخ الميلاد | дата рождения
street = street | address ln | mail address | street address | address street | address line |
    street line |
    address |
    street name | home address | mailing address line | calle | direccion | domicilio |
    calle y numero | rue | adresse | adresse postale | numero et rue | strasse | anschrift |
    strasse und hausnummer | strasse hausnummer | endereco | rua | logradouro | morada |
    indirizzo | 地址 | 街道 | 街道地址 | 住所 | 주소 | العنوان | адрес | улица
city = city | town | city town | city name | municipality | suburb | city suburb | suburb town |
    city village | ciudad | localidad | municipio |
    ville | ville municipalite | stadt | ort | wohnort | cidade | localidade | citta | 城市 | 市 |
    市区町村 | 도시 | المدينة | город
state = state | province | state province | state prov | st prov | prov | state province region |
    state or province | province state | state region | state territory | state or territory |
    region | us state | provincia | estado |
    estado provincia | provincia estado | bundesland | departement | prefecture | state name | 省 |
    州 | 省份 | 都道府県 | الولاية
state_code = state code | state province code | state abbreviation | province code
country_code = country code | country iso code | iso country
postal_code = postal code | zip | zip code | zipcode | zip postal code | zip postal |
    zip or postal code | postal zip code | postal zip | postcode | post code | postalcode |
    postal | pin code | codigo postal | cp | c p | code postal | postleitzahl | plz | cep |
    codigo de postal | 邮编 | 邮政编码 | 郵便番号 | 郵遞區號 | 우편번호 | الرمز البريدي |
    почтовый индекс | индекс | codice postale
country = country | nation | country region | country name | country territory |
    country of residence | residence country | residency country | country of residency | pais |
    pais de residencia |
    pays | pays de residence | land | wohnsitzland | paese | 国家 | 國家 | 国 | 国家地区 | 국가 |
    البلد | الدولة | страна
language = language | idioma | langue | sprache | lingua | lengua | 语言 | 言語 | اللغة | язык |
    langue de correspondance | idioma preferido | idioma de preferencia | korrespondenzsprache
gender = gender | sex | gender identification | gender identity | genero | sexo | sexe | genre |
    geschlecht | genere |
    性别 | 性別 | 성별 | الجنس | пол
citizenship = citizenship | nationality | citizen | ciudadania | nacionalidad | citoyennete |
    nationalite | staatsangehorigkeit | staatsburgerschaft | cidadania | nacionalidade | 国籍 |
    국적 | الجنسية | гражданство
first_generation = first generation | first gen | firstgen | first generation college |
    first generation college student | first generation student | first in family |
    first generation to attend college | first generation in college | first in family in college |
    first to attend college |
    first in family to attend college | first in family to go to college |
    parent attended college | parent college graduate
parent = parent | guardian | mother | father | mom | dad | legal guardian | parent guardian |
    guardian parent | parent legal guardian | parent or guardian | padre | madre | padre o tutor |
    padre madre | encargado | padre madre o encargado |
    padre madre o tutor | acudiente | apoderado | carer | parent carer | parent or carer |
    tutor legal | eltern | elternteil | erziehungsberechtigter | responsavel | del tutor |
    del padre | de la madre | del padre o tutor | da mae | do pai | du parent | des parents |
    der eltern | do responsavel | del genitore
high_school = high school | hs | h s | highschool | secondary school | sec school | preparatoria |
    escuela secundaria | escuela preparatoria | bachillerato | lycee | ecole secondaire | colegio |
    gymnasium | oberschule | ensino medio | escola secundaria | 高中 | 高校 | 고등학교 |
    preparatoria de procedencia | bachillerato de procedencia | escuela de ensino medio |
    escola de ensino medio | 出身高校 | 高校名 | 毕业学校 | 就读学校 | 毕业院校 | 출신 학교 |
    출신 고등학교 | المدرسة الثانوية
school = school | institution | institution name | educational institution | escuela | ecole |
    etablissement | schule | escola | instituicao | institucion | 学校 | 학교 | المدرسة | школа
university = university | universite | universitat | hochschule | universidade | universidad
count = number of | count | total number of | no of | nbr of | num of
program = program | academic program | degree program | study program | program of study |
    academic plan | plan of study | study plan | course | course of study | courses |
    degree course | studiengang | studienprogramm | carrera | programa | programa academico |
    programa de estudio | programa de interes | carrera de interes | programa de estudo | curso |
    curso de interesse | programme d etude | programme d etudes | cursus | formation |
    program name | program title | program interest | program of interest | programs of interest |
    项目 | 课程 | プログラム | البرنامج | программа | corso di laurea | corso di studi |
    corso di studio | plan de estudio | plan de estudios | programme d interet |
    licenciatura de interes | licenciatura | programa deseado | programa de preferencia |
    curso pretendido | curso desejado | 志望学部 | 学部 | 意向项目 | 申请项目 | 희망 프로그램 |
    프로그램 | البرنامج الدراسي | البرنامج الأكاديمي
major = major | field of study | area of study | academic major | subject of study | study area |
    study field | discipline | academic discipline | studienfach | fachrichtung | especialidad |
    especializacion | domaine d etude | domaine d etudes | filiere | area de estudio |
    area de estudo | campo de estudio | 专业 | 專業 | 専攻 | 전공 | التخصص | специальность |
    what do you want to study | what would you like to study | what do you plan to study |
    what are you interested in studying | what do you hope to study | 意向专业 | 申请专业 |
    志望学科 | 学科 | 희망 전공 | 학과 | hauptfach | studienrichtung
term = term | semester | trimester | quarter | academic term | academic session | periodo |
    periodo academico | semestre | trimestre | academic period | 学期 | 入学学期 | 학기 |
    الفصل الدراسي | семестр
entry = entry | start | commencing | entering | entrance | begin | beginning | starting |
    commencement |
    intake | inicio | ingreso | debut | beginn | rentree | ingresso
year = year | ano | annee | jahr | anno | 年 | السنة | год
graduation_year = graduation year | grad year | graduate year | year of graduation |
    year graduated | graduating year | year graduating | class year | class of | grad class |
    graduating class | year of grad | ano de graduacion | ano de egreso |
    annee d obtention du diplome | annee de diplome | abschlussjahr | ano de conclusao |
    ano de formatura | maturajahr | abiturjahr | annee du bac | ano de egreso de preparatoria |
    ano de termino | 毕业年份 | 卒業年 | when do you graduate | when will you graduate |
    when did you graduate | when do you expect to graduate | what year will you graduate |
    what year do you graduate | 卒業年度 | 卒業予定年 | 졸업 연도 | 졸업년도 |
    ano de conclusao do ensino medio | سنة التخرج
graduation_date = graduation date | grad date | date of graduation | graduated date |
    graduation month | graduation month year | fecha de graduacion
gpa = gpa | g p a | grade point average | grade average | grade point avg | promedio |
    promedio general | promedio academico | moyenne | moyenne generale | notendurchschnitt |
    media geral | cgpa | cum gpa | grade pt avg | 平均绩点 | 绩点 | 平均学分绩点 |
    promedio de bachillerato | promedio de preparatoria | المعدل | المعدل التراكمي
opt_in = opt in | opted in | optin | opt ins | opts in | consent | consented | consent given |
    permission | permitted | agree | agreed | agreement | subscribe | subscribed | ok to |
    okay to | ok | okay | allow | allowed | authorize | authorized | authorization | authorise |
    authorised |
    can we | may we | willing to receive | consentimiento | acepta | consentement | einwilligung |
    zustimmung | consentimento | autoriza | autorizo | acepto | deseo recibir | quiero recibir |
    autoriza recibir | acepta recibir | accepte | accepte de recevoir | souhaite recevoir |
    aceita | aceito | aceita receber | aceito receber | autoriza receber | akzeptiert |
    zugestimmt | acconsento | consenso | 同意 | agree to receive | consent to receive |
    happy to receive | would like to receive | wish to receive | sign up for | signed up for
opt_out = opt out | opted out | optout | opts out | do not | dont | don t | donot | unsubscribe |
    unsubscribed | unsub | suppress | suppression | no longer | does not want | refused | stop
text_message = sms | text message | text msg | text messaging | texting | texted | txt |
    txt message | short message | mms | mensaje de texto
text_message opt_in = text opt in | text ok | ok text | text okay | text consent | ok to text |
    okay to text | permission to text |
    opt in text | opt in to text | can we text | may we text | text permission | receive text |
    text you | can we text you | may we text you | allow text | text allowed | agree to text |
    agree to receive text |
    consent to text | agreed to text |
    opted in to text | consent to receive text | agree text | acepta recibir mensaje de texto |
    acepta mensaje de texto | acepto recibir mensaje de texto | acepta sms | acepta recibir sms |
    accepte les textos | consentement aux textos | accepte de recevoir des textos | acepta textos
text_message opt_out = text opt out | do not text | dont text | opt out text | opt out of text |
    no text | stop text
external id = ext id | extid | external key
whatsapp = whatsapp | whats app | whatsapp number | whats app number | numero de whatsapp
call = call | calling | called | llamada | llamadas | appel | appels | anruf | anrufe | ligacao |
    ligacoes | phone call | telephone call | voice call | automated call | automatic call
us = u s
first = first | initial | original | earliest
first touch = first touch | initial touch | original touch | first click
last touch = last touch | latest touch | most recent touch | last click
last = last | latest | most recent | recent | newest | ultimo | ultima |
    dernier | dernière | letzter
alternate = alternate | secondary | second | other | additional | backup | back up | alternativo |
    alterno | secundario | secondaire | autre
date = date | timestamp | time stamp | date time | datetime | date and time | fecha | datum |
    fecha y hora | 日期
id = id | identifier | identification | uid | id number | identification number | unique id |
    unique identifier
ip = ip | ip address | ip addr | ipaddress | ip v4
url = url | uri | link | web address | hyperlink | website address
modality = modality | class delivery | class modality | learning delivery | mode of study |
    study mode | delivery mode | delivery method |
    delivery format | mode of delivery | learning format | learning mode | learning modality |
    learning preference | instruction mode | instruction method | instructional method |
    instructional mode | instructional modality | mode of instruction | teaching format |
    teaching mode | program format | course format | program delivery | course delivery |
    study format | class format | format of study | delivery preference | modalidad | modalite |
    unterrichtsform | lehrform | online or in person | online or on campus | on campus or online |
    campus or online | online vs campus | program modality | online in person |
    program delivery method | program delivery mode | program delivery format |
    in person or online | in person online | on campus online | in person or remote |
    online or hybrid | face to face or online | course delivery method | modalidad de estudio |
    mode d enseignement
degree_level = degree level | level of study | study level | academic level |
    education level of interest | level of degree | degree type | program level | academic career |
    career level | student level | applicant level | admission level | level of program |
    nivel de estudio | nivel academico | niveau d etude | niveau d etudes | nivel de estudo |
    grado de interes | abschlussart | 学位层次 | 申请学位 | nivel de interes |
    nivel academico de interes | cycle d etude | cycle d etudes | grado academico de interes |
    nivel del programa
highest_degree = highest degree | highest degree earned | highest degree attained |
    highest education | highest education level | highest level of education |
    highest level education | highest level of education completed | highest education completed |
    education level completed | level of education | education level | highest academic degree |
    highest qualification | educational attainment | education attained | degree earned |
    current education level | highest degree completed | highest level completed |
    highest degree obtained | nivel educativo | niveau de scolarite | hochster abschluss |
    escolaridade
student_type = student type | prospect category | type of student | applicant type | admit type |
    admission type |
    admissions type | applicant category | student category | admit category |
    applicant classification | student classification | student population | type of applicant |
    tipo de estudiante | tipo de aluno | tipo de alumno | type d etudiant | bewerbertyp |
    studierendentyp | incoming student type | freshman or transfer | freshman transfer |
    first year or transfer | admission category | applying as | entering as | tipo de aspirante |
    tipo de candidato | type de candidat | forma de ingresso | forma de ingreso
enrollment_status = enrollment status | full time part time | full part time | full or part time |
    full time or part time | ft pt | attendance type | attendance status | enrollment intensity |
    course load | study load | time status | enrollment load | academic load | fulltime parttime |
    part time full time | pt ft | regime d etude | regime d etudes | temps plein temps partiel |
    temps plein ou partiel | tiempo completo o parcial | carga academica | vollzeit teilzeit |
    vollzeit oder teilzeit | studienform | zeitmodell | temps complet ou partiel | dedicacion
zzz = deprecated | do not use | dnu | old | legacy | obsolete | unused | not used | retired |
    inactive | bkp | v0 | v1 | archive | archived | backup copy | copy | duplicate | test field |
    zz | zzz |
    delete | to delete | delete me | migrated | historical | conversion only
entry term = when do you plan to start | when would you like to start | when do you want to begin |
    when are you looking to start | when do you plan to enroll | when do you plan to attend |
    when would you like to begin | when will you start | term you plan to start |
    term you plan to begin | term you plan to enroll | when do you hope to start |
    when would you like to enroll | when do you intend to enroll | when do you want to start |
    term you wish to start | start timeframe | when are you planning to start |
    cuando deseas iniciar | quand souhaitez vous commencer | wann mochten sie beginnen | 入学学期 |
    申请学期 | 入学希望時期 | 入学時期 | 입학 학기 | 입학 희망 학기 | ciclo de ingreso |
    ciclo escolar de ingreso | session d entree | trimestre d admission |
    trimestre d entree | trimestre d admission souhaite | startsemester | studienbeginn |
    periodo de inicio | semestre de inicio |
    session d admission souhaitee | session souhaitee | einstiegssemester | semesterbeginn |
    semestre de ingresso | فصل القبول
residency status = in state | out of state | in state resident |
    in state or out of state
opt_in date = einwilligung am
parent first_name = par first name | par fname | par f name | par first
parent last_name = par last name | par lname | par l name | par last
parent email = par email | par e mail
parent phone = par phone | par cell | par mobile
first utm = ft utm | first touch utm
last utm = lt utm | last touch utm
whatsapp opt_in = wa opt in | wa optin | wa consent
preferred name = name you prefer to be called | prefer to be called | prefers to be called |
    like to be called | name you go by
program code = plan code | study plan code
area interest = field of interest | fields of interest
current school = escuela actual | etablissement actuel | ecole actuelle | aktuelle schule |
    escola atual | colegio actual
privacy policy = aviso de privacidad | politica de privacidad | politique de confidentialite |
    datenschutzerklarung | datenschutz | politica de privacidade | informativa privacy |
    privacy statement | privacy collection notice | collection notice | privacy notice |
    privacy terms | terms and privacy
form = formulario | formulaire | formular | 表单 | フォーム | 양식
program code = clave del programa | clave de programa | clave de carrera | code de programme |
    codigo del programa | codigo de carrera | studiengangskennzahl | studiengangsnummer |
    course code
unsubscribed date = fecha de baja | date de desabonnement | date de desinscription | abgemeldet am |
    abmeldedatum | data de descadastro
intended = gewunscht | gewunschte | gewunschter | gewunschtes | angestrebt | angestrebte |
    angestrebter | angestrebtes | souhaite | souhaitee | envisage | envisagee | deseado | deseada |
    previsto | prevista | pretendido | pretendida | desejado | desejada
current = present | derzeitig | derzeitige | derzeitiger | aktuell | aktuelle | aktueller | actuel |
    actuelle | actual | atual
attended = frequente | frequentee | besucht | besuchte | cursada
given = erteilt | otorgado | otorgada | donne | donnee
campaign = campana | campagne | kampagne | campanha
medium = medio | moyen | meio
interest = interesse | interes | interet | te interesa
visit = besuch | visite | visita | visiter | visitar
financial aid = beca | becas | apoyo financiero | aide financiere | studienfinanzierung |
    ayuda economica | stipendium | bourse | bourse d etude | bolsa de estudo
degree_level intended = abschlussziel | angestrebter abschluss | studienziel
highest_degree = ultimo grado de estudio | grado maximo de estudio | hochster bildungsabschluss |
    dernier diplome obtenu | plus haut diplome | ultimo grado academico | maximo grado de estudio
entry year = 入学年份 | 入学年度 | 入学年 | 입학 연도 | ano de ingreso | ano de ingresso |
    annee d admission | annee d entree | eintrittsjahr | einstiegsjahr
campus = 校区 | キャンパス | 캠퍼스 | plantel | recinto | الحرم الجامعي
inquiry date = 資料請求日 | 問い合わせ日 | 咨询日期 | 询问日期 | 문의 날짜 | fecha de registro |
    fecha de contacto inicial | fecha de la solicitud | date de la demande d information |
    anfrage am | data de cadastro | data da inscricao | تاريخ الاستفسار
source = quelle | origem | 来源 | 流入元 | fuente del prospecto | origine | origine du contact |
    fonte | 유입 경로 | المصدر
citizenship status = statut de citoyennete | statut au canada | statut d immigration |
    estatus migratorio | situacion migratoria | aufenthaltsstatus
alternate email = correo alterno | correo alternativo | correo secundario | courriel secondaire |
    autre courriel | zweite e mail | e mail alternativo
alternate choice program = deuxieme choix de programme | segunda opcion de carrera |
    segunda opcion | segunda opcao de curso | zweiter studienwunsch
"""
