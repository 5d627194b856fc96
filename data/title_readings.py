"""Reads a job title as people type it: spells it out, and sets aside what says rank and not profession."""

from __future__ import annotations

import re

from data.search_keys import fold

TitleWords = frozenset[str]

SPELLED_OUT = {
    "acct": "accounting", "adm": "administrative", "admin": "administrative", "asst": "assistant",
    "assoc": "associate", "avp": "vice president", "biz": "business", "ceo": "chief executive officer",
    "cfo": "chief financial officer", "cio": "chief information officer", "cmo": "chief marketing officer",
    "comm": "communications", "comms": "communications", "coo": "chief operating officer", "coord": "coordinator",
    "cpa": "accountant", "csr": "customer service representative", "cto": "chief technology officer", "dba": "database administrator", "dept": "department",
    "dev": "development", "dir": "director", "ea": "executive assistant", "eng": "engineer", "engr": "engineer",
    "evp": "vice president", "exec": "executive", "gm": "general manager", "hr": "human resources",
    "infosec": "information security", "intl": "international", "it": "information technology", "jr": "junior",
    "mfg": "manufacturing", "mgmt": "management", "mgr": "manager", "mktg": "marketing", "ops": "operations",
    "pm": "project manager", "postdoc": "postdoctoral", "pr": "public relations", "prof": "professor",
    "prog": "program", "programme": "program", "qa": "quality assurance", "qc": "quality control", "rep": "representative",
    "rn": "registered nurse", "snr": "senior", "spec": "specialist", "sr": "senior", "svp": "vice president",
    "swe": "software engineer", "sys": "systems", "sysadmin": "systems administrator", "ux": "user experience",
    "vp": "vice president",
}  # fmt: skip
# ruff: noqa: SIM905  a line of words is easier to read, and to add to, than a list of quoted ones
SILENT = frozenset("a an and at for in of on or the to with".split())
RANKS = frozenset(
    """senior junior lead principal staff chief head i ii iii iv v 1 2 3 4 5 l1 l2 l3 l4 l5 entry mid level grade
    interim acting part full time freelance global regional national corporate international
    trainee graduate intern certified licensed remote temporary temp self employed house""".split()
)
BELOW = frozenset("assistant associate deputy junior".split())  # an "assistant branch manager" manages branches
ABOVE = frozenset("director head vice president chief".split())  # a "VP of marketing" too manages marketing
# Alone, these name a rank or nothing in any profession, though the list may give them to one ("director": of films).
SAYS_NOTHING = RANKS | frozenset(
    """administrator advisor agent analyst assistant associate consultant contractor coordinator deputy director
    department employee executive expert fellow leader management manager member officer operator other owner
    partner planner postdoctoral president representative researcher resident retired scientist specialist strategist student
    supervisor support team technician trainer unemployed vice worker""".split()
)
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
PARTS = re.compile(r"[,;/|]| [-\u2013] ")
AND = re.compile(PARTS.pattern + r"| and | & ", re.IGNORECASE)


def readings(text: str) -> list[TitleWords]:
    """Return the ways to read a title, the most literal first, each as its words, spelled out and singular.

    "Sr. VP, Marketing (EMEA)" is read as all of that, without what is in brackets, without the rank, by its first
    part alone, without "assistant" and the like, and as the manager of what it is the head of.
    """
    plain = ASIDE.sub(" ", text)
    whole = words_of(plain)
    parts = [words_of(pattern.split(plain)[0]) for pattern in (AND, PARTS)]
    ways = [words_of(text), *_ways(whole), *(way for part in parts for way in _ways(part) if says_something(way))]
    return list(dict.fromkeys(words for words in ways if words))


def words_of(text: str) -> TitleWords:
    """Return the words of a title, spelled out, singular and without order: "HR Mgrs" is human resource manager."""
    spelled_out = " ".join(SPELLED_OUT.get(word, word) for word in fold(text).split())
    return frozenset(_singular(word) for word in spelled_out.split() if word not in SILENT)


def says_something(words: TitleWords) -> bool:
    """Whether the words name a profession and not only a rank."""
    return not words <= SAYS_NOTHING


def _ways(words: TitleWords) -> list[TitleWords]:
    """Return some words as they are, without rank, and as the manager of what they head; last the most bare."""
    return [words, words - RANKS, _managed(words), words - RANKS - BELOW]


def _managed(words: TitleWords) -> TitleWords:
    """Return "marketing manager" for "vice president of marketing"; nothing for what is not the head of anything."""
    return (words - ABOVE - BELOW - RANKS - {"management"}) | {"manager"} if words & ABOVE else frozenset()


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
