"""API names whose meaning is known: the platform's own fields and packages. Data only.

A line reads `API name = key`; `!` says that yes and no are exchanged. `-` is a field that no
inquiry fills. Names are compared without case; a `Person` or `Supplied` twin has its own line.
"""

from typing import Final

STANDARD: Final = """
FirstName = lead.first_name
LastName = lead.last_name
MiddleName = lead.middle_name
Suffix = lead.suffix
Email = lead.email
Phone = lead.phone
Street = lead.street1
City = lead.city
State = lead.state
StateCode = lead.state
PostalCode = lead.postal_code
Country = lead.country
CountryCode = lead.country
MailingStreet = lead.street1
MailingCity = lead.city
MailingState = lead.state
MailingStateCode = lead.state
MailingPostalCode = lead.postal_code
MailingCountry = lead.country
MailingCountryCode = lead.country
Birthdate = lead.birth_date
GenderIdentity = lead.gender
Pronouns = lead.pronouns
HasOptedOutOfEmail = !consent.email_opt_in
DoNotCall = !consent.phone_opt_in
PersonEmail = lead.email
PersonMailingStreet = lead.street1
PersonMailingCity = lead.city
PersonMailingState = lead.state
PersonMailingStateCode = lead.state
PersonMailingPostalCode = lead.postal_code
PersonMailingCountry = lead.country
PersonMailingCountryCode = lead.country
PersonBirthdate = lead.birth_date
PersonGenderIdentity = lead.gender
PersonPronouns = lead.pronouns
PersonHasOptedOutOfEmail = !consent.email_opt_in
PersonDoNotCall = !consent.phone_opt_in
CallDurationInSeconds = comm.call_duration_sec
CallDisposition = comm.call_outcome
SuppliedEmail = lead.email
SuppliedPhone = lead.phone
"""

EDA: Final = """
hed__Chosen_Full_Name__c = lead.preferred_name
hed__Former_Last_Name__c = lead.former_last_name
hed__AlternateEmail__c = lead.secondary_email
hed__Birth_Date__c = lead.birth_date
hed__Gender__c = lead.gender
hed__Citizenship__c = lead.citizenship_country
hed__Citizenship_Status__c = lead.citizenship_status
hed__Ethnicity__c = lead.ethnicity
hed__Race__c = lead.race
hed__Military_Service__c = lead.military_status
hed__Language__c = lead.language
hed__Primary_Language__c = lead.language
hed__Area_Of_Interest__c = interest.academic_interests
hed__Undergraduate_Major__c = interest.major_of_interest
hed__Preferred_Enrollment_Status__c = interest.enrollment_status
hed__Preferred_Teaching_Format__c = interest.modality
hed__Most_Recent_School__c = edu.current_school
hed__GPA__c = edu.gpa
hed__Highest_Degree_Earned__c = edu.highest_degree
hed__SMS_Opt_Out__c = !consent.sms_opt_in
hed__Desired_Start_Term__c = interest.term
hed__Desired_Degree_Level__c = interest.degree_level
hed__Desired_Campus__c = interest.campus
hed__MailingStreet2__c = lead.street2
hed__Date_Deceased__c = -
hed__Do_Not_Contact__c = -
hed__UniversityEmail__c = -
hed__WorkEmail__c = -
"""

TARGETX: Final = """
TargetX_SRMb__Contact__c = -
TargetX_SRMb__Level__c = interest.degree_level
TargetX_SRMb__Program__c = interest.program
TargetX_SRMb__Term__c = interest.term
TargetX_SRMb__Inquiry_Date__c = submission.submitted_at
TargetX_SRMb__Anticipated_Start_Term__c = interest.term
TargetX_SRMb__Anticipated_Major__c = interest.major_of_interest
TargetX_SRMb__Student_Type__c = interest.student_type
TargetX_SRMb__Graduation_Year__c = edu.graduation_year
TargetX_SRMb__IPEDS_Ethnicities__c = lead.ethnicity
"""

EDUCATION_CLOUD: Final = """
AcademicTermId = interest.term
LearningProgramId = interest.program
ReceivedDate = submission.submitted_at
IsFirstGenerationStudent = lead.first_generation
PrimaryCitizenshipId = lead.citizenship_country
PrimaryCitizenshipType = lead.citizenship_status
MilitaryService = lead.military_status
HighestEducationLevel = edu.highest_degree
InstructionMode = interest.modality
SecondMajor = interest.secondary_program
"""

ISR: Final = """
Interaction_Upsert_Key__c = submission.id
Recruitment_Interest__c = interest.program
Interaction_Source__c = submission.source
Admit_Type__c = interest.student_type
Constituent_ID__c = -
Interaction_Status__c = -
Audit_Reason__c = -
Campaign_Reference_ID__c = -
"""
