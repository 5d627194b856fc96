"""What the people of the demo are called, what they can do, and what they like to talk about."""

from __future__ import annotations

FIRST_NAMES = (
    "Aada", "Abdi", "Ada", "Aisha", "Aksel", "Alma", "Amina", "Anders", "Anja", "Anton", "Arjun", "Asger", "Asta",
    "Astrid", "Aylin", "Bao", "Beatriz", "Benjamin", "Bilal", "Bjørn", "Bo", "Camille", "Carla", "Carlos", "Chiara",
    "Chloé", "Clara", "Daniel", "Dario", "Delphine", "Diego", "Dilan", "Ditte", "Dmitri", "Ebba", "Eduardo", "Elif",
    "Elena", "Eli", "Ella", "Emeka", "Emil", "Emma", "Erik", "Esther", "Eva", "Farah", "Fatima", "Felix", "Fernanda",
    "Finn", "Freja", "Gabriel", "Gita", "Greta", "Gustav", "Hana", "Hannah", "Hassan", "Helga", "Henrik", "Hiba",
    "Hugo", "Ida", "Ibrahim", "Ines", "Ingrid", "Isak", "Ismail", "Ivan", "Jakob", "Jana", "Jasmin", "Javier",
    "Johan", "Jonas", "Josefine", "Julia", "Kamal", "Karen", "Karim", "Kasper", "Katarina", "Kenji", "Khadija",
    "Kirsten", "Klaus", "Kofi", "Lars", "Laila", "Laura", "Layla", "Lea", "Leila", "Leo", "Lin", "Linh", "Liv",
    "Louise", "Lucas", "Lucía", "Luka", "Mads", "Magnus", "Maja", "Malik", "Manon", "Marco", "Maria", "Marta",
    "Mateo", "Mathilde", "Mei", "Mette", "Mikkel", "Milan", "Mina", "Mohamed", "Nadia", "Naja", "Naoko", "Nia",
    "Nikolaj", "Noah", "Nora", "Olga", "Oliver", "Omar", "Oscar", "Otto", "Pablo", "Palle", "Paula", "Pernille",
    "Petra", "Philip", "Piotr", "Priya", "Rana", "Rasmus", "Ravi", "Rosa", "Sadia", "Samir", "Samuel", "Sanne",
    "Sara", "Selma", "Signe", "Simon", "Sofia", "Solveig", "Stella", "Sven", "Tariq", "Tatiana", "Thea", "Thomas",
    "Tobias", "Tomás", "Tove", "Ulla", "Uma", "Valentina", "Vera", "Victor", "Viggo", "Wei", "Yara", "Yasmin",
    "Yusuf", "Zahra", "Zeynep", "Zoe",
)  # fmt: skip

# What one offers another looks for: one list serves both.
SKILLS = (
    "public speaking", "first aid", "bookkeeping", "negotiating a salary", "Spanish conversation", "Danish conversation",
    "spreadsheets", "watercolour painting", "bicycle repair", "starting a business", "writing a CV", "photography",
    "growing vegetables", "reading a contract", "guitar chords", "knitting", "web design", "baking bread",
    "teaching children", "leading a team", "job interviews", "data analysis", "sewing", "swimming technique",
    "meditation", "chess openings", "carpentry", "sign language", "cooking for many", "budgeting",
    "grant applications", "podcasting", "map reading", "yoga", "fixing computers", "choosing wine",
    "creative writing", "time management", "home brewing", "tax returns",
)  # fmt: skip

TOPICS = (
    "sourdough", "night trains", "jazz", "birdwatching", "detective novels", "sailing", "old maps", "beekeeping",
    "board games", "the history of Copenhagen", "climbing", "ceramics", "football", "winter swimming", "silent films",
    "mushrooms", "cargo bikes", "opera", "science fiction", "parenting", "folk music", "astronomy", "street food",
    "architecture", "long-distance running", "philosophy", "allotment gardens", "languages", "documentaries",
    "volunteering", "travelling without flying", "houseplants", "poetry", "vintage furniture", "hiking", "coffee",
    "family recipes", "comic books", "choir singing", "moving abroad",
)  # fmt: skip

LESSONS = (
    "How much a good handover matters.", "That my job sounds stranger than I thought.", "Where to find mushrooms.",
    "A trick for staying calm when everybody else is not.", "That I should ask more questions.",
    "What a working day looks like when it starts at four.", "How to say no kindly.", "A book I have ordered already.",
    "Why bridges are painted all the time.", "That being nervous lasts three minutes.",
)  # fmt: skip
