"""Names as universities write them: what they mean, and what only looks like a Halda field."""

import pytest

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import SobjectDescribe
from core.mapping.suggest import suggest
from core.mapping.suggestions.scoring import DERIVED
from tests.mapping.fields import make_field

# label | API name | type | what it means
MEANT = """
Legal First Name | Legal_First_Name__c | string | lead.first_name
Given Name(s) | GIVEN_NM__c | string | lead.first_name
Family/Last Name | FamilyName__c | string | lead.last_name
Preferred First Name (if different) | Pref_First_Nm__c | string | lead.preferred_name
Nick Name | Nickname__c | string | lead.preferred_name
Middle Initial | MI__c | string | lead.middle_name
Generational Suffix | Suffix__c | picklist | lead.suffix
Maiden/Former Last Name | Maiden_Name__c | string | lead.former_last_name
Personal E-mail | PersEmail__c | email | lead.email
Student Email Address | StudentEmail__c | email | lead.email
Alt. Email | Alt_Email__c | email | lead.secondary_email
Email 2 | Email2__c | email | lead.secondary_email
Cell Phone Number | CellPhone__c | phone | lead.phone
Text Number | Text_Number__c | phone | lead.phone_e164
Phone Type | Phone_Type__c | picklist | lead.phone_type
WhatsApp # | WhatsApp__c | phone | lead.whatsapp_number
D.O.B. | DOB__c | date | lead.birth_date
Sex | Sex__c | picklist | lead.gender
Gender Pronouns | Pronouns__c | picklist | lead.pronouns
Country of Citizenship | Citizenship_Cntry__c | picklist | lead.citizenship_country
Citizenship/Visa Status | Citz_Status__c | picklist | lead.citizenship_status
Hispanic/Latino? | Hispanic_Latino__c | picklist | lead.ethnicity
Race (IPEDS) | Race_IPEDS__c | multipicklist | lead.race
First Gen? | FirstGen__c | boolean | lead.first_generation
Are you a veteran? | Veteran__c | boolean | lead.military_status
Military Affiliation | Mil_Affil__c | picklist | lead.military_status
Relationship to Student | Rel_to_Student__c | picklist | lead.relationship
Parent/Guardian First Name | Parent1_First__c | string | lead.parent_first_name
Guardian Last Name | Guardian_LName__c | string | lead.parent_last_name
Parent 1 Email | P1_Email__c | email | lead.parent_email
Mother's Cell Phone | Mother_Cell__c | phone | lead.parent_phone
Address Line 1 | Addr1__c | string | lead.street1
Address Line 2 | Addr2__c | string | lead.street2
Home City | Home_City__c | string | lead.city
Town | Town__c | string | lead.city
St/Prov | St_Prov__c | string | lead.state
Home State | Home_State__c | picklist | lead.state
ZIP | Zip__c | string | lead.postal_code
Post Code | Postcode__c | string | lead.postal_code
Country (Home) | Home_Country__c | picklist | lead.country
Preferred Language | Pref_Lang__c | picklist | lead.language
Time Zone | TZ__c | string | lead.timezone
Halda Lead Profile ID | Halda_Lead_Profile_ID__c | string | lead.lead_profile_uid
Halda ID | HaldaID__c | string | lead.lead_profile_uid
Academic Program of Interest | Acad_Prog_Int__c | picklist | interest.program
Intended Degree Program | Intended_Deg_Prog__c | picklist | interest.program
Which program are you interested in? | Program_Interested__c | picklist | interest.program
Programme of Interest | Programme__c | picklist | interest.program
Anticipated Start Term | Antic_Start_Term__c | picklist | interest.term
Entry Semester | Entry_Sem__c | picklist | interest.term
When do you plan to enroll? | Enroll_Plan__c | picklist | interest.term
Expected Term of Enrollment | Exp_Term__c | picklist | interest.term
Start Semester/Year | Start_Sem_Yr__c | picklist | interest.term
Applying for Term | Applying_Term__c | picklist | interest.term
Intended Major | Int_Major__c | picklist | interest.major_of_interest
Major of Interest (First Choice) | Major1__c | picklist | interest.major_of_interest
Area of Study | Area_of_Study__c | picklist | interest.major_of_interest
Program Code | Prog_Cd__c | string | interest.program_code
Second Choice Major | Major2__c | picklist | interest.secondary_program
Alternate Program | Alt_Program__c | picklist | interest.secondary_program
Academic Interests | Acad_Interests__c | multipicklist | interest.academic_interests
Areas of Interest | Areas_of_Interest__c | multipicklist | interest.academic_interests
Extra-Curricular Activities | Extracurr_Act__c | multipicklist | interest.extracurricular_interests
Applicant Type | App_Type__c | picklist | interest.student_type
Freshman/Transfer | Fr_Tr__c | picklist | interest.student_type
Admit Type | Admit_Typ__c | picklist | interest.student_type
Entry Year | Entry_Yr__c | picklist | interest.entry_year
Year of Entry | Entry_Year__c | double | interest.entry_year
Start Year | Start_Yr__c | double | interest.entry_year
Campus of Interest | Campus_Int__c | picklist | interest.campus
Preferred Location | Pref_Loc__c | picklist | interest.campus
Online or On-Campus? | Modality__c | picklist | interest.modality
Delivery Mode | Dlvry_Mode__c | picklist | interest.modality
Full-Time/Part-Time | FT_PT__c | picklist | interest.enrollment_status
Degree Level of Interest | Deg_Level__c | picklist | interest.degree_level
Academic Level | Acad_Level__c | picklist | interest.degree_level
UG/GR | UG_GR__c | picklist | interest.degree_level
Interested in Financial Aid? | Fin_Aid_Int__c | boolean | interest.financial_aid_interest
Schedule a Visit? | Wants_Visit__c | boolean | interest.visit_interest
High School Name | HS_Name__c | string | edu.current_school
Current/Last School Attended | Curr_School__c | string | edu.current_school
HS CEEB | HS_CEEB__c | string | edu.ceeb_code
High School Code (CEEB) | HS_Code__c | string | edu.ceeb_code
HS Grad Yr | HS_Grad_Yr__c | double | edu.graduation_year
Expected HS Graduation Year | HS_Graduation_Year__c | picklist | edu.graduation_year
Class Of | Class_Of__c | picklist | edu.graduation_year
High School GPA | HS_GPA__c | double | edu.gpa
Cumulative G.P.A. | Cum_GPA__c | double | edu.gpa
GPA Scale | GPA_Scale__c | picklist | edu.gpa_scale
SAT Total | SAT_Tot__c | double | edu.sat
ACT Composite | ACT_Comp__c | double | edu.act
Highest Level of Education Completed | Highest_Ed__c | picklist | edu.highest_degree
Inquiry Date | Inq_Date__c | date | submission.submitted_at
RFI Submitted Date | RFI_Dt__c | datetime | submission.submitted_at
Original Inquiry Date | Orig_Inq_Dt__c | date | lead.first_submission_at
Most Recent Inquiry Date | Last_Inq_Dt__c | date | lead.last_submission_at
Inquiry Source | Inq_Source__c | picklist | submission.source
Form Name | Form_Name__c | string | form.name
Web Form | RFI_Form__c | string | form.name
Source URL | Src_URL__c | url | submission.page_url
IP Address | IP__c | string | submission.ip_address
UTM Source | utm_source__c | string | visit.utm_source
UTM Medium (Last Touch) | UTM_Med_LT__c | string | visit.utm_medium
First Touch UTM Campaign | FT_UTM_Campaign__c | string | visit.first_utm_campaign
Original UTM Source | Orig_UTM_Source__c | string | visit.first_utm_source
Google Click ID | GCLID__c | string | visit.gclid
FB Click ID | FBCLID__c | string | visit.fbclid
Landing Page | Landing_Pg__c | url | visit.landing_page
Referring URL | Ref_URL__c | url | visit.referrer
Web Sessions | Web_Sessions__c | double | visit.sessions
Email Opt In | Email_Opt_In__c | boolean | consent.email_opt_in
OK to Text? | OK_to_Text__c | boolean | consent.sms_opt_in
Text Message Consent | SMS_Consent__c | boolean | consent.sms_opt_in
TCPA Consent Date | TCPA_Dt__c | datetime | consent.timestamp
Consent Language | Consent_Lang__c | textarea | consent.text
Privacy Policy Accepted | Priv_Pol__c | boolean | consent.privacy_policy_accepted
WhatsApp Opt-In | WA_OptIn__c | boolean | consent.whatsapp_opt_in
Nombre | Nombre__c | string | lead.first_name
Apellidos | Apellidos__c | string | lead.last_name
Correo electrónico | Correo__c | email | lead.email
Teléfono celular | Celular__c | phone | lead.phone
Programa de interés | Programa__c | picklist | interest.program
Código Postal | CP__c | string | lead.postal_code
País | Pais__c | string | lead.country
Fecha de nacimiento | Fecha_Nac__c | date | lead.birth_date
Prénom | Prenom__c | string | lead.first_name
Nom de famille | Nom__c | string | lead.last_name
Courriel | Courriel__c | email | lead.email
Code postal | Code_postal__c | string | lead.postal_code
Vorname | Vorname__c | string | lead.first_name
Nachname | Nachname__c | string | lead.last_name
Straße | Strasse__c | string | lead.street1
Studiengang | Studiengang__c | picklist | interest.program
Postleitzahl | PLZ__c | string | lead.postal_code
Sobrenome | Sobrenome__c | string | lead.last_name
Cidade | Cidade__c | string | lead.city
Curso de interesse | Curso__c | picklist | interest.program
名 | First_JP__c | string | lead.first_name
电子邮件 | Email_CN__c | email | lead.email
"""

# label | API name | type: near one of ours, and something else
NOT_MEANT = """
University Email | Univ_Email__c | email
Spouse First Name | Spouse_First__c | string
Emergency Contact Phone | Emerg_Phone__c | phone
Last Contact Date | Last_Contact_Dt__c | date
Counselor Email | Counselor_Email__c | email
Term of Last Contact | Last_Contact_Term__c | string
Previous Program | Prev_Program__c | string
Athletic Program | Athletic_Prog__c | string
SAT Math | SAT_Math__c | double
High School City | HS_City__c | string
Mother's Maiden Name | Mothers_Maiden__c | string
Birth City | Birth_City__c | string
Employer City | Employer_City__c | string
Billing State | Billing_State__c | string
Email Bounced | Email_Bounced__c | boolean
Application Status | App_Status__c | picklist
Visit Date | Visit_Dt__c | date
Deposit Date | Deposit_Dt__c | date
Admit Date | Admit_Dt__c | date
Original Lead Source | Orig_Lead_Source__c | picklist
Do Not Mail | Do_Not_Mail__c | boolean
Language Proficiency | Lang_Prof__c | picklist
Parent Text Opt In | Parent_SMS__c | boolean
Program Start Date | Prog_Start__c | date
Term GPA | Term_GPA__c | double
Student ID | SID__c | string
Banner ID | Banner_ID__c | string
Transfer College | Transfer_College__c | string
Old Phone | Old_Phone__c | phone
Phone (do not use) | Phone_DNU__c | phone
Date of Birth (Parent) | Parent_DOB__c | date
First Source | First_Source__c | string
Current Term | Curr_Term__c | string
Graduation Term | Grad_Term__c | string
Major GPA | Major_GPA__c | double
City of Employment | Emp_City__c | string
Last Name of Counselor | Coun_LName__c | string
Sibling Email | Sib_Email__c | email
Interview Date | Interview_Dt__c | date
Number of Siblings | Num_Sib__c | double
Household Income | HH_Income__c | currency
Housing Preference | Housing_Pref__c | picklist
Country of Birth | Birth_Country__c | picklist
Status Reason | Status_Reason__c | picklist
Lead Rating | Rating__c | picklist
Email Count | Email_Count__c | double
Call Date | Call_Dt__c | date
Consent to Photo Release | Photo__c | boolean
"""
SENSITIVE = {field.key for field in CANONICAL_FIELDS if field.sensitive}


def rows(table):
    return [
        pytest.param(*line.split(" | "), id=line.split(" | ")[1])
        for line in table.strip().splitlines()
    ]


def suggestions(label, api_name, type_):
    field = make_field(api_name, type_, label=label, length=255, custom=True)
    return suggest(CANONICAL_FIELDS, SobjectDescribe(name="Lead", label="Lead", fields=(field,)))


@pytest.mark.parametrize(("label", "api_name", "type_", "key"), rows(MEANT))
def test_a_name_is_understood_and_taken_unless_it_needs_a_look(label, api_name, type_, key):
    (found,) = suggestions(label, api_name, type_)

    assert found.source_key == key
    assert found.accept is (key not in SENSITIVE | DERIVED), found.reason


@pytest.mark.parametrize(("label", "api_name", "type_"), rows(NOT_MEANT))
def test_what_only_looks_like_ours_is_never_taken_unseen(label, api_name, type_):
    assert not any(each.accept for each in suggestions(label, api_name, type_))
