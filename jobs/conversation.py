"""What gives two strangers a start: questions a step deeper than small talk, and a sign by which they know each other."""

from __future__ import annotations

from web.sentence import to_translate

# One step deeper than small talk: strangers enjoy it more than they expect (FIELD, part one, B5).
QUESTIONS = (
    to_translate("What have you changed your mind about in the last few years?"),
    to_translate("What part of your work would you do even if nobody paid for it?"),
    to_translate("What do people always get wrong about what you do?"),
    to_translate("Who taught you something you still use every week?"),
    to_translate("What are you better at today than you were a year ago?"),
    to_translate("What was the last thing that made you lose track of time?"),
    to_translate("What would you learn if you had a free month for nothing else?"),
    to_translate("Which decision, small at the time, turned out to matter most?"),
    to_translate("What is something you almost gave up on, and are glad you did not?"),
    to_translate("What does a really good day look like for you?"),
    to_translate("What did you want to be at the age of ten, and what is left of it?"),
    to_translate("Which place has shaped you, and how?"),
    to_translate("What is the kindest thing a stranger has ever done for you?"),
    to_translate("What do you know now that would have helped you at twenty?"),
    to_translate("Which rule of your trade would you gladly break?"),
    to_translate("What are you looking forward to, and what are you a little afraid of?"),
    to_translate("What would your closest friend say you are hopeless at?"),
    to_translate("Which book, song or film do you press on everybody, and why?"),
    to_translate("What problem in your town would you fix first?"),
    to_translate("When did you last do something for the first time?"),
)
# The words are known everywhere, easy to say across a café, and call nobody anything: no animal that is also an
# insult or slang, no flower or beast that is a party or a flag, no black, white, brown or yellow.
COLOURS = (
    # TRANSLATORS: from here on colours and creatures of a sign, such as "blue heron"; see "%(colour)s %(creature)s"
    to_translate("blue"), to_translate("green"), to_translate("red"), to_translate("golden"), to_translate("silver"),
    to_translate("orange"), to_translate("purple"), to_translate("pink"), to_translate("turquoise"),
    to_translate("violet"), to_translate("grey"), to_translate("copper"),
)  # fmt: skip
CREATURES = (
    to_translate("heron"), to_translate("otter"), to_translate("owl"), to_translate("robin"),
    to_translate("kingfisher"), to_translate("swan"), to_translate("stork"), to_translate("pelican"),
    to_translate("penguin"), to_translate("flamingo"), to_translate("parrot"), to_translate("gull"),
    to_translate("turtle"), to_translate("dolphin"), to_translate("salmon"), to_translate("seal"), to_translate("deer"),
    to_translate("hare"), to_translate("hedgehog"), to_translate("squirrel"), to_translate("badger"),
    to_translate("horse"), to_translate("kangaroo"), to_translate("koala"), to_translate("panda"),
    to_translate("giraffe"), to_translate("zebra"), to_translate("butterfly"), to_translate("dragonfly"),
    to_translate("ladybird"), to_translate("beetle"), to_translate("bee"), to_translate("maple"), to_translate("oak"),
    to_translate("willow"), to_translate("birch"), to_translate("cedar"), to_translate("pine"), to_translate("olive"),
    to_translate("fern"), to_translate("daisy"), to_translate("sunflower"), to_translate("lavender"),
    to_translate("clover"), to_translate("mushroom"), to_translate("pumpkin"), to_translate("apple"),
    to_translate("pear"),
)  # fmt: skip


def question_for(chance: int) -> str:
    """Return one question, for those who have no topic to start with."""
    return QUESTIONS[chance % len(QUESTIONS)]


def questions_for(chance: int) -> list[str]:
    """Return two different questions, neither of them `question_for` the same chance."""
    others = list(QUESTIONS)
    chance, topic = divmod(chance, len(others))
    others.pop(topic)
    chance, first = divmod(chance, len(others))
    one = others.pop(first)
    return [one, others[chance % len(others)]]


def sign_for(chance: int) -> str:
    """Return a sign by which strangers know each other, two words nobody says by accident: "blue heron"."""
    chance, colour = divmod(chance, len(COLOURS))
    return f"{COLOURS[colour]} {CREATURES[chance % len(CREATURES)]}"
