"""Words that often begin a note beside a planned patient, in the three languages: nobody's name.

The list need not be whole. A word that is missing costs a glance at a flag; a first name that
stands here would pass unseen, so that words which are also names are left out.
"""

from __future__ import annotations

_PEOPLE = """
mor far mors fars forælder forældre foreldre mother father parent parents tvilling tvillinger twin
twins søster bror sister brother bedstemor mormor farmor barn barnet child baby spædbarn spedbarn
tolk interpreter værge verge guardian dansk norsk engelsk polsk arabisk tyrkisk somali ukrainsk
danish norwegian english polish arabic turkish
"""
_DAY = """
første sidste først sidst næste neste first last next ny nye new gammel tidlig sen early late kommer
coming møder ring ringe call faste fastende fastet fasting ikke not uden uten without med with efter
etter after før before kan can skal must vil har has er ingen none no ja yes nej nei obs husk
remember
haster urgent kontrol kontroll control akut acute aflyst avlyst afbud hjem home stue seng bed room
mandag tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday
"""
_BODY = """
høre hørelse hearing øre ører ear ears næse nese nose hals throat mund munn mouth tunge tongue
mandel
mandler polyp polypper polypp adenoid adenoider tonsil tonsiller tonsils dræn drain drains rør tube
tubes tympanon septum bihule sinus larynx pharynx trachea spytkirtel stemme voice snorken snorke
snorking apnø apnea venstre højre høyre left right begge both tand tænder tann tooth teeth
"""
_CONDITION = """
allergi allergy allergisk allergic astma asthma asthmatic epilepsi epilepsy kramper diabetes
diabetiker hjerte heart mislyd murmur lunge lung forkølet forkjølet cold feber fever hoste cough
infektion infeksjon infection angst bange redd anxious autisme autism down adhd kvalme nausea
præmedicin premed medicin medisin medicine penicillin latex lateks nikkel æg egg jordnød peanut
blødning blødere bleeding tidligere previous vægt vekt weight uro rolig calm syg sick rask well
"""
ORDINARY = frozenset(" ".join((_PEOPLE, _DAY, _BODY, _CONDITION)).split())
"""In small letters."""
ENDINGS = (
    *("tomi", "tomy", "skopi", "scopy", "plastik", "plastikk", "plasty", "centese", "centesis"),
    *("itis", "kain", "caine", "cillin", "fiksering", "fixation", "fjernelse", "operation"),
)
"""Of the names of operations, inflammations and drugs."""


def ordinary(word: str) -> bool:
    """Tell whether a word is a known one, however it is written."""
    small = word.casefold()
    return small in ORDINARY or small.endswith(ENDINGS)
