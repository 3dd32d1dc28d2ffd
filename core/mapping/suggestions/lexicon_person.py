"""What universities call the fields about the person. Data only.

A line reads `key = phrase | phrase`. `?` marks a fair phrase, `~` a weak one that is suggested and
never taken unseen. Word order and the words of `concepts` do not matter.
"""

from typing import Final

PERSON: Final = """
lead.lead_profile_uid = halda id | halda profile | halda lead profile | halda person |
    halda lead id | halda lead profile id | lead profile id |
    lead profile uid | halda profile id | halda uid | halda key | halda external id |
    halda record id | halda contact id | halda student id | halda person id | halda guid |
    halda reference id | halda reference | halda lead key | id halda | ~external id |
    ~external lead id | ~vendor lead id | ~vendor id | ~third party id | ~source record id |
    ~lead id | ~integration id
lead.first_name = first name | legal first name | student first name | legal first |
    student first | applicant first | ~first
lead.last_name = last name | legal last name | student last name | legal last | student last |
    applicant last | ~last
lead.preferred_name = preferred name | preferred first name | preferred first |
    preferred full name | nickname |
    nick name | chosen name | chosen first name | goes by | go by | known as | name you go by |
    name you prefer | prefers to be called | what should we call you | informal name |
    called name | apodo | nombre preferido | prenom usuel | prenom prefere | nom d usage |
    bevorzugter name | spitzname | nome social | nome preferido | apelido preferido |
    familiar name | rufname | prenom d usage | nombre de uso | lived name | name in use |
    affirmed name |
    ?common name | ?display name | ~alias
lead.middle_name = middle name | middle name or initial | other given name
lead.suffix = suffix | name suffix | suffix name | generational suffix | generation suffix |
    sufijo | suffixe | namenszusatz | sufixo
lead.former_last_name = former last name | previous last name | maiden name | birth name |
    former name | previous name | prior last name | former surname | maiden last name |
    last name at birth | ~other last name | name at birth | nombre de soltera |
    apellido de soltera | nom de jeune fille | nom de naissance | geburtsname | nome de solteira |
    ~alternate last name | ~also known as | ~aka
lead.full_name = full name | student name | applicant name | contact name | student full name |
    ~name | ~display name | ~lead name
lead.email = email | student email | primary email | personal email | contact email | main email
lead.phone = phone | primary phone | main phone | phone primary | day phone | daytime phone |
    best phone | ?mobile | ~home phone | ~business phone | ~work phone | ~evening phone
lead.phone_e164 = phone e164 | phone international | international phone | e164 phone |
    formatted phone | phone formatted | phone e 164 | international phone number |
    normalized phone | clean phone | ?mobile | ~text number | ~sms number | ~home phone | ~phone |
    ~phone international format
lead.phone_type = phone type | type of phone | phone number type | primary phone type |
    mobile or home phone | phone kind | tipo de telefono | type de telephone | phone line type |
    telefonart | tipo de telefone
lead.phone_country = phone country | phone country code | mobile country | mobile phone country |
    country calling code |
    country dialing code | phone country calling code | international dialing code | dial code |
    dialing code | country code phone | phone prefix | calling code
lead.secondary_email = secondary email | alternate email | other email | email 2 | second email |
    additional email | email alternate | email secondary | backup email |
    personal email alternate | alternate email address | non school email | correo alternativo |
    correo secundario | zweite email | courriel secondaire | email alternativo | ?personal email |
    ~home email | ~university email | ~school email | ~college email | ~student school email |
    ~institution email | ~campus email | ~work email
lead.whatsapp_number = whatsapp | whatsapp phone | whatsapp id | whatsapp mobile |
    whatsapp handle | wa number
lead.birth_date = birth date
lead.gender = gender | legal gender | ~gender at birth | ~legal sex
lead.pronouns = pronoun | preferred pronoun | personal pronoun | gender pronoun | pronombre |
    pronom | pronome | chosen pronoun
lead.citizenship_country = citizenship country | country of citizenship | citizenship |
    primary citizenship | primary citizenship country | ?citizenship 1 | ?country of nationality |
    ?country of passport | ?passport country | ~country of origin | ~home country |
    ~country of birth | ~birth country
lead.citizenship_status = citizenship status | citizenship type | us citizen |
    us citizenship status | us citizen status | immigration status | residency citizenship status |
    primary citizenship type | are you a us citizen | citizenship immigration status |
    citizen or permanent resident | permanent resident | ?visa status | ?residency status |
    ?residence status |
    ?citizenship residency | ~international student
lead.ethnicity = ethnicity | ipeds ethnicity | hispanic | hispanic latino | hispanic or latino |
    is hispanic | latino | etnia | ethnie | ethnic background | ethnic group | ethnic origin |
    hispanic latino ethnicity | ethnic identity | latinx | ?race ethnicity
lead.race = race | races | racial identity | racial background | ipeds race | raza | raca |
    ~race ethnicity | ~ethnicity race
lead.first_generation = first_generation | first generation status | first generation indicator |
    first generation flag | first generation to college | neither parent attended college |
    primera generacion | premiere generation | primeira geracao
lead.military_status = military status | military service | military affiliation | military |
    veteran | veteran status | us veteran | veteran service member | veteran or service member |
    veteran active duty | military veteran affiliation | armed forces | armed forces status |
    active duty | military connected |
    military veteran | ?military branch | ?branch of service | military affiliated |
    military service status | va status | veteran military status | military or veteran |
    military relation | service member | servicio militar | militarstatus | ~gi bill |
    ~veteran benefit | ~military dependent
lead.relationship = relationship to student | relationship | relationship to applicant |
    relationship to prospect | relation to student | inquirer type | inquirer role |
    submitter type | submitter relationship | person inquiring | i am a student or parent |
    who is completing this form | ~role | inquirer relationship | who are you |
    completing form as | ~contact type | ~person type | ~parent relationship | ~i am a |
    parentesco | lien avec l etudiant | vinculo
lead.parent_first_name = parent first name | first name of parent | parent first |
    parent given name | nombre del padre |
    prenom du parent
lead.parent_last_name = parent last name | last name of parent | parent last | apellido del padre |
    nom du parent
lead.parent_email = parent email | email of parent | family email
lead.parent_phone = parent phone | parent mobile | parent cell | phone of parent | family phone |
    parent mobile phone | ?parent home phone
lead.street1 = street | street 1 | mailing street | mailing address | home street |
    permanent street | mailing street 1 | street line 1 | residential street | permanent address |
    home address street | address street 1 | ?full address | ~other street
lead.street2 = street 2 | street line 2 | apartment | apt | apt suite | suite | ~unit |
    unit number | apartment number | mailing street 2 | apartment unit | adresse complement |
    numero interior | apt number | apt unit | suite apt |
    apartment suite | address 2 | home street 2 | ?permanent street 2 | street address 2 continued |
    street continued | address continued | apartamento | appartement | complemento |
    complement d adresse | adresszusatz | complement adresse | address second line |
    apartment suite unit | apt suite unit | apt no | apto | direccion 2 | street 3
lead.city = city | mailing city | home city | ?permanent city | ~hometown | ~city of residence |
    ~other city
lead.state = state | mailing state | home state | ?permanent state | state_code |
    mailing state_code | ?state of residence | ?residence state | ?state residency |
    ?legal state of residence | ~other state | ~county
lead.postal_code = postal_code | mailing postal_code | home postal_code | ?permanent postal_code |
    ~other postal_code
lead.country = country | mailing country | home country | ?permanent country | country_code |
    mailing country_code | ?country of residence | ~other country | ~domicile |
    ?country of domicile
lead.language = language | primary language | preferred language | ?native language |
    ?first language | ?home language | language preference | language spoken |
    ?language spoken at home | ?mother tongue | language of correspondence |
    language of preference | communication language |
    preferred language of communication | spoken language | language code | idioma preferido |
    ?langue maternelle | langue preferee | ?muttersprache | bevorzugte sprache | ?lengua materna |
    ~second language
lead.timezone = time zone | timezone | tz | zona horaria | fuseau horaire | zeitzone |
    fuso horario | time zone name | student time zone | local time zone | time zone id
lead.created_at = record created at | record created | halda created at | halda created date |
    halda lead created | lead created at | record created date | lead created date |
    halda record created | profile created date | lead profile created | halda created on |
    ~created at | ~created date | ~date created | ~date added
lead.updated_at = record updated at | halda updated at | halda last updated | lead updated at |
    halda updated date | record updated date | halda last modified | halda last sync |
    halda modified date | record last updated | lead last updated | halda last update |
    ~updated at | ~last updated | ~update date
lead.first_submission_at = first submission at | first submission date | first inquiry date |
    initial inquiry date | date of first inquiry | original inquiry date | first rfi date |
    first form submission date | first inquired | first form submitted | first form date |
    date first inquired | first request date | ~first contact date | ~first source date |
    ~date of first contact | ~first inquiry
lead.last_submission_at = last submission at | last submission date | last inquiry date |
    most recent inquiry date | latest inquiry date | date of last inquiry | last rfi date |
    last form submission date | ?last form submitted | latest form submission | last inquired |
    last form date | date last inquired | latest request date | recent inquiry date |
    ~last inquiry | ~last form fill date
lead.student_status = student status | prospect status | halda status | halda student status |
    lifecycle status | recruitment status | enrollment cycle status | person status |
    student lifecycle status | ~inquiry status | ~lead status | ~student stage |
    ~applicant status | ~recruitment stage | ~lifecycle stage | ~status
lead.funnel_stage = funnel stage | stage in funnel | funnel status | halda funnel stage |
    admission funnel stage | enrollment funnel stage | recruitment stage | enrollment stage |
    admission stage | lifecycle stage | pipeline stage | student stage | student lifecycle stage |
    recruiting stage | prospect stage | candidate stage | applicant stage | funnel |
    inquiry stage | etapa del embudo | lead stage |
    ~stage | ~current stage
lead.submission_count = number of submission | submission count | inquiry count |
    number of inquiry | total submission | total inquiry | form submission count |
    number of form submission | form fill count | inquiry total | number of form fill |
    halda submission count | rfi count | ~number of time inquired
lead.score = halda score | halda lead score | lead score halda | ~lead score | ~engagement score |
    ~inquiry score | ~score | ~prospect score
lead.crm_reference_id = crm reference id | crm id | crm reference | slate reference id |
    ~slate id | reference id | crm record id | crm reference number | sis crm id | ~salesforce id |
    ~legacy id | ~source system id | ~legacy crm id | ~reference number
lead.is_test = test record | ~is test | test lead | test student | is test record | test flag |
    test data | test inquiry | halda test | test contact | registro de prueba | halda test lead |
    ~test
lead.merged_into_uid = merged into | merged into id | merged into uid | merge target id |
    merged lead id | merged to id | master halda id | merged lead profile id | merged with id |
    surviving record id | merged halda id | survivor id | duplicate of halda id |
    merged profile id
"""
