"""What universities call the fields about the inquiry, the visit, consent and messages.

Data only; the format is that of `lexicon_person`. These groups name what they are about in every
phrase: a bare "status" or "name" is never theirs.
"""

from typing import Final

TOUCH: Final = """
submission.id = submission id | submission guid | submission uuid | inquiry guid |
    halda submission id | inquiry id | halda inquiry id |
    form submission id | inquiry external id | rfi id | submission external id |
    submission number | inquiry key | submission key | response id | form response id |
    inquiry reference id | halda inquiry number | inquiry upsert key | interaction upsert key |
    submission uid | web inquiry id | submission reference | ?interaction id | ?inquiry number |
    ~interaction key | ~upsert key
submission.event = submission event | halda event | event name halda | inquiry event |
    webhook event | event type halda | halda event type | trigger event | halda event name |
    inquiry event type | webhook event type | ~event | ~event type | ~event name
submission.status = submission status | form submission status | halda submission status |
    form status | form completion status | inquiry completion status | rfi status |
    partial or complete | form complete or partial | submission state | completion status |
    submission completeness | ~inquiry status | ~request status
submission.has_flep = complete submission | flep | has flep | submission complete | form complete |
    form completed | ~is complete | inquiry complete | halda flep | complete inquiry |
    completed form | is submission complete | flep complete | full submission
submission.submitted_at = inquiry date | date of inquiry | inquired at | inquired on |
    submitted at | submitted on | submission date | date submitted | form submission date |
    form submitted date | form submitted | ?received on | ?received at | rfi date |
    rfi submitted | request date |
    date of request | information request date | inquiry submitted | inquiry submitted date |
    halda submission date | halda submitted | inquiry received | inquiry received date |
    date inquiry received | received date | date inquired | web inquiry date |
    inquiry created date | submission timestamp | submission time | inquiry time |
    inquiry timestamp | halda inquiry date | lead date | date received | online inquiry date |
    fecha de consulta | fecha de solicitud | fecha de solicitud de informacion |
    requested information on |
    datum der anfrage | zeitpunkt der anfrage | date de demande | date de la demande |
    anfragedatum |
    data de inscricao | data da consulta | data do pedido | request for information date |
    request information date | student inquiry date | ?interaction date | ?inquiry creation date |
    ?prospect date | ?form date | ~source date | ~inquired | ~inquiry | ~contact date
submission.source = halda source | inquiry source | submission source | source of inquiry |
    form source | rfi source | lead source halda | source of submission | web inquiry source |
    source system | ~data source | inquiry origin | source of request | request source |
    provenance de la demande |
    quelle der anfrage | interaction source | ~source name | fuente |
    origen de consulta | source de la demande | anfragequelle | inquiry channel source | ~source |
    ~origin | ~lead source | ~lead source detail | ~source detail | ~original source |
    ~source code | ~recruitment source | ~prospect source
submission.form_id = form id | inquiry form id | source form id | form identifier | lead form id |
    halda form key
submission.variant = form variant | halda variant | submission variant | variant | form version |
    halda form variant | form variation | ab variant | a b variant | ab test variant |
    test variant
submission.last_screen = last screen | last screen viewed | last form screen | last step |
    last step completed | last form step | form last step | last screen completed |
    drop off screen | form drop off | exit screen | last question answered | halda last screen |
    abandoned screen | last page of form
submission.page_url = page url | halda page url | submission page url | inquiry page url |
    submission url | form page url | inquiry page | inquiry url | form page | halda form page |
    request page |
    pagina del formulario | page du formulaire |
    seite des formulars | formularseite | seite der anfrage | pagina do formulario |
    page submitted | source url |
    source page url | source page | submission page | web page url | conversion page |
    conversion page url | conversion url | submitted from url | page of submission | web page |
    url of inquiry | lead source url | inquiry source url | inquiry form url | rfi page url |
    rfi url | rfi page | ~url | url submitted | ~page | website page | pagina de consulta |
    page source | submitted url | url submission | halda url | lead page url | ~form url |
    ~referring page | ~web source url | ~website
submission.display_method = display method | form display method | halda display method |
    display type | form display | form display type | form placement | display mode
submission.trigger = display trigger | form trigger | halda trigger | popup trigger |
    form display trigger | halda form trigger | trigger type form | submission trigger
submission.frequency = display frequency | form frequency | popup frequency |
    form display frequency | halda frequency | frequency of display | halda form frequency
submission.ip_address = ip | submission ip | ip submitted | visitor ip | inquiry ip | client ip |
    submitter ip | form ip | form submission ip | ip at submission | user ip | source ip |
    remote ip | direccion ip | adresse ip
submission.user_agent = user agent | browser user agent | halda user agent |
    submission user agent | useragent | ua string | user agent string | client user agent
submission.locale = locale | submission locale | browser locale | halda locale | user locale |
    form locale | browser language | form language | language locale | locale code
submission.raw_json = raw json | raw submission | raw payload | json payload | halda json |
    payload | submission json | raw data | halda payload | raw submission json | halda raw json |
    inquiry json | json | webhook payload | raw response | submission payload | halda raw data |
    raw form data | form data json | ~halda answer | ~inquiry payload
form.id = form id | halda form id | rfi form id | web form id | ai form id | form external id |
    form uid | form key
form.name = form name | halda form | halda form name | name of form | rfi form | rfi form name |
    inquiry form | inquiry form name | web form name | lead form | lead form name | form title |
    ai form | ai form name | request form name | web form | name of inquiry form |
    source form name | conversion form | nombre del formulario | nom du formulaire | formularname |
    nome do formulario | form completed name | landing form name | online form | ?source form |
    ?form submitted | ?last form submitted |
    submission form |
    submission form name | form used | ?form |
    ~form description
form.type = form type | halda form type | type of form | rfi form type | web form type |
    inquiry form type | form format | form category
form.segment = form segment | halda segment | ~segment | audience segment | form audience |
    population segment | student segment | form population | market segment | recruitment segment |
    inquiry segment | segment name
form.url = form url | halda form url | url of form | rfi form url | form link | web form url |
    link to form | form web address
variant.key = variant key | form variant key | halda variant key | variant id | variant code |
    form variant id | form variant code
variant.name = variant name | form variant name | halda variant name | name of variant |
    ab test name | variant label | variant title
visit.visitor_id = visitor id | web visitor id | halda visitor id | cookie id | client id google |
    ga client id | google client id | google analytics client id | analytics client id |
    tracking id | website visitor id | anonymous id | visitor uid | device id | web tracking id |
    browser id | visitor key | ~client id | ~session id
visit.channel = marketing channel | traffic channel | web channel | visit channel |
    acquisition channel | channel grouping | channel group | default channel grouping |
    attribution channel | halda channel | lead channel | source channel | inquiry channel |
    channel of visit | traffic source channel | digital channel | media channel |
    last touch channel | ~channel | ~traffic type | ~channel type
visit.landing_page = landing page | lp url | ?lp | landing page url | entry page |
    entry page url | first page |
    first page url | initial page | initial landing page | initial url | landing url |
    first landing page | entrance page | first url | first page seen | pagina de aterrizaje |
    page d arrivee | page de destination | landing page address | original landing page |
    web landing page | marketing landing page | ~landing page name
visit.referrer = ~referrer | referrer url | ref url | referring page url | referring url |
    ~referer | http referrer |
    http referer | referral url | referring site | referring website | referring page |
    web referrer | referring domain | referrer page | page referrer | original referrer |
    referring source url | referral page | referrer website | url referrer | site referrer |
    ~referral source | ~referring source
visit.utm_source = utm source | utmsource | ga source | google analytics source | utm src |
    last utm source | campaign source utm | tracking source | ~campaign source | ?traffic source |
    last touch source |
    ~marketing source | ~digital source | ~source utm code | ~ad source
visit.utm_medium = utm medium | utmmedium | ga medium | google analytics medium | last utm medium |
    campaign medium utm | tracking medium | ?campaign medium | ?traffic medium |
    ?last touch medium |
    ?marketing medium | ~medium | ~ad medium
visit.utm_campaign = utm campaign | utmcampaign | ga campaign | google analytics campaign |
    last utm campaign | utm campaign name | utm campaign code | tracking campaign |
    ~campaign name | ~marketing campaign | ~campaign code | ?ad campaign | ~digital campaign |
    ?traffic campaign | ?last touch campaign | ~campaign | ~campaign id
visit.utm_term = utm term | utmterm | ga term | ga keyword | last utm term | utm keyword |
    utm keyword term | campaign term utm | ?campaign term | ?campaign keyword | ?search keyword |
    ?ad keyword | ~keyword | ?paid keyword | ~search term
visit.utm_content = utm content | utmcontent | ga content | last utm content |
    campaign content utm | utm ad content | ?campaign content | ?ad content | ~creative |
    ?ad name | ~content
visit.first_utm_source = first utm source | first utmsource | first touch source |
    first campaign source | first ga source | utm source first | ?first traffic source |
    ?first marketing source | ~first source
visit.first_utm_medium = first utm medium | first utmmedium | first touch medium |
    first campaign medium | first ga medium | ?first traffic medium | ?first medium |
    ?first marketing medium
visit.first_utm_campaign = first utm campaign | first utmcampaign | first touch campaign |
    first campaign name | first ga campaign | ?first campaign | ?first marketing campaign
visit.first_utm_term = first utm term | first utmterm | first utm keyword | first touch keyword |
    first touch term utm | first campaign term | ?first keyword | ~first term
visit.first_utm_content = first utm content | first utmcontent | first touch content |
    first campaign content | ?first content | ?first ad content
visit.gclid = gclid | google click id | google ad click id | google gclid | gcl id |
    google ads click id | adwords click id | g click id | ga click id
visit.fbclid = fbclid | facebook click id | meta click id | fb click id | fbc | fb clid |
    facebook clid | meta ad click id
visit.msclkid = msclkid | microsoft click id | bing click id | ms click id | ms clk id |
    microsoft ad click id | bing ad click id
visit.ttclid = ttclid | tiktok click id | tik tok click id | tt click id | tt clid
visit.first_seen_at = first seen | first seen at | first seen date | first visit date |
    first web visit | first website visit | first site visit date | first visit at |
    first web visit date | first website visit date | first session date | initial visit date web |
    first web activity date | date first seen | ~first visit
visit.last_seen_at = last seen | last seen at | last seen date | last web visit |
    last website visit | last visit at | last web visit date | last website visit date |
    last site visit date | last session date | last web activity date | last web activity |
    last website activity | date last seen | last online visit | ~last visit date | ~last visit
visit.page_views = page view | pageview | number of page view | page view count | total page view |
    web page view | page viewed | number of page viewed | page count | website page view |
    paginas vistas | pages vues | seitenaufrufe | web page viewed | total page viewed
visit.sessions = session count | number of session | web session | total session |
    website session | visit count web | number of web visit | website visit count |
    number of visit to website | web visit count | number of website visit | total web visit |
    site visit count | session number | web visit | sitzungen | sessoes | total website visit |
    halda session | ~session | ~visit count | ~number of visit
visit.time_on_site_sec = time on site | second on site | time on site second | time on site sec |
    session duration | time spent on site | duration on site | total time on site |
    time on website | visit duration | session duration second | web time on site |
    tiempo en el sitio | site time | time on page | average session duration |
    time spent on website
visit.device = device | device type | device category | device used | browser device | web device |
    visitor device | user device | dispositivo | appareil | gerat | platform device |
    device class | visit device
visit.browser = browser | web browser | browser name | visitor browser | browser type |
    browser used | navegador | navigateur | internet browser | visit browser
visit.geo_city = geo city | ip city | city by location | city from ip | geolocation city |
    web city | visitor city | visit city | city ip | location city | detected city | geo ip city |
    geoip city | inferred city
visit.geo_region = geo region | geo state | ip region | ip state | state by location |
    geolocation state | region from ip | visitor state | visitor region | visit region |
    detected state | geo ip region | geo ip state | geoip state | inferred state | state from ip
visit.geo_country = geo country | ip country | country by location | geolocation country |
    country from ip | visitor country | visit country | location country | detected country |
    geo ip country | geoip country | inferred country
visit.hub_clicks = hub click | halda hub click | number of hub click | hub click count |
    ai hub click | medallion click | hub medallion click | total hub click
visit.cta_clicks = cta click | halda cta click | number of cta click | cta click count |
    call to action click | total cta click
visit.content_card_views = content card view | card view | number of content card view |
    content card viewed | halda card view | content card view count | halda content card view |
    content card
visit.search_questions = search question | ai search question | halda search question |
    site search question | question asked | search query | site search query | question searched |
    halda search | question asked in search | ai search query | onsite search query |
    website search | site search term | halda question | search asked | ~question |
    ~student question
consent.email_opt_in = email opt_in | email subscription | opt_in email | receive email |
    email marketing opt_in | email communication opt_in | email marketing consent | consent email |
    consent to email | email allowed | email update | ok to email | opt in for email |
    marketing email opt_in | email subscriber | acepta correo electronico |
    email newsletter opt_in | newsletter opt_in | ?email preference | ~newsletter |
    ~marketing opt_in | ~opt_in | ~communication opt_in | contact by email | contact me by email |
    email marketing | email permission | contact via email | email communication |
    receive marketing email | e newsletter opt_in | infolettre opt_in
consent.sms_opt_in = text_message opt_in | text_message opt_in status | text_message subscription |
    receive text_message | text_message marketing opt_in | opt_in text_message |
    text_message consent | text_message allowed | ?mobile opt_in | mobile messaging opt_in |
    mobile text opt_in |
    text_message communication opt_in | text_message subscriber | ?tcpa opt_in | ?tcpa consent |
    ?cell phone text opt_in | ?mobile phone opt_in | acepta sms | opt_in sms text |
    text_message preference | ok to text cell | receive text | receive text update |
    ?phone text opt_in | ?mobile text | ~tcpa | contact by text_message |
    contact me by text_message | contact by text | text_message marketing |
    text_message permission | contact via text_message | contact me by text
consent.phone_opt_in = phone opt_in | call opt_in | opt_in phone | receive call | ok to call |
    ai call opt_in | consent to call | phone call opt_in | phone consent | voice opt_in |
    call consent | phone communication opt_in | phone contact opt_in | telemarketing opt_in |
    opt_in to call | voice call opt_in | robocall consent | autodial consent |
    automated call consent | acepta llamadas | call permission | ~may call | ~can call | ~call me |
    phone marketing | phone permission | contact by call
consent.whatsapp_opt_in = whatsapp opt_in | whatsapp consent | opt_in whatsapp | receive whatsapp |
    whatsapp message opt_in | whatsapp subscription | whatsapp opt_in status | acepta whatsapp |
    whatsapp permission | contact by whatsapp | whatsapp marketing | contact via whatsapp |
    contact me by whatsapp
consent.timestamp = consent date | consent captured at | consent captured on |
    zeitpunkt der einwilligung | fecha de autorizacion | consent given at |
    consent given date | consent timestamp |
    date of consent | consent time | opt_in date | opt_in timestamp | date opt_in | opt_in time |
    tcpa date | tcpa consent date | consent captured date | consent received date |
    sms opt_in date | text_message opt_in date | email opt_in date | gdpr consent date |
    privacy consent date | consent obtained | consent obtained date | marketing consent date |
    date consented | consented at | consent granted date | fecha de consentimiento |
    ~phone opt_in date
consent.text_version = consent text version | consent version | consent language version |
    disclosure version | consent statement version | tcpa version | opt_in text version |
    opt_in version | privacy policy version | disclaimer version | version of consent
consent.text = consent text | consent language | consent statement | consent wording |
    disclosure text | disclaimer text | tcpa language | tcpa text | opt_in language |
    opt_in text shown | consent disclosure | disclosure language | consent message |
    consent verbiage | opt_in statement | consent copy text | tcpa disclosure | opt_in wording |
    disclaimer shown | texto de consentimiento | consent disclaimer | texte du consentement |
    einwilligungstext | texto do consentimento | wortlaut der einwilligung
consent.source_url = consent url | consent page url | consent source url | ~consent source |
    consent page | opt_in source url | opt_in url | consent source page | tcpa url |
    opt_in page url | consent captured url | consent location url | url of consent |
    ~opt_in source
consent.ip = consent ip | opt_in ip | ip of consent | consent ip captured | tcpa ip |
    ip at consent
consent.gdpr_basis = gdpr basis | lawful basis | legal basis | gdpr lawful basis |
    gdpr legal basis | legal basis for processing | lawful basis for processing |
    basis for processing | data processing basis | processing basis | base legal | base juridique |
    rechtsgrundlage | legal basis for processing data | gdpr legal ground | ?gdpr status |
    ~gdpr consent | ~gdpr
consent.privacy_policy_accepted = privacy policy accepted | accepted privacy policy |
    privacy policy | privacy policy agreed | agree privacy policy | privacy policy consent |
    privacy policy agreement | privacy accepted | privacy consent | agree to privacy policy |
    privacy policy acceptance | privacy notice accepted | privacy statement accepted |
    accept privacy policy | accepts privacy policy | term and condition accepted |
    politica de privacidad aceptada | acepta politica de privacidad | datenschutz akzeptiert |
    politique de confidentialite acceptee | aceite politica de privacidade |
    privacy notice acknowledged | privacy acknowledged | ?privacy acknowledgement |
    ?privacy notice | ~term accepted
consent.unsubscribed_at = unsubscribed at | unsubscribe date | unsubscribed date |
    date unsubscribed | unsubscribed on | email unsubscribe date | opt_out date |
    email opt_out date | opt_out timestamp | date opt_out | unsubscribe timestamp |
    unsubscribe time | marketing opt_out date | date of opt_out | email unsubscribed date |
    halda unsubscribed date | consent withdrawn date | consent revoked date |
    withdrawal of consent date | ~text_message opt_out date | ~do not contact date
comm.email_id = halda message id | message id | email message id | halda email id |
    communication id | email campaign message id | halda communication id | message external id |
    communication external id | message identifier
comm.campaign_id = message campaign id | halda campaign id | communication campaign id |
    ~email campaign id | halda campaign | campaign external id halda | message campaign |
    halda communication campaign | halda email campaign id | ~email campaign
comm.channel = message channel | communication channel | halda message channel |
    message type channel | channel of communication | message medium | ~communication type |
    ~message type | ~communication method | ~communication medium
comm.agent = message agent | ai agent | halda agent | communication agent | agent type halda |
    ai agent name | ai agent type | halda ai agent | message sender agent
comm.trigger = message trigger | communication trigger | email trigger | campaign trigger |
    trigger of message | halda message trigger | message trigger type
comm.subject = message subject | email subject | subject line | email subject line |
    communication subject | halda email subject | message subject line | ~subject
comm.pre_header = pre header | preheader | email preheader | message pre header |
    email pre header | preview text | email preview text | pre header text
comm.body = message body | email body | message text | message content | email content |
    communication body | body of message | email text body | text body | html body | email html |
    halda message body | email message body | communication content | ~body
comm.status = message status | ~email status | delivery status | message delivery status |
    email delivery status | communication status | halda email status | halda message status |
    email send status | ~text_message status | message state
comm.delivered_at = message delivered at | ~delivered at | ~email delivered date | ~delivery date |
    message delivered | message sent date | ~email delivered | ~delivered date | ~email sent date |
    message delivered date | ~date delivered | ~sent at | message delivery date |
    ~communication date | message sent | ~email sent at | ~sent date | ~email delivery date |
    ~message date
comm.updated_at = message updated at | message updated | email status date | message status date |
    message last updated | communication updated at | message updated date | delivery status date |
    status updated at message | communication updated | communication last updated
comm.message_guid = message guid | halda message guid | message unique id guid |
    email message guid | message uuid
comm.mailing_guid = mailing guid | mailing id | halda mailing guid | mailing identifier |
    slate mailing guid | slate mailing id | mailing uuid
comm.call_duration_sec = call duration | call second | call length | call duration second |
    duration of call | call duration in second | ai call duration | call time second |
    phone call duration | call duration sec | talk time | call length second |
    duracion de la llamada | halda call duration
comm.call_outcome = call outcome | call result | call disposition | outcome of call |
    result of call | ai call outcome | phone call result | phone call outcome | ~call status |
    disposition of call | resultado de la llamada | halda call outcome | halda call result
comm.call_summary = call summary | summary of call | ai call summary | phone call summary |
    call recap | conversation summary | halda call summary | call transcript summary |
    ai summary of call | ai conversation summary | ?call note | ~call transcript
comm.recording_url = recording url | call recording | call recording url | recording link |
    ~recording | link to recording | call recording link | voice recording url | audio url |
    ai call recording | phone recording url
comm.reply_text = reply text | ~reply | message reply | text_message reply | response text |
    student reply | reply message | inbound message | inbound message text | reply body |
    incoming message | student response text | last reply | message response | inbound text |
    email reply
account.id = halda account id | university halda id | halda university id | halda tenant id |
    halda institution id | halda client id | ~university id | ~account external id |
    ~institution id | ~partner id
account.name = halda account name | halda university | university name | name of university |
    ~university | halda institution | halda account | institution partner name |
    partner university | university partner name | partner institution | ~institution | ~brand |
    ~account name
"""

# The org's field says the opposite of ours: yes becomes no.
INVERTED: Final = """
consent.email_opt_in = email opt_out | do not email | opt_out of email | has opted out of email |
    no email | email unsubscribed | marketing email opt_out | unsubscribe from email |
    exclude from email | email do not contact | email suppressed | do not send email |
    person has opted out of email | do not email me | email communication opt_out |
    email marketing opt_out
consent.sms_opt_in = text_message opt_out | do not text | opt_out of text_message |
    has opted out of sms | no sms | no text | text opt_out | mobile opt_out | do not sms |
    do not send text | do not send sms | text_message stop | text_message marketing opt_out
consent.phone_opt_in = do not call | phone opt_out | call opt_out | has opted out of call |
    no call | person do not call | do not phone | opt_out of call | opt_out phone call |
    phone call opt_out | do not call flag | voice opt_out
consent.whatsapp_opt_in = whatsapp opt_out | do not whatsapp | opt_out of whatsapp | no whatsapp
"""
