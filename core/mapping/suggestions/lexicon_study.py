"""What universities call the fields about the study that somebody wants, and the school behind.

Data only; the format is that of `lexicon_person`.
"""

from typing import Final

STUDY: Final = """
interest.program = program | program applying to | program applied for | intended program |
    desired program | academic interest program | program degree | ?degree of interest |
    ?degree sought | ?desired degree | ?degree interest | degree program interest |
    intended degree | what program are you interested in | program selection | program choice |
    first choice program | program 1 | primary program | academic program interest |
    interested program | program interest 1 | offering of interest | product of interest |
    qualification sought | learning program | wunschstudiengang | programme souhaite |
    ?program of interest text | ?program major | ?major program | ?area of interest |
    ?academic area of interest | ~degree | ~academic interest | ~interest area | ~interest |
    ~credential of interest | ~certificate of interest | ~school program |
    ~college program
interest.term = term | entry term | term of entry | term of interest | enrollment term |
    term of enrollment | admission term | ?admit term | ?matriculation term | ?matric term |
    term of admission |
    application term desired | intended term | anticipated term | expected term | desired term |
    preferred term | planned term | anticipated entry term | intended entry term |
    anticipated enrollment term | term applying for | term interested | planned entry |
    entry term year | term year entry | term season year | entry period | entry cycle |
    anticipated entry | intended entry | expected entry | desired entry |
    anticipated entry semester | entry term of interest | academic entry term |
    enrollment semester | periodo de ingreso | semestre de ingreso | fecha de inicio deseada |
    semestre d entree | session d admission | studienbeginn | startsemester | semestre de entrada |
    semestre de ingresso | periodo de entrada | ?anticipated entry date | ?intended entry date |
    ?desired entry date | ?expected entry date | ?planned entry date | ?anticipated enrollment |
    ?intended enrollment | ?anticipated enrollment date | ?entry year term | ?admission cycle |
    ?recruitment cycle | ?entry date | ~application term | ?preferred enrollment date |
    ?recruitment term | ~cohort | ?academic year term | ?applying for term |
    ?current term of interest | ~enrollment date | ~entry timeframe | ~time frame to start |
    ~enrollment timeframe | ~term applied | ~entering class | ~session | term and year
interest.major_of_interest = major | major of interest | intended major | ~undergraduate major |
    anticipated major | major interest | primary major | first choice major | major 1 |
    major first choice | planned major | major preference | desired major | prospective major |
    potential major | ~major code | major name | area of study interest |
    what are you interested in studying | ?subject of interest |
    academic discipline of interest | major area | major field | academic area |
    majeure | hauptfach | ?area of academic interest | ?academic area of interest |
    ?academic focus | ?study interest | ?area of interest | ?interest area | ~academic interest |
    ~department of interest | ~concentration | ~area of emphasis | ~specialization |
    ~college of interest
interest.program_code = program code | code of program | program id code | academic program code |
    major code program | academic plan code | program short code | degree code |
    degree program code | sis program code | banner program code | program number |
    codigo de programa | code du programme | program interest code | cip code | ~major code |
    ~program id | study program code
interest.secondary_program = secondary program | second program | alternate program | program 2 |
    second choice program | second program of interest | alternate program of interest |
    other program of interest | program second choice | program choice 2 | additional program |
    second choice | program of interest alternate | program interest 2 | second program choice |
    segundo programa | zweitwunsch | ?second major | ?secondary major | ?major 2 |
    ?alternate major | ?second choice major | ~minor | ~secondary interest | ~second degree
interest.academic_interests = academic interest | academic interest area | ?subject of interest |
    area of academic interest | academic area of interest | area of interest | interest area |
    subject area of interest | ?subject area |
    intereses academicos | interet academique | academic subject of interest |
    academic interest list | all academic interest | academic interest other | ~field of interest |
    interes academico | interesse academico | area de interes | area de interes academico |
    domaine d interet | interessengebiete | interest academic | ~interest | ~subject |
    ~topic of interest | ~study interest
interest.extracurricular_interests = extracurricular interest | extracurricular |
    extracurricular activity | extra curricular interest | extra curricular |
    extra curricular activity | activity of interest | club sport | club and sport |
    sport and club | activity interest | student activity |
    student life interest | co curricular interest | campus activity | club | club interest |
    sport club interest | ~activity | hobby | co curricular | cocurricular interest |
    non academic interest | personal interest | hobby and activity | student organization interest |
    campus life interest | actividades extracurriculares | activite parascolaire |
    actividades de interes | atividade extracurricular | interest and activity |
    ?athletic interest | ?sport of interest | ?sport interest | ~sport | ~athletic | ~sport 1 |
    club and activity | ~music interest | ~fine art interest
interest.student_type = student_type | student_type interest | transfer or freshman | ?entry type |
    ?application type | ?enrollment type | ?applicant level | ?student group |
    ?freshman transfer status | ?student classification | ~classification | ~population |
    ?transfer student | ?prospect type | ?inquiry type | ~lead type | ~audience | ~cohort type |
    ~type | ~student | ~contact type | ~record category | ~i am a | ~i will be a |
    ~student type code
interest.term_season = entry season | term season | season of entry | season of term |
    entry season term | season | entry term season | term season interest | temporada |
    entry semester season | term name season | semester season | ~entry term | ?entry month |
    ~term | ~term name | ~semester
interest.term_year = term year | year of term | entry term year | start term year |
    term of entry year | semester year | year of entry term | academic year of entry |
    academic year of interest | ~entry year | ~enrollment year | ~academic year | ~year
interest.entry_year = entry year | year of entry | start year | year of enrollment |
    enrollment year | anticipated entry year | intended entry year | expected entry year |
    admission year | admit year | year entering | entering year | entering class year |
    class entering year | anticipated start year | ?matriculation year |
    anticipated enrollment year |
    planned start year | year to start | year of interest | anticipated year of entry |
    year of admission | recruitment year | recruiting year | year you plan to start |
    intended year | application year | entry class | cohort year | year applying for |
    admission cycle year | ano de ingreso | annee d entree | annee d admission | eintrittsjahr |
    ano de entrada | ~term year | ~academic year | ~funnel year | ~class
interest.campus = campus | campus of interest | campus preference | desired campus |
    preferred campus | campus location | location of interest | campus choice |
    preferred location | campus interest | location preference | which campus | primary campus |
    intended campus | campus name | home campus | campus applying to | study location |
    study campus | program campus | preferred study location | ~campus code | first choice campus |
    sede | sede de interes | campus de interes | recinto | plantel | standort | studienort |
    site of interest | campus site | unidade | polo | ~location | ?campus program |
    ?learning location | ~site | ~instruction location | ~center | ~center of interest
interest.modality = modality | online or campus | campus or online interest | program modality |
    preferred modality | learning environment | online or on ground | on ground or online |
    online campus preference | modality of interest | ?instruction type | ~format | ~mode |
    interested in online |
    ~delivery | delivery type | program type delivery | learning type | ~online | ~program type |
    ?online interest | ?online student | ?study option | ?interest online | ~online learning |
    ~distance learning | ~preferred format | ?attendance mode | ?mode of attendance
interest.enrollment_status = enrollment_status | preferred enrollment status |
    intended enrollment status | anticipated enrollment status | desired enrollment status |
    enrollment_status preference | full time or part time | full time | part time |
    full time status | full time part time student | student load | credit load | jornada |
    temps plein ou partiel | teilzeit vollzeit | attendance pattern | attendance preference |
    attend full time | study full time | attending full time or part time | ~attendance |
    ?enrollment preference | ?enrollment option | ~enrollment | attendance enrollment_status |
    full part time attendance | ~attendance mode |
    ~modality
interest.financial_aid_interest = financial aid interest | interested in financial aid |
    financial aid | need aid | need financial aid | seeking financial aid |
    financial aid information requested | request financial aid information |
    financial aid request | interest in financial aid | apply for financial aid |
    applying for financial aid | ~financial aid applicant | ?interested in scholarship |
    interested in aid | aid interest |
    information about financial aid |
    ?scholarship interest | financial assistance interest | financial assistance |
    financial aid needed | financial aid required | tuition assistance interest | interest aid |
    ayuda financiera | interes en ayuda financiera | aide financiere | finanzielle unterstutzung |
    auxilio financeiro | ?financial aid intent | ?interested in fafsa | ?filing fafsa | ?fafsa |
    ?plan to apply for aid | ~financial need | ~scholarship | ~need based aid
interest.visit_interest = visit interest | interested in visit | interested in visiting |
    interest in campus visit | campus visit interest | ~visit campus | interested in campus visit |
    interested in visiting campus | ~want to visit | visit request | request a visit |
    visit requested | campus visit request | wants campus visit | schedule visit |
    schedule a visit | schedule campus visit | would like to visit | interest in visiting |
    interested in tour | interested in open day | open day interest | tour interest |
    campus tour interest | request tour |
    campus tour requested | campus tour request | plan to visit | visita al campus |
    interes en visitar | visite du campus | interested in a visit | visiting interest |
    ?campus visit | ~visit | ?campus tour | ~tour | ~open house interest | ~visit type
interest.degree_level = degree_level | desired degree_level | degree_level interest |
    degree_level of interest | student academic level | academic level of interest |
    program academic level | intended degree_level | level of program interest | level |
    learning level | graduate or undergraduate | undergraduate or graduate |
    undergraduate graduate | ug gr | ~career | academic career interest | admission level |
    program degree_level | recruitment level | desired credential level | credential level |
    study level of interest | ?degree sought | ?degree of interest | ?desired degree |
    ~credential | ~degree | ?degree type interest | ?student career | ~division |
    ~education level | ~program type | ?graduate level | ?academic career | ?class level |
    ~degree objective | ~degree goal | ~educational goal
edu.current_school = current school | most recent school | ~school | high_school |
    high_school name | name of high_school | high_school attended | high_school attending |
    last school attended | last school | school name | current high_school | name of school |
    school attended | school currently attending | previous school | last high_school |
    school of record | current institution | current school name | most recent school attended |
    last institution attended | most recent institution | recent school |
    what school do you attend | current college | high_school or college | high_school college |
    current educational institution | institution attended | education institution |
    current school college | most recent high_school | school attending | institution name |
    escuela actual | escuela de procedencia | ecole actuelle | ecole frequentee | ecole d origine |
    schulname | aktuelle schule | escola atual | escola de origem | ?secondary school name |
    ?feeder school | ?school or organization | ?previous institution |
    ?educational institution name | ?high_school account | ?sending school |
    ?last college attended | ?college attended | ?previous college | ?transfer school |
    ?transfer institution | ?current college name | ?current university |
    ?last university attended | ?previous university attended | ?college university |
    ?prior institution | ?undergraduate institution | ~undergraduate school |
    ~school organization | ~previous university
edu.ceeb_code = ceeb code | ceeb | high_school ceeb | high_school ceeb code | school ceeb |
    school ceeb code | high_school code | hs code | ceeb number | ceeb act code |
    college board code | ets code | sat school code | high_school id | ~school code |
    ceeb school code | high_school ceeb number | act school code | act code | codigo ceeb |
    atp code | ~fice code | ~institution code | ~school id
edu.graduation_year = graduation_year | high_school graduation_year | graduation_year high_school |
    anticipated graduation_year | expected graduation_year | school graduation_year |
    year of high_school graduation | year of graduation from high_school | high_school class year |
    high_school class | year you graduate | year you will graduate | high_school completion year |
    year 12 completion year | school completion year |
    year completed high_school | high_school year | projected graduation_year | completion year |
    year of completion | year finishing school | ?graduation | ?high_school graduation |
    ?graduation_date | ?high_school graduation_date | ?expected graduation_date |
    ?anticipated graduation_date | ?expected high_school graduation_date | ~class |
    ~college graduation_year | ~college graduation_date
edu.gpa = gpa | high_school gpa | current gpa | cumulative gpa | self reported gpa |
    gpa self reported | overall gpa | unweighted gpa | gpa unweighted | school gpa | student gpa |
    estimated gpa | high_school gpa unweighted | reported gpa | gpa 4 0 scale | ?weighted gpa |
    ?high_school gpa weighted | ?gpa weighted | ~college gpa | ~transfer gpa | ?undergraduate gpa |
    ?high_school average | ~gpa recalculated | ?approximate gpa | ?gpa range | ~core gpa |
    ~calculated gpa | ~recalculated gpa | ~average
edu.gpa_scale = gpa scale | scale gpa | gpa scale type | gpa maximum | gpa max |
    gpa scale reporting | gpa out of | high_school gpa scale | gpa basis | grading scale |
    grade scale | escala de promedio | gpa point scale | gpa weighting scale | maximum gpa
edu.sat = sat | sat score | sat total | sat total score | sat composite | sat composite score |
    sat combined | sat combined score | total sat | best sat | highest sat | sat superscore |
    sat overall score | sat overall | sat test score | puntaje sat | self reported sat |
    sat total best | highest sat score | sat highest | sat super score | best sat score |
    sat best score
edu.act = act | act score | act composite | act composite score | composite act | act total |
    best act | highest act | act superscore | act test score | puntaje act | self reported act |
    act total score | act combined | act composite best | highest act score | act highest |
    act super score | act overall | best act score | act best score
edu.highest_degree = highest_degree | highest level of schooling | highest degree level |
    highest academic level | highest education achieved | previous degree | prior degree |
    highest diploma | degree completed | prior education level | prior education |
    education completed | previous education | previous education level | highest credential |
    highest level attained | highest educational level | highest degree held | degree held |
    ?current degree | ?highest grade completed | ?most recent degree | ~education | ~degree |
    ~current education
"""
