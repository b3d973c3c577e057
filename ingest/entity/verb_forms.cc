#include "ingest/entity/verb_forms.h"

#include <algorithm>
#include <iterator>

namespace dossier::ingest {
namespace {

struct Irregular {
  std::string_view base, past, participle;
};

// The irregular verbs of English that news uses. Variants that are regular too (burned, learned) need no line.
constexpr Irregular kIrregular[] = {
    {"arise", "arose", "arisen"},     {"awake", "awoke", "awoken"},     {"be", "was", "been"},
    {"be", "were", "been"},           {"be", "is", "been"},             {"be", "are", "been"},
    {"bear", "bore", "borne"},        {"beat", "beat", "beaten"},       {"become", "became", "become"},
    {"begin", "began", "begun"},      {"bend", "bent", "bent"},         {"bet", "bet", "bet"},
    {"bid", "bid", "bid"},            {"bind", "bound", "bound"},       {"bite", "bit", "bitten"},
    {"bleed", "bled", "bled"},        {"blow", "blew", "blown"},        {"break", "broke", "broken"},
    {"breed", "bred", "bred"},        {"bring", "brought", "brought"},  {"broadcast", "broadcast", "broadcast"},
    {"build", "built", "built"},      {"burn", "burnt", "burnt"},       {"burst", "burst", "burst"},
    {"buy", "bought", "bought"},      {"cast", "cast", "cast"},         {"catch", "caught", "caught"},
    {"choose", "chose", "chosen"},    {"cling", "clung", "clung"},      {"come", "came", "come"},
    {"cost", "cost", "cost"},         {"creep", "crept", "crept"},      {"cut", "cut", "cut"},
    {"deal", "dealt", "dealt"},       {"dig", "dug", "dug"},            {"do", "did", "done"},
    {"draw", "drew", "drawn"},        {"drink", "drank", "drunk"},      {"drive", "drove", "driven"},
    {"eat", "ate", "eaten"},          {"fall", "fell", "fallen"},       {"feed", "fed", "fed"},
    {"feel", "felt", "felt"},         {"fight", "fought", "fought"},    {"find", "found", "found"},
    {"flee", "fled", "fled"},         {"fly", "flew", "flown"},         {"forbid", "forbade", "forbidden"},
    {"forecast", "forecast", "forecast"}, {"foresee", "foresaw", "foreseen"}, {"forget", "forgot", "forgotten"},
    {"forgive", "forgave", "forgiven"}, {"freeze", "froze", "frozen"},  {"get", "got", "gotten"},
    {"get", "got", "got"},            {"give", "gave", "given"},        {"go", "went", "gone"},
    {"grind", "ground", "ground"},    {"grow", "grew", "grown"},        {"hang", "hung", "hung"},
    {"have", "had", "had"},           {"have", "has", "had"},           {"hear", "heard", "heard"},
    {"hide", "hid", "hidden"},        {"hit", "hit", "hit"},            {"hold", "held", "held"},
    {"hurt", "hurt", "hurt"},         {"keep", "kept", "kept"},         {"know", "knew", "known"},
    {"lay", "laid", "laid"},          {"lead", "led", "led"},           {"leave", "left", "left"},
    {"lend", "lent", "lent"},         {"let", "let", "let"},            {"lie", "lay", "lain"},
    {"light", "lit", "lit"},          {"lose", "lost", "lost"},         {"make", "made", "made"},
    {"mean", "meant", "meant"},       {"meet", "met", "met"},           {"mislead", "misled", "misled"},
    {"overcome", "overcame", "overcome"}, {"oversee", "oversaw", "overseen"}, {"overtake", "overtook", "overtaken"},
    {"overthrow", "overthrew", "overthrown"}, {"pay", "paid", "paid"},  {"prove", "proved", "proven"},
    {"put", "put", "put"},            {"quit", "quit", "quit"},         {"read", "read", "read"},
    {"rebuild", "rebuilt", "rebuilt"}, {"ride", "rode", "ridden"},      {"ring", "rang", "rung"},
    {"rise", "rose", "risen"},        {"run", "ran", "run"},            {"say", "said", "said"},
    {"see", "saw", "seen"},           {"seek", "sought", "sought"},     {"sell", "sold", "sold"},
    {"send", "sent", "sent"},         {"set", "set", "set"},            {"shake", "shook", "shaken"},
    {"shed", "shed", "shed"},         {"shine", "shone", "shone"},      {"shoot", "shot", "shot"},
    {"show", "showed", "shown"},      {"shrink", "shrank", "shrunk"},   {"shut", "shut", "shut"},
    {"sing", "sang", "sung"},         {"sink", "sank", "sunk"},         {"sit", "sat", "sat"},
    {"sleep", "slept", "slept"},      {"slide", "slid", "slid"},        {"speak", "spoke", "spoken"},
    {"spend", "spent", "spent"},      {"spin", "spun", "spun"},         {"split", "split", "split"},
    {"spread", "spread", "spread"},   {"spring", "sprang", "sprung"},   {"stand", "stood", "stood"},
    {"steal", "stole", "stolen"},     {"stick", "stuck", "stuck"},      {"strike", "struck", "struck"},
    {"strive", "strove", "striven"},  {"swear", "swore", "sworn"},      {"sweep", "swept", "swept"},
    {"swim", "swam", "swum"},         {"swing", "swung", "swung"},      {"take", "took", "taken"},
    {"teach", "taught", "taught"},    {"tear", "tore", "torn"},         {"tell", "told", "told"},
    {"think", "thought", "thought"},  {"throw", "threw", "thrown"},     {"undergo", "underwent", "undergone"},
    {"understand", "understood", "understood"}, {"undertake", "undertook", "undertaken"}, {"upset", "upset", "upset"},
    {"wake", "woke", "woken"},        {"wear", "wore", "worn"},         {"win", "won", "won"},
    {"wind", "wound", "wound"},       {"withdraw", "withdrew", "withdrawn"}, {"withhold", "withheld", "withheld"},
    {"withstand", "withstood", "withstood"}, {"write", "wrote", "written"},
};

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

void Add(std::string candidate, std::vector<std::string>& out) {
  if (candidate.size() >= 2 && std::find(out.begin(), out.end(), candidate) == out.end()) out.push_back(std::move(candidate));
}

// "planned" without its ending is "plann": the doubled consonant goes, comes with an e, or stays.
void AddStems(std::string_view stem, std::vector<std::string>& out) {
  const size_t n = stem.size();
  const bool doubled = n >= 3 && stem[n - 1] == stem[n - 2] && !IsVowel(stem[n - 1]);
  const std::string plain(stem);
  // "accus" wants an e: a short vowel before one consonant that is not doubled ("fin", "hop"), or an ending that no English verb has
  // without it.
  const bool short_stem = n >= 2 && n <= 4 && !IsVowel(stem[n - 1]) && IsVowel(stem[n - 2]) && (n < 3 || !IsVowel(stem[n - 3])) &&
                          std::string_view("wxy").find(stem[n - 1]) == std::string_view::npos &&
                          std::count_if(stem.begin(), stem.end(), IsVowel) == 1;
  const bool wants_e = n >= 2 && !doubled &&
                       (short_stem || (std::string_view("cvsz").find(stem[n - 1]) != std::string_view::npos && stem[n - 2] != 's') ||
                        stem[n - 1] == 'u' || (stem[n - 1] == 'g' && stem[n - 2] != 'n') || stem.ends_with("at") || stem == "fre" || stem == "agre");
  if (doubled && stem[n - 1] != 's' && stem[n - 1] != 'l') Add(std::string(stem.substr(0, n - 1)), out);
  if (wants_e) Add(plain + "e", out);
  Add(plain, out);
  Add(plain + "e", out);
  if (doubled) Add(std::string(stem.substr(0, n - 1)), out);
}

}  // namespace

std::vector<std::string_view> IrregularBases(std::string_view form) {
  std::vector<std::string_view> bases;
  for (const Irregular& verb : kIrregular) {
    if (form == verb.past || form == verb.participle) bases.push_back(verb.base);
  }
  return bases;
}

std::vector<std::string> LemmaCandidates(std::string_view form) {
  std::vector<std::string> out;
  for (const Irregular& verb : kIrregular) {
    if (form == verb.past || form == verb.participle) Add(std::string(verb.base), out);
  }
  const auto without = [&](size_t count) { return form.substr(0, form.size() - count); };
  if (form.ends_with("ied") && form.size() > 4) Add(std::string(without(3)) + "y", out);
  else if (form.ends_with("ed") && form.size() > 3) AddStems(without(2), out);
  if (form.ends_with("ing") && form.size() > 4) AddStems(without(3), out);
  if (form.ends_with("ies") && form.size() > 4) {
    Add(std::string(without(3)) + "y", out);
  } else if (form.ends_with("s") && !form.ends_with("ss") && form.size() > 2) {
    const std::string_view stem = without(1);
    if (stem.ends_with("sse") || stem.ends_with("she") || stem.ends_with("che") || stem.ends_with("xe") || stem.ends_with("oe")) {
      Add(std::string(without(2)), out);
    }
    Add(std::string(stem), out);
  }
  if (!form.empty() && std::find(out.begin(), out.end(), form) == out.end()) out.emplace_back(form);
  return out;
}

bool IsPastParticiple(std::string_view form) {
  if (form.ends_with("ed") && form.size() > 3 && form != "need" && form != "feed" && form != "indeed") return true;
  return std::any_of(std::begin(kIrregular), std::end(kIrregular),
                     [&](const Irregular& verb) { return verb.participle == form; });
}

bool IsGerund(std::string_view form) { return form.ends_with("ing") && form.size() > 4; }

}  // namespace dossier::ingest
