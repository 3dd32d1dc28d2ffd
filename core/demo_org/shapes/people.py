"""Invented people and schools, the same on every start. Chosen by arithmetic, never at random."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FIRST_NAMES: Final = (
    "Amelia",
    "Noor",
    "Zoë",
    "José",
    "Mei",
    "Liam",
    "Chloé",
    "Søren",
    "Ngọc",
    "Priya",
    "Mateo",
    "Ayşe",
    "Łucja",
    "Kofi",
    "Ingrid",
    "Tomás",
    "Hana",
    "Malik",
    "Siobhán",
    "Günther",
    "Anaïs",
    "Yusuf",
    "Beatriz",
    "Dmitri",
    "Esmé",
    "Rafael",
    "Keiko",
    "Oluwaseun",
    "Freya",
    "Émile",
    "小明",
    "さくら",
    "민준",
    "محمد",
)
LAST_NAMES: Final = (
    "Abara",
    "Núñez",
    "Müller",
    "O'Brien",
    "Nguyễn",
    "Kowalska",
    "Björk",
    "Çelik",
    "Okafor",
    "Dvořák",
    "Silva",
    "Petrov",
    "Haddad",
    "Lindqvist",
    "García-Márquez",
    "de la Cruz",
    "Kim",
    "Tanaka",
    "Ferrari",
    "Dubois",
    "Van der Berg",
    "Reyes",
    "Singh",
    "Whitfield",
    "Ahmadi",
    "王",
    "佐藤",
    "김",
    "العلي",
)
CITIES: Final = (
    ("Provo", "UT", "84601", "United States"),
    ("Denver", "CO", "80202", "United States"),
    ("Querétaro", "", "76000", "Mexico"),
    ("Toronto", "ON", "K1A 0B1", "Canada"),
    ("Hong Kong", "", "", "Hong Kong"),
    ("Zürich", "", "8001", "Switzerland"),
    ("Boise", "ID", "83702", "United States"),
    ("Abidjan", "", "", "Côte d'Ivoire"),
)
SCHOOLS: Final = (
    ("Lincoln High School", "450123"),
    ("Roosevelt High School", "450124"),
    ("St. Mary's Academy", "060210"),
    ("Lycée Français de Denver", "060333"),
    ("Cedar Valley High School", "450777"),
    ("Escuela Preparatoria Juárez", "950112"),
    ("Mountain View High School", "450901"),
    ("Provo Community College", "004812"),
    ("Bright Future Charter School", "450655"),
    ("Northside Secondary", "820044"),
)
PROGRAMS: Final = ("Business", "Computer Science", "Nursing", "Education", "Data Science", "MBA")
TERMS: Final = ("Spring 2027", "Fall 2027", "Spring 2028", "Fall 2028")
STUDENT_TYPES: Final = ("First-Year", "Transfer", "Graduate", "International")
PEOPLE: Final = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented inquirer."""

    number: int
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str
    state: str
    postal_code: str
    country: str
    school: str
    ceeb_code: str
    program: str
    term: str
    student_type: str

    @property
    def is_converted(self) -> bool:
        return self.number % 40 == 7

    @property
    def is_deleted(self) -> bool:
        return self.number % 45 == 11


def people(count: int = PEOPLE) -> Iterator[Person]:
    """Yield the invented crowd in a fixed order."""
    for number in range(count):
        city, state, postal_code, country = CITIES[number * 5 % len(CITIES)]
        school, ceeb_code = SCHOOLS[number * 3 % len(SCHOOLS)]
        yield Person(
            number=number,
            first_name=FIRST_NAMES[number * 7 % len(FIRST_NAMES)],
            last_name=LAST_NAMES[number * 11 % len(LAST_NAMES)],
            email=f"inquirer{number:04d}@students.example",
            phone=f"+1 801 555 {number:04d}",
            city=city,
            state=state,
            postal_code=postal_code,
            country=country,
            school=school,
            ceeb_code=ceeb_code,
            program=PROGRAMS[number * 5 % len(PROGRAMS)],
            term=TERMS[number % len(TERMS)],
            student_type=STUDENT_TYPES[number * 3 % len(STUDENT_TYPES)],
        )
