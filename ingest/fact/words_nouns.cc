// Tables of nouns, adverbs and function words.
#include "ingest/fact/words.h"
#include "ingest/fact/word_table.h"

namespace dossier::ingest::words {
namespace {

constexpr std::string_view kTimeNounsWords[] = {
    "1920s",     "1930s",      "1940s",    "1950s",     "1960s",    "1970s",       "1980s",     "1990s",
    "2000s",     "2010s",      "2020s",    "afternoon", "age",      "anniversary", "apr",       "april",
    "aug",       "august",     "autumn",   "beginning", "birthday", "century",     "christmas", "date",
    "dawn",      "day",        "deadline", "dec",       "decade",   "december",    "dusk",      "easter",
    "end",       "epoch",      "era",      "eve",       "evening",  "fall",        "feb",       "february",
    "fortnight", "friday",     "future",   "halloween", "hour",     "jan",         "january",   "jul",
    "july",      "jun",        "june",     "mar",       "march",    "may",         "meantime",  "meanwhile",
    "midnight",  "millennium", "minute",   "moment",    "monday",   "month",       "morning",   "night",
    "noon",      "nov",        "november", "oct",       "october",  "past",        "period",    "present",
    "quarter",   "ramadan",    "saturday", "season",    "second",   "semester",    "sep",       "sept",
    "september", "spring",     "start",    "summer",    "sunday",   "thursday",    "time",      "today",
    "tomorrow",  "tonight",    "tuesday",  "wednesday", "week",     "weekend",     "winter",    "year",
    "yesterday",
};
static_assert(Sorted(kTimeNounsWords));

constexpr std::string_view kTimeAdverbsWords[] = {
    "afterward",   "afterwards",     "again",        "ago",        "already",   "always",      "annually",
    "before",      "beforehand",     "currently",    "daily",      "earlier",   "early",       "eventually",
    "ever",        "finally",        "formerly",     "frequently", "hitherto",  "immediately", "initially",
    "late",        "lately",         "later",        "long",       "meanwhile", "monthly",     "never",
    "now",         "nowadays",       "occasionally", "often",      "once",      "originally",  "permanently",
    "presently",   "previously",     "rarely",       "recently",   "regularly", "repeatedly",  "seldom",
    "shortly",     "simultaneously", "since",        "sometimes",  "soon",      "still",       "subsequently",
    "temporarily", "then",           "thereafter",   "today",      "tomorrow",  "tonight",     "usually",
    "weekly",      "yearly",         "yesterday",
};
static_assert(Sorted(kTimeAdverbsWords));

constexpr std::string_view kPlaceAdverbsWords[] = {
    "abroad",   "anywhere", "away",     "downstairs", "elsewhere",  "everywhere", "here",
    "home",     "indoors",  "inside",   "locally",    "nationwide", "nearby",     "nowhere",
    "outdoors", "outside",  "overseas", "somewhere",  "there",      "upstairs",   "worldwide",
};
static_assert(Sorted(kPlaceAdverbsWords));

constexpr std::string_view kReasonPrepositionsWords[] = {
    "as_a_result_of", "as_consequence_of", "as_result_of", "because_of", "by_reason_of", "due_to", "for_lack_of", "in_light_of",
    "in_protest_against", "in_protest_at", "in_protest_of", "in_reaction_to", "in_response_to", "in_retaliation_for", "in_view_of",
    "on_account_of", "on_basis_of", "on_charges_of", "on_grounds_of", "on_suspicion_of", "on_the_grounds_of", "owing_to", "thanks_to",
};
static_assert(Sorted(kReasonPrepositionsWords));

constexpr std::string_view kReasonMarksWords[] = {
    "as", "because", "cause", "considering", "for", "given", "inasmuch", "lest", "seeing", "since", "so_that",
};
static_assert(Sorted(kReasonMarksWords));

constexpr std::string_view kTimeMarksWords[] = {
    "after", "as",    "as_soon_as", "before", "by_the_time", "following", "on",       "once",
    "prior", "since", "till",       "until",  "upon",        "when",      "whenever", "while",
};
static_assert(Sorted(kTimeMarksWords));

constexpr std::string_view kConditionMarksWords[] = {
    "as_long_as", "assuming",  "except", "had",       "if",     "in_case", "only_if", "otherwise",
    "provided",   "providing", "should", "supposing", "unless", "were",    "whether",
};
static_assert(Sorted(kConditionMarksWords));

constexpr std::string_view kRequestNounsWords[] = {
    "behest",      "bidding",    "command", "demand",    "initiative", "insistence", "instigation",
    "instruction", "invitation", "order",   "prompting", "request",    "suggestion", "urging",
};
static_assert(Sorted(kRequestNounsWords));

constexpr std::string_view kEvidenceNounsWords[] = {
    "company", "country",    "data",   "datum", "evidence", "fact", "finding", "first",
    "force",   "indication", "last",   "man",   "next",     "one",  "only",    "people",
    "person",  "proof",      "report", "sign",  "study",    "team", "thing",   "woman",
};
static_assert(Sorted(kEvidenceNounsWords));

constexpr std::string_view kContentNounsWords[] = {
    "accusation", "acknowledgement", "admission",   "allegation",  "announcement",
    "argument",   "assertion",       "assumption",  "belief",      "chance",
    "charge",     "claim",           "complaint",   "conclusion",  "contention",
    "doubt",      "estimate",        "evidence",    "expectation", "fact",
    "fear",       "feeling",         "hope",        "hypothesis",  "idea",
    "impression", "indication",      "insistence",  "likelihood",  "news",
    "notion",     "opinion",         "possibility", "prediction",  "promise",
    "proof",      "report",          "rumor",       "rumour",      "sign",
    "statement",  "suggestion",      "suspicion",   "theory",      "threat",
    "view",       "warning",
};
static_assert(Sorted(kContentNounsWords));

constexpr std::string_view kDoubtAdjectivesWords[] = {
    "conceivable", "debatable", "doubtful", "dubious",  "impossible",   "improbable",
    "likely",      "plausible", "possible", "probable", "questionable", "uncertain",
    "unclear",     "unknown",   "unlikely", "unsure",
};
static_assert(Sorted(kDoubtAdjectivesWords));

constexpr std::string_view kRelationalNounsWords[] = {
    "adviser",     "advisor",        "agent",        "aide",        "ally",         "ambassador",
    "architect",   "assistant",      "attorney",     "aunt",        "author",       "boss",
    "boyfriend",   "brother",        "candidate",    "capital",     "captain",      "chairman",
    "chairwoman",  "chancellor",     "chief",        "child",       "client",       "co-founder",
    "coach",       "colleague",      "commander",    "composer",    "counterpart",  "cousin",
    "creator",     "critic",         "customer",     "daughter",    "delegate",     "deputy",
    "designer",    "director",       "disciple",     "editor",      "emperor",      "employee",
    "employer",    "enemy",          "envoy",        "father",      "fiance",       "fiancee",
    "founder",     "friend",         "general",      "girlfriend",  "governor",     "granddaughter",
    "grandfather", "grandmother",    "grandson",     "head",        "headquarters", "heir",
    "husband",     "inventor",       "king",         "lawyer",      "leader",       "manager",
    "mayor",       "member",         "mentor",       "minister",    "mother",       "neighbor",
    "neighbour",   "nephew",         "niece",        "opponent",    "owner",        "parent",
    "partner",     "predecessor",    "premier",      "president",   "prince",       "princess",
    "queen",       "representative", "rival",        "secretary",   "senator",      "sister",
    "son",         "spokesman",      "spokesperson", "spokeswoman", "student",      "subsidiary",
    "successor",   "supplier",       "supporter",    "teacher",     "teammate",     "uncle",
    "unit",        "widow",          "widower",      "wife",        "winner",
};
static_assert(Sorted(kRelationalNounsWords));

constexpr std::string_view kPartitivesWords[] = {
    "%",        "all",      "amount", "any",       "array",  "batch",    "body",      "both",    "bulk",
    "bunch",    "couple",   "deal",   "dearth",    "dozen",  "dozens",   "each",      "eight",   "either",
    "few",      "five",     "flurry", "form",      "four",   "group",    "half",      "handful", "host",
    "hundred",  "hundreds", "kind",   "lack",      "list",   "lot",      "majority",  "many",    "million",
    "millions", "minority", "most",   "multitude", "myriad", "nine",     "none",      "number",  "one",
    "package",  "pair",     "panoply",  "part",   "percent",   "piece",  "plenty",   "plethora",  "quarter", "range",
    "rest",     "round",    "score",    "series", "set",       "seven",  "several",  "six",       "slew",    "some",
    "sort",     "spate",    "string", "ten",       "third",  "thousand", "thousands", "three",   "two",
    "type",     "variety",  "wave",
};
static_assert(Sorted(kPartitivesWords));

constexpr std::string_view kArgumentPrepositionsWords[] = {
    "about", "against", "as",   "by", "for",    "from",    "into", "of",
    "on",    "onto",    "over", "to", "toward", "towards", "upon", "with",
};
static_assert(Sorted(kArgumentPrepositionsWords));

constexpr std::string_view kDoubtfulModifiersWords[] = {
    "alleged",  "attempted", "eventual", "future",    "hypothetical", "likely",
    "planned",   "possible", "potential", "proposed",     "purported",
    "putative", "rumored",   "rumoured", "supposed",  "suspected",    "would-be",
};
static_assert(Sorted(kDoubtfulModifiersWords));

constexpr std::string_view kFocusAdverbsWords[] = {
    "accordingly", "actually",      "additionally",  "approximately", "basically",   "certainly",
    "clearly",     "consequently",  "early",         "especially",    "essentially", "exactly",
    "exclusively", "family",        "fortunately",   "fully_well",    "generally",   "hardly",
    "hopefully",   "interestingly", "ironically",    "likely",        "merely",      "namely",
    "nearly",      "obviously",     "only",          "particularly",  "possibly",    "practically",
    "really",      "roughly",       "similarly",     "simply",        "solely",      "specifically",
    "supposedly",  "surely",        "unfortunately", "virtually",
};
static_assert(Sorted(kFocusAdverbsWords));

constexpr std::string_view kModalAdverbsWords[] = {
    "allegedly",  "apparently", "arguably",  "conceivably", "hypothetically", "likely",     "maybe",
    "ostensibly", "perhaps",    "possibly",  "potentially", "presumably",     "probably",   "purportedly",
    "putatively", "reportedly", "reputedly", "rumoredly",   "seemingly",      "supposedly",
};
static_assert(Sorted(kModalAdverbsWords));

constexpr std::string_view kNegatorsWords[] = {
    "barely", "hardly", "n't",     "neither", "never", "no_longer",
    "nor",    "not",    "nowhere", "nt",      "n’t",   "scarcely",
};
static_assert(Sorted(kNegatorsWords));

constexpr std::string_view kNegativeArgumentsWords[] = {
    "neither", "no", "no-one", "nobody", "none", "nothing",
};
static_assert(Sorted(kNegativeArgumentsWords));

constexpr std::string_view kNotOnlyWords[] = {
    "just", "least", "merely", "necessarily", "only", "simply", "solely",
};
static_assert(Sorted(kNotOnlyWords));

constexpr std::string_view kUnrealHeadsWords[] = {
    "accusation", "allegation", "attempt", "ban", "call", "charge", "claim", "danger", "demand", "fear",
    "hope", "idea", "offer", "permission", "plan", "possibility", "proposal", "prospect", "request", "risk",
    "rumor", "rumour", "suspicion", "threat", "veto", "wish",
};
static_assert(Sorted(kUnrealHeadsWords));

constexpr std::string_view kEffortNounsWords[] = {
    "attempt", "bid", "campaign", "decision", "desire", "drive", "effort", "endeavor", "endeavour", "intention", "mission", "move", "plan",
    "policy", "push", "strategy", "willingness",
};
static_assert(Sorted(kEffortNounsWords));

constexpr std::string_view kInstallationNounsWords[] = {
    "base", "bureau", "consulate", "embassy", "facility", "factory", "force", "garrison", "headquarters", "mine", "mission", "office",
    "outpost", "peacekeeper", "plant", "refinery", "shipyard", "soldier", "station", "subsidiary", "troop", "troops",
};
static_assert(Sorted(kInstallationNounsWords));

constexpr std::string_view kStatementNounsWords[] = {
    "account", "analysis", "announcement", "article", "assessment", "audit", "communique", "communiqué", "document", "dossier", "editorial",
    "estimate", "filing", "forecast", "inquiry", "investigation", "letter", "memo", "memorandum", "note", "poll", "probe", "publication",
    "release", "report", "research", "review", "ruling", "statement", "study", "survey", "testimony", "verdict",
};
static_assert(Sorted(kStatementNounsWords));

constexpr std::string_view kComplexPrepositionsWords[] = {
    "as_consequence_of", "as_part_of", "as_result_of", "at_expense_of", "at_hands_of", "by_means_of", "by_way_of", "for_lack_of",
    "in_accordance_with", "in_addition_to", "in_aftermath_of", "in_case_of", "in_collaboration_with", "in_connection_with",
    "in_contrast_to", "in_cooperation_with", "in_course_of", "in_defiance_of", "in_event_of", "in_exchange_for", "in_favor_of",
    "in_favour_of", "in_light_of", "in_line_with", "in_opposition_to", "in_partnership_with", "in_place_of", "in_protest_against",
    "in_protest_at", "in_protest_of", "in_reaction_to", "in_relation_to", "in_response_to", "in_retaliation_for", "in_return_for",
    "in_spite_of", "in_support_of", "in_terms_of", "in_view_of", "in_violation_of", "in_wake_of", "on_account_of", "on_basis_of",
    "on_behalf_of", "on_charges_of", "on_eve_of", "on_grounds_of", "on_suspicion_of", "under_guise_of", "under_pressure_from",
    "under_pretext_of", "with_aid_of", "with_help_of", "with_support_of",
};
static_assert(Sorted(kComplexPrepositionsWords));

}  // namespace

const Table kTimeNouns(kTimeNounsWords);
const Table kTimeAdverbs(kTimeAdverbsWords);
const Table kPlaceAdverbs(kPlaceAdverbsWords);
const Table kReasonPrepositions(kReasonPrepositionsWords);
const Table kReasonMarks(kReasonMarksWords);
const Table kTimeMarks(kTimeMarksWords);
const Table kConditionMarks(kConditionMarksWords);
const Table kRequestNouns(kRequestNounsWords);
const Table kEvidenceNouns(kEvidenceNounsWords);
const Table kContentNouns(kContentNounsWords);
const Table kDoubtAdjectives(kDoubtAdjectivesWords);
const Table kRelationalNouns(kRelationalNounsWords);
const Table kPartitives(kPartitivesWords);
const Table kArgumentPrepositions(kArgumentPrepositionsWords);
const Table kDoubtfulModifiers(kDoubtfulModifiersWords);
const Table kFocusAdverbs(kFocusAdverbsWords);
const Table kModalAdverbs(kModalAdverbsWords);
const Table kNegators(kNegatorsWords);
const Table kNegativeArguments(kNegativeArgumentsWords);
const Table kNotOnly(kNotOnlyWords);
const Table kComplexPrepositions(kComplexPrepositionsWords);
const Table kUnrealHeads(kUnrealHeadsWords);
const Table kEffortNouns(kEffortNounsWords);
const Table kInstallationNouns(kInstallationNounsWords);
const Table kStatementNouns(kStatementNounsWords);

}  // namespace dossier::ingest::words
