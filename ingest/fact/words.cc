#include "ingest/fact/words.h"

#include <algorithm>

namespace dossier::ingest::words {
namespace {

template <size_t N>
constexpr bool Sorted(const std::string_view (&table)[N]) {
  for (size_t i = 1; i < N; ++i) {
    if (!(table[i - 1] < table[i])) return false;
  }
  return true;
}

constexpr std::string_view kSpeechVerbsWords[] = {
    "accuse",    "acknowledge", "add",       "admit",       "advise",      "affirm",    "agree",
    "allege",    "announce",    "answer",    "argue",       "ask",         "assert",    "assume",
    "assure",    "attest",      "believe",   "boast",       "brief",       "caution",   "certify",
    "charge",    "cite",        "claim",     "comment",     "complain",    "concede",   "conclude",
    "confirm",   "consider",    "contend",   "continue",    "convince",    "counter",   "cry",
    "decide",    "declare",     "deem",      "demand",      "demonstrate", "deny",      "describe",
    "determine", "disagree",    "disclose",  "discover",    "dispute",     "doubt",     "emphasise",
    "emphasize", "establish",   "estimate",  "exclaim",     "expect",      "explain",   "fear",
    "feel",      "find",        "forecast",  "forget",      "go_on",       "guess",     "hear",
    "highlight", "hold",        "hope",      "hypothesize", "imply",       "indicate",  "inform",
    "insist",    "interject",   "joke",      "judge",       "know",        "lament",    "learn",
    "maintain",  "mean",        "muse",      "mutter",      "note",        "notice",    "notify",
    "object",    "observe",     "opine",     "order",       "persuade",    "pledge",    "point_out",
    "posit",     "predict",     "presume",   "proclaim",    "profess",     "promise",   "propose",
    "protest",   "prove",       "quip",      "quote",       "read",        "reaffirm",  "realise",
    "realize",   "recall",      "reckon",    "recognise",   "recognize",   "recommend", "refute",
    "regret",    "reiterate",   "reject",    "remark",      "remember",    "remind",    "repeat",
    "reply",     "report",      "request",   "respond",     "reveal",      "rule",      "say",
    "see",       "shout",       "show",      "speculate",   "state",       "stress",    "suggest",
    "suppose",   "suspect",     "swear",     "tell",        "testify",     "theorize",  "think",
    "tout",      "tweet",       "underline", "underscore",  "understand",  "urge",      "vow",
    "warn",      "whisper",     "worry",     "write",
};
static_assert(Sorted(kSpeechVerbsWords));

constexpr std::string_view kDoubtVerbsWords[] = {
    "allege",   "ask",     "assume",   "decide",    "demand",  "doubt",       "dream",   "estimate",
    "expect",   "fear",    "forecast", "guess",     "hope",    "hypothesize", "imagine", "order",
    "pledge",   "predict", "presume",  "pretend",   "promise", "propose",     "purport", "recommend",
    "request",  "rumor",   "rumour",   "speculate", "suggest", "suppose",     "suspect", "swear",
    "theorize", "urge",    "vow",      "wonder",    "worry",
};
static_assert(Sorted(kDoubtVerbsWords));

constexpr std::string_view kDenyVerbsWords[] = {
    "deny", "disprove", "dispute", "refute", "reject",
};
static_assert(Sorted(kDenyVerbsWords));

constexpr std::string_view kWishVerbsWords[] = {
    "advise",    "agree",    "aim",        "appeal",    "arrange",   "ask",       "attempt",   "beg",
    "bid",       "call",     "campaign",   "challenge", "choose",    "command",   "consider",  "dare",
    "decide",    "demand",   "desire",     "elect",     "encourage", "endeavor",  "endeavour", "expect",
    "fear",      "fight",    "hate",       "hope",      "implore",   "instruct",  "intend",    "invite",
    "like",      "lobby",    "long",       "look",      "love",      "mean",      "need_to",   "offer",
    "opt",       "order",    "persuade",   "petition",  "plan",      "pledge",    "prefer",    "prepare",
    "press",     "pressure", "promise",    "propose",   "push",      "recommend", "remind",    "request",
    "resolve",   "seek",     "strive",     "struggle",  "swear",     "tell",      "threaten",  "try",
    "undertake", "urge",     "volunteer",  "vote",      "vow",       "wait",      "want",      "warn",
    "wish",      "work",     "would_like", "yearn",
};
static_assert(Sorted(kWishVerbsWords));

constexpr std::string_view kNegativeVerbsWords[] = {
    "abstain", "avoid", "cease",   "decline", "deny",    "escape", "fail",   "forget",
    "forgo",   "miss",  "neglect", "omit",    "refrain", "refuse", "resist",
};
static_assert(Sorted(kNegativeVerbsWords));

constexpr std::string_view kPreventVerbsWords[] = {
    "ban",      "bar",     "block",    "deter",    "discourage", "dissuade", "exclude",
    "exempt",   "forbid",  "hinder",   "inhibit",  "keep",       "preclude", "prevent",
    "prohibit", "protect", "restrain", "restrict", "save",       "stop",
};
static_assert(Sorted(kPreventVerbsWords));

constexpr std::string_view kPossibleVerbsWords[] = {
    "allege",  "allow",   "appear",  "assume",   "authorise", "authorize", "believe", "claim",   "consider",
    "empower", "enable",  "entitle", "estimate", "expect",    "feign",     "license", "look",
    "permit",  "presume", "pretend", "purport",  "qualify",   "report",    "rumor",   "rumour",  "say",
    "seem",    "suppose", "suspect", "tend",     "think",     "threaten",
};
static_assert(Sorted(kPossibleVerbsWords));

constexpr std::string_view kNecessaryVerbsWords[] = {
    "compel", "got", "have", "need", "oblige", "require",
};
static_assert(Sorted(kNecessaryVerbsWords));

constexpr std::string_view kSubjectControlVerbsWords[] = {
    "pledge", "promise", "swear", "threaten", "vow",
};
static_assert(Sorted(kSubjectControlVerbsWords));

constexpr std::string_view kObliqueControlWords[] = {
    "appeal to",  "arrange for", "ask of",      "call on",    "call upon",    "campaign for",
    "count on",   "depend on",   "impose on",   "leave to",   "long for",     "look to",
    "plead with", "press for",   "pressure on", "prevail on", "prevail upon", "push for",
    "rely on",    "shout at",    "shout to",    "signal to",  "wait for",     "yell at",
};
static_assert(Sorted(kObliqueControlWords));

constexpr std::string_view kObjectGerundVerbsWords[] = {
    "accuse",  "accustom", "acquit",  "arrest",     "blame",     "bully",  "catch",     "charge",
    "cite",    "coerce",   "commend", "condemn",    "convict",   "credit", "criticise", "criticize",
    "cure",    "deceive",  "depict",  "draw",       "dupe",      "excuse", "find",      "fine",
    "fool",    "force",    "forgive", "hear",       "imprison",  "indict", "jail",      "keep",
    "lead",    "leave",    "lure",    "photograph", "picture",   "praise", "pressure",  "prosecute",
    "provoke", "punish",   "push",    "rebuke",     "reprimand", "scare",  "see",       "sentence",
    "show",    "spot",     "sue",     "suspect",    "talk",      "thank",  "trick",     "warn",
    "watch",
};
static_assert(Sorted(kObjectGerundVerbsWords));

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
    "as_a_result_of", "because_of",         "by_reason_of",      "due_to",        "in_light_of",
    "in_response_to", "in_retaliation_for", "in_view_of",        "on_account_of", "on_charges_of",
    "on_grounds_of",  "on_suspicion_of",    "on_the_grounds_of", "owing_to",      "thanks_to",
};
static_assert(Sorted(kReasonPrepositionsWords));

constexpr std::string_view kReasonVerbsWords[] = {
    "apologise", "apologize",   "arrest",    "attack",   "award",     "ban",     "banish",    "berate",
    "boycott",     "celebrate", "censure",  "charge",    "chide",   "commend",   "condemn",
    "convict",   "criticise",   "criticize", "demote",   "denounce",  "detain",  "discharge", "discipline",
    "dismiss",   "disqualify",  "evict",     "execute",  "exile",     "expel",   "famous",    "fault",
    "fine",      "fire",        "hang",      "hate",     "honor",     "honour",  "impeach",   "imprison",
    "indict",    "investigate", "jail",      "kill",     "known",     "lambast", "lampoon",   "mock",
    "mourn",     "oust",        "penalize",  "praise",   "prosecute", "protest", "punish",    "quit",
    "rebuke",    "remove",      "reprimand", "reproach", "resign",    "reward",  "ridicule",  "sack",
    "sanction",  "scold",       "sentence",  "shame",    "slam",      "sue",     "suspend",   "thank",
    "try",
};
static_assert(Sorted(kReasonVerbsWords));

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

constexpr std::string_view kLightVerbsWords[] = {
    "acquire", "bear", "cast", "conduct", "do",  "draw",  "exert", "express",  "gain",   "get",   "give",
    "have",    "hold", "keep", "launch",  "lay", "lend",  "lose",  "maintain", "make",   "offer", "pay",
    "place",   "play", "pose", "provide", "put", "raise", "reach", "show",     "strike", "take",  "voice",
};
static_assert(Sorted(kLightVerbsWords));

constexpr std::string_view kCopularVerbsWords[] = {
    "appear", "become", "constitute", "feel", "get",   "go",    "grow",  "keep", "look",  "number", "prove",
    "rank",   "remain", "represent",  "seem", "smell", "sound", "stand", "stay", "taste", "turn",   "weigh",
};
static_assert(Sorted(kCopularVerbsWords));

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
    "pair",     "panoply",  "part",   "percent",   "piece",  "plenty",   "plethora",  "quarter", "range",
    "rest",     "score",    "series", "set",       "seven",  "several",  "six",       "slew",    "some",
    "sort",     "spate",    "string", "ten",       "third",  "thousand", "thousands", "three",   "two",
    "type",     "variety",  "wave",
};
static_assert(Sorted(kPartitivesWords));

constexpr std::string_view kServingVerbsWords[] = {
    "advise",    "assist",  "audit",   "coach",   "command", "counsel", "direct",    "employ",
    "escort",    "finance", "fund",    "guard",   "guide",   "help",    "inspect",   "instruct",
    "lead",      "manage",  "mentor",  "monitor", "oversee", "protect", "represent", "sponsor",
    "supervise", "supply",  "support", "teach",   "train",   "treat",   "tutor",
};
static_assert(Sorted(kServingVerbsWords));

constexpr std::string_view kArgumentPrepositionsWords[] = {
    "about", "against", "as",   "by", "for",    "from",    "into", "of",
    "on",    "onto",    "over", "to", "toward", "towards", "upon", "with",
};
static_assert(Sorted(kArgumentPrepositionsWords));

constexpr std::string_view kObjectInfinitiveVerbsWords[] = {
    "advise",    "allow",     "appoint",  "ask",    "authorise", "authorize", "beg",      "cause",
    "challenge", "choose",    "command",  "compel", "convince",  "designate", "direct",   "elect",
    "enable",    "encourage", "entitle",  "expect", "force",     "get",       "help",     "hire",
    "induce",    "inspire",   "instruct", "invite", "lead",      "motivate",  "nominate", "oblige",
    "order",     "permit",    "persuade", "press",  "pressure",  "prompt",    "provoke",  "push",
    "remind",    "request",   "require",  "select", "teach",     "tell",      "tempt",    "train",
    "urge",      "want",      "warn",
};
static_assert(Sorted(kObjectInfinitiveVerbsWords));

constexpr std::string_view kOfVerbsWords[] = {
    "absolve", "accuse",   "acquit",   "advise",  "apprise", "ask",     "assure",     "cheat",
    "clear",   "convict",  "convince", "cure",    "demand",  "deprive", "dispossess", "divest",
    "dream",   "expect",   "hear",     "indict",  "inform",  "know",    "learn",      "make",
    "notify",  "persuade", "purge",    "relieve", "remind",  "require", "rid",        "rob",
    "say",     "speak",    "strip",    "suspect", "tell",    "think",   "warn",
};
static_assert(Sorted(kOfVerbsWords));

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

constexpr std::string_view kVerbPrepositionsWords[] = {
    "accuse of",     "acquire from",  "acquit of",      "add to",         "allocate to",    "appoint to",
    "arm with",      "arrest for",    "arrest over",    "ask about",      "assign to",      "associate with",
    "attribute to",  "award for",     "award to",       "ban from",       "beat over",      "blame for",
    "borrow from",   "bring to",      "buy from",       "cede to",        "charge for",     "charge with",
    "compare to",    "compare with",  "condemn for",    "connect to",     "convert into",   "convict of",
    "convince of",   "criticise for", "criticise over", "criticize for",  "criticize over", "defeat over",
    "deliver to",    "demand from",   "deprive of",     "discuss with",   "dismiss from",   "dismiss over",
    "divide into",   "donate to",     "elect to",       "equip with",     "evict from",     "exchange for",
    "exchange with", "exclude from",  "expel from",     "explain to",     "export to",      "extend to",
    "file against",  "fine for",      "fine over",      "fire over",      "free from",      "get from",
    "give to",       "grant to",      "hand to",        "import from",    "inform about",   "inform of",
    "invite to",     "issue to",      "launch against", "lead against",   "lease to",       "lend to",
    "limit to",      "link to",       "lose to",        "negotiate with", "notify of",      "obtain from",
    "offer to",      "order from",    "oust from",      "oust over",      "owe to",         "pay for",
    "pay to",        "praise for",    "present to",     "present with",   "prosecute for",  "protect from",
    "provide to",    "provide with",  "punish for",     "purchase from",  "question about", "receive from",
    "recover from",  "remind of",     "remove from",    "rent to",        "replace with",   "rescue from",
    "return to",     "reward for",    "rob of",         "sack from",      "sack over",      "sell to",
    "send to",       "sentence to",   "separate from",  "share with",     "ship to",        "show to",
    "sign with",     "split into",    "steal from",     "strip of",       "submit to",      "sue over",
    "supply to",     "supply with",   "suspect of",     "suspend over",   "take from",      "tell about",
    "tell to",       "thank for",     "threaten with",  "transfer to",    "transform into", "translate into",
    "turn into",     "wage against",  "warn about",     "warn of",        "win against",    "withdraw from",
};
static_assert(Sorted(kVerbPrepositionsWords));

constexpr std::string_view kDoubtfulModifiersWords[] = {
    "alleged",  "attempted", "further",  "future",    "hypothetical", "likely",
    "no",       "planned",   "possible", "potential", "proposed",     "purported",
    "putative", "rumored",   "rumoured", "supposed",  "suspected",    "would-be",
};
static_assert(Sorted(kDoubtfulModifiersWords));

constexpr std::string_view kNounPrepositionObjectsWords[] = {
    "accuse against",  "admire for",       "aid to",           "assail on",        "assault against",
    "assault on",      "assist to",        "attack against",   "attack on",        "attack upon",
    "back for",        "ban on",           "betray to",        "blockade on",      "bomb on",
    "boycott against", "command over",     "control over",     "demand for",       "dominate over",
    "embargo on",      "endorse for",      "govern over",      "influence on",     "influence over",
    "invade into",     "invade on",        "investigate into", "love for",         "marry with",
    "master over",     "need for",         "nominate for",     "oppose against",   "oppose to",
    "praise for",      "probe into",       "raid against",     "raid on",          "replace for",
    "resist against",  "respect for",      "rule over",        "sanction against", "strike against",
    "strike on",       "supervise over",   "support for",      "support toward",   "sympathize for",
    "tax on",          "threaten against", "threaten to",      "triumph over",     "visit to",
};
static_assert(Sorted(kNounPrepositionObjectsWords));

constexpr std::string_view kSubordinatingVerbsWords[] = {
    "accompany",   "answer", "assign", "attach", "bring",  "collaborate", "cooperate",
    "coordinate",  "depend", "deploy", "embed",  "employ", "entrust",     "have",
    "hire",        "host",   "keep",   "place",  "post",   "provide",     "put",
    "recruit",     "rely",   "retain", "second", "serve",  "station",     "subject",
    "subordinate", "supply", "turn",   "use",    "work",
};
static_assert(Sorted(kSubordinatingVerbsWords));

constexpr std::string_view kGerundVerbsWords[] = {
    "admit", "anticipate", "appreciate", "avoid", "bear", "begin", "busy", "catch", "cease", "come", "complete", "consider", "contemplate", "continue", "delay", "deny", "describe", "die", "discuss", "dislike", "end", "enjoy", "entail", "feel", "find", "finish", "forbid", "get", "go", "hate", "hear", "help", "imagine", "include", "involve", "keep", "leave", "lie", "like", "love", "mean", "mention", "mind", "miss", "necessitate", "oppose", "permit", "postpone", "practise", "prefer", "propose", "quit", "recall", "recommend", "regret", "remember", "report", "require", "resist", "risk", "save", "see", "sit", "spend", "stand", "start", "stay", "stop", "suggest", "tolerate", "try", "understand", "watch",
};
static_assert(Sorted(kGerundVerbsWords));

constexpr std::string_view kNamingVerbsWords[] = {
    "anoint", "appoint", "brand", "call",  "choose", "christen", "consider",  "crown", "declare", "deem",
    "dub",    "elect",   "find",  "label", "make",   "name",     "nickname",  "nominate", "proclaim", "pronounce", "rename",
};
static_assert(Sorted(kNamingVerbsWords));

constexpr std::string_view kOwningVerbsWords[] = {
    "advise", "author", "back", "build", "buy", "chair", "coach", "command", "commit", "create", "defend",
    "design", "direct", "discover", "drive", "edit", "employ", "establish", "finance", "found", "govern",
    "guide", "head", "host", "invent", "kill", "lead", "make", "manage", "murder", "operate", "organise",
    "organize", "oversee", "own", "produce", "publish", "represent", "rule", "run", "sell", "sponsor",
    "supervise", "supply", "support", "teach", "train", "win",
};
static_assert(Sorted(kOwningVerbsWords));

constexpr std::string_view kUnrealObjectVerbsWords[] = {
    "abandon", "approve", "ask", "authorize", "avoid", "await", "ban", "block", "cancel", "consider",
    "contemplate", "delay", "demand", "deny", "discuss", "dispute", "dream", "expect", "fear", "forbid",
    "halt", "hope", "need", "negotiate", "oppose", "order", "plan", "postpone", "predict", "prepare",
    "prevent", "prohibit", "promise", "propose", "refuse", "reject", "request", "require", "resist", "seek",
    "stop", "suggest", "threaten", "urge", "want", "warn", "wish",
};
static_assert(Sorted(kUnrealObjectVerbsWords));

constexpr std::string_view kUnrealHeadsWords[] = {
    "accusation", "allegation", "attempt", "ban", "call", "charge", "claim", "danger", "demand", "fear",
    "hope", "idea", "offer", "permission", "plan", "possibility", "proposal", "prospect", "request", "risk",
    "rumor", "rumour", "suspicion", "threat", "veto", "wish",
};
static_assert(Sorted(kUnrealHeadsWords));

}  // namespace

const Table kSpeechVerbs(kSpeechVerbsWords);
const Table kDoubtVerbs(kDoubtVerbsWords);
const Table kDenyVerbs(kDenyVerbsWords);
const Table kWishVerbs(kWishVerbsWords);
const Table kNegativeVerbs(kNegativeVerbsWords);
const Table kPreventVerbs(kPreventVerbsWords);
const Table kPossibleVerbs(kPossibleVerbsWords);
const Table kNecessaryVerbs(kNecessaryVerbsWords);
const Table kSubjectControlVerbs(kSubjectControlVerbsWords);
const Table kObliqueControl(kObliqueControlWords);
const Table kObjectGerundVerbs(kObjectGerundVerbsWords);
const Table kModalAdverbs(kModalAdverbsWords);
const Table kNegators(kNegatorsWords);
const Table kNegativeArguments(kNegativeArgumentsWords);
const Table kNotOnly(kNotOnlyWords);
const Table kTimeNouns(kTimeNounsWords);
const Table kTimeAdverbs(kTimeAdverbsWords);
const Table kPlaceAdverbs(kPlaceAdverbsWords);
const Table kReasonPrepositions(kReasonPrepositionsWords);
const Table kReasonVerbs(kReasonVerbsWords);
const Table kReasonMarks(kReasonMarksWords);
const Table kTimeMarks(kTimeMarksWords);
const Table kConditionMarks(kConditionMarksWords);
const Table kRequestNouns(kRequestNounsWords);
const Table kEvidenceNouns(kEvidenceNounsWords);
const Table kContentNouns(kContentNounsWords);
const Table kLightVerbs(kLightVerbsWords);
const Table kCopularVerbs(kCopularVerbsWords);
const Table kDoubtAdjectives(kDoubtAdjectivesWords);
const Table kRelationalNouns(kRelationalNounsWords);
const Table kPartitives(kPartitivesWords);
const Table kServingVerbs(kServingVerbsWords);
const Table kGerundVerbs(kGerundVerbsWords);
const Table kNamingVerbs(kNamingVerbsWords);
const Table kOwningVerbs(kOwningVerbsWords);
const Table kUnrealObjectVerbs(kUnrealObjectVerbsWords);
const Table kUnrealHeads(kUnrealHeadsWords);
const Table kArgumentPrepositions(kArgumentPrepositionsWords);
const Table kObjectInfinitiveVerbs(kObjectInfinitiveVerbsWords);
const Table kOfVerbs(kOfVerbsWords);
const Table kFocusAdverbs(kFocusAdverbsWords);
const Table kVerbPrepositions(kVerbPrepositionsWords);
const Table kDoubtfulModifiers(kDoubtfulModifiersWords);
const Table kNounPrepositionObjects(kNounPrepositionObjectsWords);
const Table kSubordinatingVerbs(kSubordinatingVerbsWords);

bool Has(Table table, std::string_view word) { return std::binary_search(table.begin(), table.end(), word); }

}  // namespace dossier::ingest::words
