"""Terms of the field in both official languages, with definitions of our own."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.pages.alphabet import without_accents


@dataclass(frozen=True)
class Term:
    """A term with its official name, and abbreviation where there is one, in English and French."""

    key: str
    en: str
    fr: str
    definition: str
    short_en: str = ""
    short_fr: str = ""

    def names(self):
        """Name, abbreviation and language: first in the language of the page, then in the other."""
        english, french = (self.en, self.short_en, "en"), (self.fr, self.short_fr, "fr")
        return [french, english] if get_language() == "fr" else [english, french]


def terms():
    """Every term in the alphabet of the page's language."""
    return sorted(TERMS, key=lambda term: without_accents(term.names()[0][0]))


# A term takes two or three lines.
# fmt: off
TERMS = [
    Term("adaptability", "Adaptability", "Capacité d’adaptation",
        _("One of the six selection factors of the Federal Skilled Worker Program: study, work or relatives in "
          "Canada, and a spouse’s or partner’s language.")),
    Term("admissibility", "Admissible", "Admissible (non interdit de territoire)",
        _("Free of any ground for which Canada refuses entry. Meeting the rules of a program does not replace this.")),
    Term("arranged-employment", "Arranged employment", "Emploi réservé",
        _("A job offer that earns points in the selection grid of the Federal Skilled Worker Program. The "
          "Regulations say which offers count.")),
    Term("base-nomination", "Base nomination", "Désignation de base",
        _("A nomination that a province makes outside Express Entry. It adds no CRS points.")),
    Term("biometrics", "Biometrics", "Données biométriques",
        _("Fingerprints and a photo, given in person after a letter asks for them.")),
    Term("bowp", "Bridging open work permit", "Permis de travail ouvert transitoire",
        _("A permit that may let an applicant already working in Canada keep working while the application is "
          "decided."), "BOWP", "PTOT"),
    Term("clb", "Canadian Language Benchmarks", "Canadian Language Benchmarks",
        _("The scale for English. Test scores are turned into levels, one for each ability: speaking, listening, "
          "reading, writing."), "CLB", "CLB"),
    Term("cec", "Canadian Experience Class", "Catégorie de l’expérience canadienne",
        _("The program for people with a year of skilled work in Canada."), "CEC", "CEC"),
    Term("category", "Category-based round", "Ronde d’invitations axée sur les catégories",
        _("A round for candidates who meet a category that the Minister has set for an economic goal: an ability in"
          " French, or experience in one of the listed occupations.")),
    Term("qualification", "Certificate of qualification", "Certificat de compétence",
        _("Proof from a Canadian province, territory or federal authority that a person may work in a trade.")),
    Term("crs", "Comprehensive Ranking System", "Système de classement global",
        _("The points system that ranks everyone in the pool. It is not the selection grid of the Federal Skilled "
          "Worker Program."), "CRS", "SCG"),
    Term("confirmation", "Confirmation of permanent residence", "Confirmation de résidence permanente",
        _("The document at the end of an approved application."), "CoPR", "CRP"),
    Term("core", "Core / human capital factors", "Facteurs de base / du capital humain",
        _("Section A of the CRS: age, education, official languages, work in Canada.")),
    Term("cut-off", "Cut-off", "Seuil",
        _("Our short word for the CRS score of the lowest-ranked candidate invited in a round. It describes who was"
          " invited, and promises nothing to others at that score.")),
    Term("eca", "Educational credential assessment", "Évaluation des diplômes d’études",
        _("A report on what a foreign credential is worth in Canada, made for immigration. It is valid for "
          "five years."),
        "ECA", "EDE"),
    Term("express-entry", "Express Entry", "Entrée express",
        _("The system through which Canada has invited skilled workers to apply for permanent residence since "
          "January 1, 2015. It is not a program itself: it manages applications to several.")),
    Term("fst", "Federal Skilled Trades Program", "Programme des travailleurs de métiers spécialisés (fédéral)",
        _("The program for people qualified in a skilled trade."), "FST", "PTMSF"),
    Term("fsw", "Federal Skilled Worker Program", "Programme des travailleurs qualifiés (fédéral)",
        _("The program for people with skilled work in Canada or abroad. It has its own selection grid."),
        "FSW", "PTQF"),
    Term("general-round", "General round", "Ronde d’invitations générale",
        _("A round for everyone in the pool, whatever their program. The rounds of 2015 to 2023 were named “No "
          "Program Specified”.")),
    Term("ircc", "Immigration, Refugees and Citizenship Canada", "Immigration, Réfugiés et Citoyenneté Canada",
        _("The federal department that runs Express Entry. On this site it is called the department."),
        "IRCC", "IRCC"),
    Term("irpa", "Immigration and Refugee Protection Act", "Loi sur l’immigration et la protection des réfugiés",
        _("The law behind the system. Sections 10.1 to 10.5 deal with invitations."), "IRPA", "LIPR"),
    Term("irpr", "Immigration and Refugee Protection Regulations",
        "Règlement sur l’immigration et la protection des réfugiés",
        _("The regulations under that law. They contain the rules of the programs."), "IRPR", "RIPR"),
    Term("invitation", "Invitation to apply", "Invitation à présenter une demande",
        _("The message that lets a candidate apply for permanent residence. It names a program and is open for 60 "
          "days."), "ITA", "IPD"),
    Term("lmia", "Labour market impact assessment", "Étude d’impact sur le marché du travail",
        _("A finding on what hiring a foreign worker does to the labour market. Some job offers need one."),
        "LMIA", "EIMT"),
    Term("lead-statement", "Lead statement", "Énoncé principal",
        _("The sentence with which the NOC describes a unit group. Your work must fit it.")),
    Term("levels-plan", "Immigration levels plan", "Plan des niveaux d’immigration",
        _("The government’s yearly plan of how many people become permanent residents, by class.")),
    Term("instructions", "Ministerial Instructions", "Instructions ministérielles",
        _("Orders of the Minister that set the rules of the pool, the CRS points, the categories and "
          "each round. They can change quickly."), "MI", "IM"),
    Term("noc", "National Occupational Classification", "Classification nationale des professions",
        _("Canada’s list of occupations. Express Entry uses the edition of 2021, with five-digit codes."),
        "NOC", "CNP"),
    Term("nclc", "Niveaux de compétence linguistique canadiens", "Niveaux de compétence linguistique canadiens",
        _("The scale for French. Its levels match those of the CLB."), "NCLC", "NCLC"),
    Term("notification", "Notification of interest", "Avis d’intérêt",
        _("A message from a province to a candidate in the pool whom it may want to nominate.")),
    Term("permanent-resident", "Permanent resident", "Résident permanent",
        _("A person who may live in Canada permanently without being a citizen."), "PR", "RP"),
    Term("pool", "Pool", "Bassin",
        _("All candidates with a valid profile. The department publishes how many there are in each range of "
          "scores.")),
    Term("primary-occupation", "Primary occupation", "Profession principale",
        _("The occupation with which a candidate of the Federal Skilled Worker Program shows the one year of "
          "continuous work.")),
    Term("profile", "Profile", "Profil",
        _("What a candidate enters about age, education, languages and work. It is free and stays valid for 12 "
          "months.")),
    Term("program-round", "Program-specific round", "Ronde d’invitations propre à un programme",
        _("A round for the candidates of one program, such as provincial nominees.")),
    Term("proof-of-funds", "Proof of funds", "Preuve de fonds",
        _("Money to settle in Canada, shown by a letter from your bank. The amount rises with family size.")),
    Term("enhanced-nomination", "Enhanced nomination", "Désignation améliorée",
        _("A nomination through Express Entry. It adds 600 CRS points.")),
    Term("pnp", "Provincial Nominee Program", "Programme des candidats des provinces",
        _("The programs by which provinces and territories nominate people. Quebec and Nunavut have none."),
        "PNP", "PCP"),
    Term("rprf", "Right of permanent residence fee", "Frais relatifs au droit de résidence permanente",
        _("A fee that each adult pays before becoming a permanent resident. It is refunded if that does not happen."),
        "RPRF", "FDRP"),
    Term("round", "Round of invitations", "Ronde d’invitations",
        _("One occasion on which the department invites candidates. On this site it is also called a draw.")),
    Term("selection-factors", "Selection factors", "Critères de sélection",
        _("The six factors of the Federal Skilled Worker Program: language, education, work experience, age, "
          "arranged employment, adaptability.")),
    Term("service-standard", "Service standard", "Norme de service",
        _("The time in which the department aims to decide most applications. It is an aim, not a promise, and not "
          "a measured time.")),
    Term("transferability", "Skill transferability factors", "Facteurs de transférabilité des compétences",
        _("Section C of the CRS: points for combinations of two factors, such as education with language.")),
    Term("teer", "Training, education, experience and responsibilities",
        "Formation, études, expérience et responsabilités",
        _("The second digit of a NOC code, 0 to 5. Express Entry counts work in 0, 1, 2 and 3."), "TEER", "FÉER"),
    Term("tie-break", "Tie-breaking rule", "Règle de bris d’égalité",
        _("A date and time. Of the candidates exactly at the cut-off, those who submitted their profile before it "
          "were invited.")),
    Term("unit-group", "Unit group", "Groupe de base",
        _("The smallest entry of the NOC: one five-digit code with its title, duties and job titles.")),
]
# fmt: on
