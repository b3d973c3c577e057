// Tables of verbs.
#include "ingest/fact/words.h"

#include <algorithm>

#include "ingest/fact/word_table.h"

namespace dossier::ingest::words {
namespace {

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

constexpr std::string_view kServingVerbsWords[] = {
    "advise",    "assist",  "audit",   "coach",   "command", "counsel", "direct",    "employ",
    "escort",    "finance", "fund",    "guard",   "guide",   "help",    "inspect",   "instruct",
    "lead",      "manage",  "mentor",  "monitor", "oversee", "protect", "represent", "sponsor",
    "supervise", "supply",  "support", "teach",   "train",   "treat",   "tutor",
};
static_assert(Sorted(kServingVerbsWords));

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

constexpr std::string_view kTradeVerbsWords[] = {
    "buy", "deliver", "distribute", "export", "import", "manufacture", "produce", "provide", "purchase", "sell", "ship", "smuggle", "steal",
    "supply", "trade", "transfer",
};
static_assert(Sorted(kTradeVerbsWords));

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
    "contemplate", "debate", "delay", "demand", "deny", "discuss", "dispute", "dream", "expect", "fear", "forbid",
    "halt", "hope", "need", "negotiate", "oppose", "order", "plan", "postpone", "predict", "prepare",
    "prevent", "prohibit", "promise", "propose", "refuse", "reject", "request", "require", "resist", "seek",
    "stop", "suggest", "threaten", "urge", "want", "warn", "wish",
};
static_assert(Sorted(kUnrealObjectVerbsWords));

constexpr std::string_view kNeverPassiveWords[] = {
    "appear", "arrive", "belong", "collapse", "come", "die", "disappear", "emerge", "exist", "expire", "fall", "go", "happen", "lie",
    "occur", "remain", "rise", "seem", "vanish",
};
static_assert(Sorted(kNeverPassiveWords));

constexpr std::string_view kHappenVerbsWords[] = {
    "arise", "begin", "break_out", "come", "commence", "ensue", "erupt", "follow", "happen", "materialise", "materialize", "occur",
    "result", "resume", "start", "take",
};
static_assert(Sorted(kHappenVerbsWords));

constexpr std::string_view kOfficeVerbsWords[] = {
    "appoint", "demote", "dismiss", "fire", "install", "name", "nominate", "oust", "promote", "recall", "reinstate", "remove", "replace",
    "sack", "suspend",
};
static_assert(Sorted(kOfficeVerbsWords));

constexpr std::string_view kLightPairsWords[] = {
    "draw line", "give ground", "hold talk", "hold talks", "keep pressure", "lay siege", "make case", "make headway", "put pressure",
    "set sight", "strike balance", "strike deal", "take aim", "take hold", "take position", "take side", "take stance", "take stand",
    "take step",
};
static_assert(Sorted(kLightPairsWords));

constexpr std::string_view kRoleVerbsWords[] = {
    "act", "double", "function", "operate", "perform", "serve", "work",
};
static_assert(Sorted(kRoleVerbsWords));

constexpr std::string_view kRegardVerbsWords[] = {
    "cast", "characterise", "characterize", "consider", "depict", "describe", "identify", "label", "paint", "perceive", "portray", "regard",
    "see", "treat", "view",
};
static_assert(Sorted(kRegardVerbsWords));

constexpr std::string_view kContestVerbsWords[] = {
    "accept", "address", "celebrate", "challenge", "condemn", "contest", "counter", "criticise", "criticize", "cut", "decry", "defend",
    "denounce", "describe", "end", "exploit", "extend", "increase", "limit", "mention", "monitor", "praise", "protest", "reduce", "resent",
    "resist", "reverse", "strengthen", "undermine", "weaken", "welcome",
};
static_assert(Sorted(kContestVerbsWords));

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
const Table kReasonVerbs(kReasonVerbsWords);
const Table kLightVerbs(kLightVerbsWords);
const Table kCopularVerbs(kCopularVerbsWords);
const Table kServingVerbs(kServingVerbsWords);
const Table kTradeVerbs(kTradeVerbsWords);
const Table kGerundVerbs(kGerundVerbsWords);
const Table kNamingVerbs(kNamingVerbsWords);
const Table kOwningVerbs(kOwningVerbsWords);
const Table kUnrealObjectVerbs(kUnrealObjectVerbsWords);
const Table kObjectInfinitiveVerbs(kObjectInfinitiveVerbsWords);
const Table kOfVerbs(kOfVerbsWords);
const Table kVerbPrepositions(kVerbPrepositionsWords);
const Table kNounPrepositionObjects(kNounPrepositionObjectsWords);
const Table kContestVerbs(kContestVerbsWords);
const Table kSubordinatingVerbs(kSubordinatingVerbsWords);
const Table kNeverPassive(kNeverPassiveWords);
const Table kHappenVerbs(kHappenVerbsWords);
const Table kOfficeVerbs(kOfficeVerbsWords);
const Table kLightPairs(kLightPairsWords);
const Table kRoleVerbs(kRoleVerbsWords);
const Table kRegardVerbs(kRegardVerbsWords);

bool Has(Table table, std::string_view word) { return std::binary_search(table.begin(), table.end(), word); }

}  // namespace dossier::ingest::words
