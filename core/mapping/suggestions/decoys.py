"""Fields of a university that look like one of Halda's and are not. Data only.

Where such a phrase fits a field better than anything of ours, the field is left alone.
"""

from typing import Final

DECOYS: Final = """
- = company | company name | employer | employer name | current employer | title | job title |
    position | occupation | salutation | prefix | name prefix | honorific | courtesy title |
    industry | annual revenue | number of employee | employee | rating | lead rating | website |
    fax | business fax | home fax | department | assistant | assistant name | assistant phone |
    assistant email | report to | owner | owner name | lead owner | assigned to |
    assigned counselor | counselor | counselor name | counselor email | counselor phone |
    admission counselor | recruiter | recruiter name | recruiter email | advisor | advisor name |
    advisor email | adviser | enrollment advisor | coach | territory | recruitment territory |
    recruiting territory | geomarket | geo market | market | mailing county | district |
    school district
- = description | comment | note | remark | internal comment | internal note | counselor note |
    special note | additional comment | additional information | other information | question |
    question or comment | comment question | message | message to admission | student comment |
    answer | halda answer
- = school type | school city | school state | school country | school address | school street |
    school postal_code | school phone | school email | school counselor | high_school counselor |
    high_school counselor name | high_school counselor email | high_school city |
    high_school state | high_school country | high_school type | high_school address |
    high_school postal_code | school county | school district name | home school | homeschooled |
    college code | college credit | transfer credit | credit hour | credit earned | class rank |
    class size | rank | class standing | current grade | grade level | current year in school |
    year in school | student year | high_school graduate | graduated | graduated high_school |
    ged | diploma | transcript | transcript received | final transcript | official transcript |
    transcript received date | recommendation | test score | test date | test type |
    test optional | sat date | act date | sat math | sat verbal | sat reading | sat writing |
    sat erw | sat evidence based reading and writing | sat critical reading | sat essay |
    act english | act math | act reading | act science | act writing | toefl | ielts | duolingo |
    gre | gmat | lsat | mcat | psat | psat score | ap score | ib score | english proficiency |
    language proficiency | language test | english test score | second language |
    foreign language | language 2 | core gpa | transfer gpa scale
- = application | application id | application number | application status | application date |
    application started | application submitted | application submitted date |
    application start date | application complete | application completed date |
    application deadline | application fee | application fee status | application fee waiver |
    application received | application round | application decision | application url |
    application type code | application source | application stage | decision | decision date |
    admission decision | admission decision date | admission status | admit date | admitted date |
    admission date | accepted | accepted date | applied date | applied | denied | waitlist |
    deferred | deposit | deposit date | deposit amount | deposit status | deposit paid |
    enrollment deposit | enrolled date | enrollment fee | confirmed | withdrawn | withdrawal date |
    cancel date | melt | orientation | orientation date | registered | registration date |
    registration status | enrollment_status code | term code | current term | current term code |
    application term code | term gpa | last term attended | last term enrolled |
    term of last contact | last contact term | term of last activity | term start date |
    term end date | first term enrolled | catalog term | graduation term | program start date |
    program end date | program status | program version | previous program | prior program |
    former program | program enrollment | current program | current major | campus program code |
    athletic program | honors program | honor program | pre college program | summer program |
    program manager | program director | program department | ~program college |
    ~program school |
    program fee | program group | program category | program length | program interest date |
    program url | program description | intended school | school of interest |
    college of interest | academic department
- = last activity | last activity date | last contact | last contacted | last contact date |
    last contacted date | last contact attempt | next contact date | first contact |
    first contact method | last email | last email date | last email sent | last email opened |
    last email clicked | last call | last call date | last call attempt | last sms | last login |
    last modified | last modified date | last modified by | last viewed | last referenced |
    created | created by | created date | create date | record type | record type name |
    system modstamp | modified date | import date | import source | import id | imported |
    import name | batch | batch id | list name | list source | purchase list | list purchase date |
    search name | name buy | converted | converted date | conversion date | unread | duplicate |
    duplicate lead | merge | merged | merge date
- = source date | source category | source type | source code | lead source code | source event |
    first source | first lead source | last source | last lead source | original lead source |
    lead source first | lead source most recent | lead source original | second source |
    secondary source | source 2 | lead source 2 | source summary | source counselor |
    how did you hear about us | how did you hear | how heard | heard about us | hear about |
    referred by | referral | referral name | referral type | referral code | referred student |
    promo code | coupon
- = email verified | email valid | email status reason | email bounced | email bounced date |
    email bounced reason | email bounce | email hard bounce | bounced | bounce reason |
    email type | email domain | email count | email open | email click | email opened |
    email clicked | email open count | email click count | email format | phone verified |
    phone valid | phone status | phone ext | phone extension | extension | phone 2 |
    alternate phone | second phone | other phone | office phone | school phone | assistant phone |
    emergency phone | work email | business email | office email | best time to call |
    best time to contact | preferred contact method | preferred contact time | contact preference |
    contact method | communication preference | preferred communication |
    preferred communication method | preferred method of contact | contact via |
    preferred email type | preferred phone type | preferred address |
    address type | primary address type | secondary address type | address verified |
    address valid | address status | address inactive | mailing address inactive | bad address |
    address override | address country code | latitude | longitude | geocode accuracy |
    geolocation | billing street | billing city | billing state | billing postal_code |
    billing country | shipping street | shipping city | shipping state | shipping postal_code |
    shipping country | work city | work state | work address | work street | work country |
    work postal_code
- = emergency contact | emergency contact name | emergency contact phone |
    emergency contact relationship | emergency contact email | spouse | spouse name |
    spouse email | spouse phone | sibling | sibling name | legacy | legacy relative |
    legacy relation | alumni | alumni relation | alumni relative | alumni parent |
    child of alumni | family name contact | household | household name | primary household |
    household income | income | family income | parent name | parent full name | parent address |
    parent street | parent city | parent state | parent postal_code | parent country |
    parent education | parent education level | parent highest degree | parent occupation |
    parent employer | parent title | parent relationship | parent opt_in |
    parent text_message opt_in | parent mobile opt_in | parent college | parent alumni |
    parent salutation | mother education | father education
- = student id | student number | banner id | colleague id | pidm | sis id | emplid | empl id |
    network id | net id | netid | user name | username | user id | login | password | campus id |
    university id number | school student id | state student id | sso id | ldap | account |
    account number | campaign member | common app id | common application id | cbo |
    external system | external record url | legacy student id | prospect id number | contact id |
    person id | constituent id | application external id | test taker id | score report id
- = religion | denomination | church | church name | parish | faith | pastor |
    social security number | ssn | tax id | national id | passport number | passport | visa |
    visa type | visa expiration | sevis | sevis id | alien number | birth city |
    birth state | birth place | place of birth | birth country | birth_date year | age | height |
    weight | disability | disability status | special need | accommodation | medical | allergy |
    deceased | date deceased | hipaa | ferpa | ferpa release | ferpa consent | criminal | felony |
    conduct | marital status | married | maiden | dependents | tribe | tribal affiliation |
    tribal enrollment | sexual orientation | political
- = housing | housing interest | housing preference | housing deposit | resident or commuter |
    residency | residency status | in state resident | residency code | dual citizenship |
    secondary citizenship | second citizenship | citizenship 2 | athlete | athlete flag |
    coach name | position played | sport position | recruited athlete | ncaa id | instrument |
    voice part | audition | audition date | scholarship amount | scholarship name |
    scholarship code | scholarship awarded | merit scholarship | merit award | aid award |
    fafsa date | fafsa received | fafsa submitted | completed fafsa | financial aid status |
    financial aid package | financial aid counselor | financial aid award | financial aid date |
    efc | sai | pell | pell eligible | tuition deposit | tuition discount | visit date |
    visit status | visit registered | visit attended | campus visit date | campus visit attended |
    campus visit status | campus visit type | event | event date | event name | event attended |
    event type | event registration | tour date | interview | interview date |
    interview completed | open house | number of campus visit | campus building |
    campus code number | campus visited | residential campus
- = gender other | gender comment | pronoun other | race other | ethnicity other | race code |
    ethnicity code | military base | military rank | military benefit | military spouse |
    military discharge date | military start date | veteran benefit eligible | language other |
    year started | job start date | employment status | years of experience | work experience |
    years of work experience | duns number | key | data com key | currency | active | is active |
    priority | ~score | fit score | predictive score | model score | academic index |
    academic rating | engagement level | temperature | tag | utm id | utm link | utm url |
    campaign type | campaign status | campaign member status | campaign cost | opportunity name |
    ~stage | stage name | close date | amount | probability | next step | forecast category |
    quantity
- = email opt_in source | text_message opt_in source | sms keyword | sms phone | sms last sent |
    text_message last sent | text_message history | texting number | mail opt_in |
    direct mail opt_in | postal mail opt_in | mail opt_out | direct mail opt_out | do not mail |
    fax opt_out | has opted out of fax | do not contact | do not contact reason | opt_out reason |
    unsubscribe reason | third party opt_in | share information consent | photo consent |
    photo release | parental consent | parent consent | directory consent | age consent |
    cookie consent
- = call attempt | number of call | number of call attempt | number of email sent |
    number of email | email count sent | number of activity | number of contact attempt |
    contact attempt | number of visit | number of text sent | call notes count | call date |
    call type | ~subject area | subject preference | test subject | task subject | case subject |
    case status | case number | request type | request status code
- = college | college name | last name first name | name pronunciation | phonetic name |
    pronunciation | former first name | former middle name | previous first name | alternate name |
    mother maiden name | name title | nickname parent | account name parent | school name other |
    other school | other high_school | high_school name other
- = interest level | level of interest |
    level of engagement | interest rating
- = correspondence address | term address | fee status | ucas id | predicted grade | year group |
    year of study | faculty | school year | lugar de nacimiento | lieu de naissance | geburtsort |
    anrede | tratamiento | como se entero | medio por el que se entero | turno | カナ | フリガナ |
    セイ | メイ | kana | furigana | wechat | line id | kakaotalk | marketing source | agent |
    agent name | agent email | agency | sponsor | sponsor name
"""
