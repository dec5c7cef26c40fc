"""From words about the partner to words to the partner, by tables: what was typed, and what may be said of it."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter import grammar
from drafter.grammar import lexicon, phrases
from drafter.scenario import MAX_FIELD, Resource, Scenario
from tests.conftest import ROOT

MAKERS = (grammar.matter, grammar.own_part, grammar.appreciation, grammar.offer, grammar.hope, grammar.option)


def said(phrase):
    """A phrase as (form, text), so that a table reads well."""
    return phrase and (phrase.form, phrase.text)


MATTERS = [
    # he
    ("his Sundays off", "he", "", ("noun", "your Sundays off")),
    ("his sundays off", "he", "", ("noun", "your Sundays off")),
    ("his dad's workshop", "he", "", ("noun", "your dad's workshop")),
    ("wants to be left alone when he gets in", "he", "", ("wish", "you want to be left alone when you get in")),
    ("Wants his tea on time", "he", "", ("wish", "you want your tea on time")),
    ("he works hard and wants quiet at home", "he", "", ("clause", "you work hard and want quiet at home")),
    ("to feel he's doing it right", "he", "", ("infinitive", "to feel you're doing it right")),
    ("that the kids don't hear us", "he", "", ("that", "the kids don't hear us")),
    ("how he looks to his brothers", "he", "", ("wh", "how you look to your brothers")),
    ("he dont like people knowing our business", "he", "", ("dislike", "you don't like people knowing our business")),
    ("he's never been heard", "he", "", ("clause", "you've never been heard")),
    ("he's tired", "he", "", ("clause", "you're tired")),
    ("hes a good dad", "he", "", ("clause", "you're a good dad")),
    ("not wasting money (he's so tight)", "he", "", ("gerund", "not wasting money")),
    ("spending time with the kids", "he", "", ("gerund", "spending time with the kids")),
    ("fishing", "he", "", ("noun", "fishing")),
    ("🎣 fishing 🎣", "he", "", ("noun", "fishing")),
    ("keep the peace", "he", "", ("infinitive", "to keep the peace")),
    ("DOESNT WANT A FUSS", "he", "", ("dislike", "you don't want a fuss")),
    ("LFC", "he", "", ("noun", "LFC")),
    ("football, obviously", "he", "", ("noun", "football")),
    ("being the eldest, he has to set the example", "he", "", ("gerund", "being the eldest")),
    ("him and me", "he", "", ("noun", "us")),
    # she
    ("her garden", "she", "", ("noun", "your garden")),
    ("she hates being late", "she", "", ("dislike", "you hate being late")),
    ("my wife wants her Sundays", "she", "", ("wish", "you want your Sundays")),
    ("making her feel safe", "she", "", ("gerund", "making you feel safe")),
    ("letting her sleep", "she", "", ("gerund", "letting you sleep")),
    ("that she's not blamed", "she", "", ("that", "you're not blamed")),
    ("Church on Sundays", "she", "", ("noun", "church on Sundays")),
    ("when I listen without fixing", "she", "", ("when", "when I listen without fixing")),
    ("book club", "she", "", ("noun", "book club")),
    # they
    ("their privacy", "they", "", ("noun", "your privacy")),
    ("the kids and their school", "they", "", ("noun", "the kids and their school")),
    ("us being okay", "they", "", ("gerund", "us being okay")),
    ("they're tired", "they", "", ("clause", "you're tired")),
    # names
    ("Sam's band", "they", "Sam", ("noun", "your band")),
    ("Sam's tired of being told", "he", "Sam", ("clause", "you're tired of being told")),
    ("C(J's boat", "he", "C(J", ("noun", "your boat")),
    # nothing fit to say
    ("his bloody car", "he", "", None),
    ("his mum and her stupid dog", "he", "", None),
    ("his late father's watch", "he", "", None),
    ("being called she", "he", "", None),
    ("he says he wants peace", "he", "", None),
    ("her and the baby", "she", "", None),
    ("him", "he", "", None),
    ("...", "he", "", None),
    ("", "he", "", None),
    ("{{ 7*7 }}", "he", "", None),
    ("a " * 40 + "b", "he", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "who", "name", "expected"), MATTERS)
def test_what_matters_is_turned_and_told_apart(typed, who, name, expected):
    assert said(grammar.matter(typed, who, name)) == expected


@pytest.mark.parametrize(
    ("typed", "kind", "plural"),
    [
        ("his Sundays off", "time", True),
        ("his sleep", "gain", False),
        ("the kids", "people", True),
        ("his mother-in-law's opinion", "thing", False),
        ("the dog", "pets", False),
        ("our savings", "money", True),
        ("church on Sundays", "faith", False),
        ("a bit of peace", "gain", False),
        ("peace and quiet", "gain", False),
        ("chess", "thing", False),
        ("ps5", "thing", False),
        ("darts and the lads", "people", True),
    ],
)
def test_a_noun_knows_what_it_is_about_and_its_number(typed, kind, plural):
    found = grammar.matter(typed, "he")
    assert (found.kind, found.plural) == (kind, plural)


@pytest.mark.parametrize(
    ("typed", "who", "expected"),
    [
        ("I go quiet and then I explode", "he", ("clause", "I go quiet and then I explode")),
        ("i know i nag him", "he", ("clause", "I nag you")),
        ("nag him about the bins", "he", ("clause", "I nag you about the bins")),
        ("Push him", "he", ("clause", "I push you")),
        ("bring up the past", "he", ("clause", "I bring up the past")),
        ("drink too much", "he", ("clause", "I drink too much")),
        ("I told her mum about it", "she", ("clause", "I told your mum about it")),
        ("I've been short with them", "they", ("clause", "I've been short with you")),
        ("I shout when he's late and he hates it", "he", ("clause", "I shout when you're late and you hate it")),
        ("shouting", "he", ("gerund", "shouting")),
        ("not listening to him", "he", ("gerund", "not listening to you")),
        ("temper", "he", ("noun", "my temper")),
        ("work stress", "he", ("noun", "my work stress")),
        ("how I talk to him", "he", ("noun", "how I talk to you")),
        ("the way I talk to him", "he", ("noun", "the way I talk to you")),
        ("nothing", "he", None),
        ("idk", "he", None),
        ("he's the problem", "he", None),
        ("his temper", "he", None),
        ("my mum interferes and I let her", "he", None),
        ("on my phone", "he", None),
        ("I said he was useless", "he", None),
        ("", "he", None),
    ],
)
def test_the_users_own_share(typed, who, expected):
    assert said(grammar.own_part(typed, who)) == expected


@pytest.mark.parametrize(
    ("typed", "who", "expected"),
    [
        ("you always show up for the kids", "he", ("clause", "you always show up for the kids")),
        ("he makes me laugh", "he", ("clause", "you make me laugh")),
        ("makes me laugh", "he", ("clause", "you make me laugh")),
        ("make me laugh", "they", ("clause", "you make me laugh")),
        ("works two jobs", "he", ("clause", "you work two jobs")),
        ("never raised his voice", "he", ("clause", "you never raised your voice")),
        ("took me to hospital in the snow", "he", ("clause", "you took me to hospital in the snow")),
        ("he's always been there", "he", ("clause", "you've always been there")),
        ("he's always on time (unlike me)", "he", ("clause", "you're always on time")),
        ("he's never once embarrassed me", "he", ("clause", "you've never once embarrassed me")),
        ("he's kind when he can be bothered", "he", ("clause", "you're kind")),
        ("a good dad", "he", ("clause", "you're a good dad")),
        ("Kind", "he", ("clause", "you're kind")),
        ("funny, kind", "he", ("clause", "you're funny, kind")),
        ("hardworking", "he", ("clause", "you're hardworking")),
        ("the kids adore him", "he", ("clause", "the kids adore you")),
        ("his jokes got me through the winter", "he", ("clause", "your jokes got me through the winter")),
        ("how she is with the kids", "she", ("wh", "how you are with the kids")),
        ("I love how he never lies", "he", ("wh", "how you never lie")),
        ("caring for my mum", "she", ("gerund", "caring for my mum")),
        ("her laugh", "she", ("noun", "your laugh")),
        ("patience", "she", ("noun", "your patience")),
        ("when he's not drunk he's lovely", "he", None),
        ("nothing", "he", None),
    ],
)
def test_what_the_user_appreciates(typed, who, expected):
    assert said(grammar.appreciation(typed, who)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("I'll sort the babysitter", ("clause", "I'll sort the babysitter")),
        ("sort the babysitter", ("clause", "I'll sort the babysitter")),
        ("will pay", ("clause", "I'll pay")),
        ("to drive", ("clause", "I'll drive")),
        ("bring the kids to my mum's", ("clause", "I'll bring the kids to my mum's")),
        ("I'd do his share of the school run on friday", ("clause", "I'd do your share of the school run on Friday")),
        ("he can choose who", ("clause", "you can choose who")),
        ("driving him there", ("gerund", "driving you there")),
        ("babysitter", ("noun", "the babysitter")),
        ("my car", ("noun", "my car")),
        ("booking, sitter, everything", ("noun", "the booking")),
        ("petrol and parking", ("noun", "petrol and parking")),
        ("nothing", None),
        ("whatever it takes, the lazy sod", None),
    ],
)
def test_what_the_user_offers(typed, expected):
    assert said(grammar.offer(typed, "he")) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("to laugh again", ("infinitive", "to laugh again")),
        ("I want to feel close again", ("infinitive", "to feel close again")),
        ("for us to talk", ("infinitive", "for us to talk")),
        ("keep the peace", ("infinitive", "to keep the peace")),
        ("that we don't shout in front of the kids", ("that", "we don't shout in front of the kids")),
        ("peace", ("noun", "peace")),
        # about the visit: that is the ask's
        ("one try", None),
        ("him to come to one session", None),
        # a demand in disguise
        ("him to stop drinking", None),
        ("him to listen", None),
        ("proof that I'm right", None),
    ],
)
def test_what_the_user_hopes_for_is_said_only_as_a_wish(typed, expected):
    assert said(grammar.hope(typed, "he")) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("one video call with Dr Lee, 50 minutes", "one video call with Dr Lee, 50 minutes"),
        ("an intro call, i think, not sure", "an intro call"),
        ("video call, half an hour, free", "a video call, half an hour, free"),
        ("1 hr with a counsellor", "one hour with a counsellor"),
        ("just the one session", "one session"),
        ("one 50 minute session, £60", "one 50 minute session, £60"),
        ("£45 session with Ann", "a £45 session with Ann"),
        ("25 minute walking session", "a 25 minute walking session"),
        ("80 minute session", "an 80 minute session"),
        ("50 minutes with Dr Lee", "50 minutes with Dr Lee"),
        ("we could do a chat with the vicar", "a chat with the vicar"),
        ("there's a free taster evening on tuesday", "a free taster evening on Tuesday"),
        ("the woman at his church", "the woman at your church"),
        # more than one visit
        ("6 sessions with someone", None),
        ("two sessions", None),
        ("3 x 1hr sessions", None),
        ("six-week course", None),
        ("couples counselling, weekly", None),
        # nothing that one could go to
        ("therapy", None),
        ("not sure yet", None),
        ("whatever he wants", None),
    ],
)
def test_what_is_on_offer_is_one_visit(typed, expected):
    found = grammar.option(typed, "he")
    assert (found and found.text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a podcast about arguing", "a podcast about arguing"),
        ("podcast on stress", "a podcast on stress"),
        ("The Gottman Institute Podcast", "“The Gottman Institute Podcast”"),
        ('"Why We Row"', "“Why We Row”"),
        ("this article my sister sent, its good", "this article my sister sent"),
        ("book called Hold Me Tight, but he hates books", "a book called Hold Me Tight"),
        ("episode 12 of Hidden Brain", "episode 12 of Hidden Brain"),
        ("{{ x }}", "“{{ x }}”"),
    ],
)
def test_a_resource_is_named_as_in_a_sentence(title, expected):
    assert grammar.resource(Resource(title)) == expected


def test_a_bare_link_has_a_name_and_nothing_has_none():
    assert grammar.resource(Resource("", "https://example.org/a")) == "the link I'm sending you"
    assert grammar.resource(Resource()) is None


@pytest.mark.parametrize(
    ("objection", "expected"),
    [
        ("I don't want a stranger in our business", "you don't want a stranger in our business"),
        ("you just want to blame me", "I just want to blame you"),
        ("I'm not talking to you about it", "you're not talking to me about it"),
        ("he says we can't afford it", "we can't afford it"),
        ("she said she doesn't trust them", "you don't trust them"),
        ("it's too expensive", "it's too expensive"),
        ("what's the bloody point", None),
        ("why would I", None),
        ("no", None),
        ("I don't. You do.", None),
        ("", None),
    ],
)
def test_what_the_partner_said_is_told_back_only_where_every_word_is_certain(objection, expected):
    who = "she" if objection.startswith("she") else "he"
    assert grammar.partner_says(objection, who) == expected


@pytest.mark.parametrize(
    ("scenario", "who"),
    [
        (Scenario(relationship="husband"), "he"),
        (Scenario(relationship="my wife"), "she"),
        (Scenario(relationship="partner", situation="He won't talk and he leaves."), "he"),
        (Scenario(situation="She works nights. Her mother helps."), "she"),
        (Scenario(relationship="spouse"), "they"),
        (Scenario(situation="They're tired and he is our son. They said no, their words."), "they"),
    ],
)
def test_the_pronoun_is_the_relationships_else_the_users_own(scenario, who):
    assert grammar.gender(scenario) == who


@pytest.mark.parametrize(
    ("scenario", "gb"),
    [
        (Scenario(country="GB"), True),
        (Scenario(country="US", situation="mum and the telly, £40"), False),
        (Scenario(language="en-AU"), True),
        (Scenario(situation="my mum says counselling is bloody dear"), True),
        (Scenario(situation="my mom says counseling, $80"), False),
        (Scenario(), False),
    ],
)
def test_the_users_english_is_known_by_country_then_words(scenario, gb):
    assert grammar.british(scenario) is gb


@pytest.mark.parametrize(
    ("matters", "expected"),
    [
        (["his sundays off"], ("a Sunday", 0)),
        (["the kids", "game nights with the lads"], ("game night", 1)),
        (["D&D night"], ("d&d night", 0)),
        (["lie-ins"], None),
        ([], None),
    ],
)
def test_a_time_of_their_own_is_kept(matters, expected):
    assert grammar.kept_time(matters) == expected


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("wants", "want"), ("watches", "watch"), ("tries", "try"), ("goes", "go"), ("is", "are"), ("has", "have"),
        ("misses", "miss"), ("lies", "lie"), ("can", "can"), ("kiss", "kiss"), ("as", "as"), ("doesn't", "don't"),
    ],
)  # fmt: skip
def test_third_person_forms_lose_their_ending(word, plain):
    assert grammar.plain_verb(word) == plain


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@given(typed=st.text(max_size=120), who=st.sampled_from(["he", "she", "they"]), name=st.text(max_size=12))
def test_whatever_is_typed_a_phrase_is_whole_or_none(maker, typed, who, name):
    found = maker(typed, who, name)
    if found is not None:
        assert found.text.strip() == found.text
        assert re.search(r"\w", found.text)
        assert "\n" not in found.text
        assert found.form in phrases.FORMS


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("typed", ["he " * 2600, "(" * MAX_FIELD, ", " * 4000, "a" * MAX_FIELD, "is that " * 1000])
def test_a_field_of_any_length_is_read_in_no_time(maker, typed):
    maker(typed[:MAX_FIELD], "he", "Sam")


@pytest.mark.parametrize("maker", MAKERS[:-1], ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("word", sorted(lexicon.listed("vent_words")))
def test_a_word_of_anger_keeps_the_phrase_unsaid(maker, word):
    assert maker(f"my {word} car", "he") is None


def names_in(source):
    """The names of lists and patterns that the code asks for."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "drafter").glob(source)))
    return set(re.findall(r'\blisted\("(\w+)"', text)), set(
        re.findall(r'\b(?:either|pattern)\(\s*"(\w+)"', text)
    ) | set(re.findall(r"\beither\('(\w+)'", text))


def test_every_word_list_is_used_and_every_one_used_is_there():
    data = yaml.safe_load((ROOT / "prompts/language/grammar.yaml").read_text(encoding="utf-8"))
    lists, patterns = set(), set()
    for source in ("grammar/*.py", "compose/*.py", "plan/*.py"):
        more = names_in(source)
        lists |= more[0]
        patterns |= more[1]
    assert lists == set(data["words"])
    # those by which the thing itself is named are asked for by the keys of `called`
    assert patterns | {"disliking", "wishing", "liking"} | set(data["called"]) == set(data["patterns"])
