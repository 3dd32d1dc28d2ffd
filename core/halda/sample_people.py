"""The invented inquirers of Palmer State University's stored sample. Nobody here is real.

One inquiry a line: the common columns first, then further `key=value` pairs. A column that
holds `-` was not sent at all; an empty one was sent blank. `\\n` stands for a line break.
"""

from typing import Final

COLUMNS: Final = (
    "lead.lead_profile_uid",
    "lead.first_name",
    "lead.last_name",
    "lead.email",
    "lead.phone",
    "interest.program",
    "interest.term",
)

PEOPLE: Final = """
clx2v8k1r000408jm2q7b1c9e|Ava|Lopez|ava.lopez@example.edu|+1-555-555-5555|MBA|Fall 2026|lead.city=Provo|lead.state=UT|lead.country=USA|edu.gpa=3.75|consent.sms_opt_in=true
clx2v8k1r0006may4ch3n9w2a|Maya|Chen|maya.chen@example.edu|+1 801 555 0110|Nursing|Fall 2027|interest.student_type=Transfer
clx2v8k1r0007sm1th0j2k4m6|J.|Smith|j.smith@example.edu|+1 801 555 0103|Business|Fall 2027
clx2v8k1r000508jm5n0ahb4k|Noah|Baker|noah.baker@example.edu|+1 801 555 0142|Business|Fall 2027
clx2v8k1r0008l1am0rt1z8q0|Liam|Ortiz|liam.ortiz@example.edu|+1 801 555 0120|Education|Fall 2027
clx2v8k1r0009mar1an0nezb1|Mari\u0301a Jose\u0301|Nu\u0301n\u0303ez-O'Brien|maria.nunez@example.edu|+52 1 55 1234 5678|Nursing|Fall 2027|lead.country=MX|lead.city=Que\u0301retaro
clx2v8k1r0010sukarn0m0n01||Sukarno|sukarno@example.edu|+62 21 555 0130|Data Science|Fall 2027
clx2v8k1r0011wang0m1ng0c1|小明|王|xiaoming.wang@example.edu|+86 10 5555 0131|Computer Science|Fall 2027
clx2v8k1r0012wang0m1ng0r2|Xiaoming|Wang|xiaoming.wang2@example.edu|+86 10 5555 0132|Computer Science|Fall 2027
clx2v8k1r0013arab1cn4me01|محمد|العلي|mohammed.alali@example.edu|+971 4 555 0133|Business|Spring 2027|lead.country=United Arab Emirates
clx2v8k1r0014l0ngsurn4me1|Theodora|Featherstonehaugh-Cholmondeley-Marjoribanks-Wriothesley-Beauchamp-Auchinleck-Menzies-Dalziel|theodora@example.edu|+1 801 555 0134|MBA|Fall 2027
clx2v8k1r0015em0j1f1rst01|Zoë 🎓|Park|zoe.park@example.edu|+1 801 555 0135|Education|Fall 2027
clx2v8k1r0016plusaddr3ss1|Ava|Moreno|ava+mba@example.edu|+1 801 555 0136|MBA|Fall 2027
clx2v8k1r0017m1xedcase001|Ava|Lopez|Ava.Lopez@Example.edu|+1-555-555-5555|Data Science|Spring 2027|submission.source=Halda Hub
clx2v8k1r0018sharedmail01|Mateo|Lopez|ava.lopez@example.edu|+1 801 555 0138|Business|Fall 2028
clx2v8k1r0019ukph0ne00001|Imogen|Whitfield|imogen@example.edu|07700 900123|Nursing|Fall 2027|lead.country=GB
clx2v8k1r0020mexph0ne0001|Emiliano|Reyes|emiliano@example.edu|+52 1 55 5550 1400|Business|Fall 2027|lead.country=MX
clx2v8k1r0021sh0rtph0ne01|Grace|Hill|grace.hill@example.edu|555-0100|Education|Fall 2027
clx2v8k1r0022extens10n001|Omar|Haddad|omar.haddad@example.edu|801-555-0141 ext. 12|MBA|Fall 2027
clx2v8k1r0023c0untryusa01|Ruth|Adams|ruth.adams@example.edu|+1 801 555 0143|Nursing|Fall 2027|lead.country=US|lead.state=CO
clx2v8k1r0024c0untryl0ng1|Peter|Okafor|peter.okafor@example.edu|+1 801 555 0144|Nursing|Fall 2027|lead.country=United States of America
clx2v8k1r0025c0ted1v01re1|Awa|Koné|awa.kone@example.edu|+225 01 55 50 145|Business|Fall 2027|lead.country=Côte d'Ivoire
clx2v8k1r0026canad1an0001|Chloé|Tremblay|chloe.tremblay@example.edu|+1 613 555 0146|Data Science|Fall 2027|lead.country=Canada|lead.state=ON|lead.postal_code=K1A 0B1
clx2v8k1r0027h0ngk0ng0001|Ka Yan|Lau|kayan.lau@example.edu|+852 5555 0147|Computer Science|Fall 2027|lead.country=Hong Kong|lead.postal_code=
clx2v8k1r0028termyearf1r1|Ines|Silva|ines.silva@example.edu|+351 21 555 0148|Business|2026 Fall
clx2v8k1r0029termautumn01|Finn|Björk|finn.bjork@example.edu|+46 8 555 0149|Education|Autumn 26
clx2v8k1r0030termundec1d1|Hana|Tanaka|hana.tanaka@example.edu|+81 3 5555 0150|Business|Undecided
clx2v8k1r0031termasap0001|Malik|Reed|malik.reed@example.edu|+1 801 555 0151|MBA|ASAP
clx2v8k1r0032termpast0001|Dana|Kowalska|dana.kowalska@example.edu|+48 22 555 0152|MBA|Spring 2024
clx2v8k1r0033n0tofferred1|Iris|Vega|iris.vega@example.edu|+1 801 555 0153|Astrobiology|Fall 2027
-|-|-|partial@example.edu|-|-|-|submission.status=partial|submission.last_screen=Program picker
clx2v8k1r0035parent000001|Rosa|Medina|rosa@home.example|555-0101|Nursing|Fall 2027|lead.relationship=parent|lead.parent_first_name=Rosa|lead.parent_last_name=Medina
clx2v8k1r0036optout000001|Ben|Carter|ben.carter@example.edu|+1 801 555 0156|Business|Fall 2027|consent.sms_opt_in=false|consent.email_opt_in=false|consent.unsubscribed_at=2026-11-02T10:00:00Z
clx2v8k1r0037m1nor1300001|Lily|Fox|lily.fox@example.edu|+1 801 555 0157|Education|Fall 2028|lead.birth_date=2014-09-01
clx2v8k1r0038m1nor1600001|Sam|Young|sam.young@example.edu|+1 801 555 0158|Business|Fall 2028|lead.birth_date=2011-03-12
clx2v8k1r0039threet1mes01|Nora|Quinn|nora.quinn@example.edu|+1 801 555 0159|Business|Fall 2027
clx2v8k1r0039threet1mes01|Nora|Quinn|nora.quinn@example.edu|+1 801 555 0159|MBA|Fall 2027
clx2v8k1r0039threet1mes01|Nora|Quinn|nora.quinn@example.edu|+1 801 555 0159|Data Science|Fall 2027
clx2v8k1r0040stafftest001|Test|Halda|test@heyhalda.example|555-0199|Business|Fall 2027|lead.is_test=true
clx2v8k1r0041h0st1letext1|=HYPERLINK("x")|O'Neil, "Jr."|hostile@example.edu|+1 801 555 0160|Nursing|Fall 2027|answer.what_matters_most=<b>Cost</b>,\\n"quoted"
clx2v8k1r0042l0ngtext0001|Pia|Keller|pia.keller@example.edu|+41 44 555 0161|Education|Fall 2027|answer.goals=@long
clx2v8k1r0043m0vedemail01|Maya|Chen-Roy|maya.chen@example.edu|+1 801 555 0162|Nursing|Fall 2027
clx2v8k1r0044deleted1d001|Tom|Iverson|tom.iverson@example.edu|+1 801 555 0163|Business|Fall 2027|lead.crm_reference_id=00QPs000000ZZZZ
"""  # noqa: E501 - one inquiry a line reads like the table it is

LONG_ANSWER: Final = "I hope to teach mathematics where I grew up. " * 9
