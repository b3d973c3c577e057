#include "ingest/map/relation_axioms.h"

#include <algorithm>
#include <iterator>

namespace dossier::ingest {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// "A employs B" and "B works for A". The agent of a passive is the subject already, so that passives need no line.
constexpr Pair kInverses[] = {
    {"beat", "lose_to"},           {"buy_from", "sell_to"},       {"command", "serve_under"},  {"contain", "be_part_of"},
    {"defeat", "lose_to"},         {"employ", "work_for"},        {"export_to", "import_from"}, {"give_to", "receive_from"},
    {"include", "be_part_of"},     {"lend_to", "borrow_from"},    {"own", "belong_to"},        {"purchase_from", "sell_to"},
    {"rent_to", "rent_from"},      {"succeed", "precede"},        {"supervise", "report_to"},  {"teach", "learn_from"},
};

constexpr std::string_view kSymmetric[] = {
    "agree_with",     "ally_with",     "argue_with",     "be_allied_with",  "be_ally_of",    "be_at_war_with", "be_married_to",
    "be_related_to",  "border",        "border_on",      "clash_with",      "coincide_with", "collaborate_with", "compete_with",
    "confer_with",    "consult_with",  "cooperate_with", "coordinate_with", "correspond_with", "differ_from",  "disagree_with",
    "divorce",        "fight_with",    "marry",          "meet",            "meet_with",     "merge_with",     "negotiate_with",
    "overlap_with",   "partner_with",  "quarrel_with",   "resemble",        "speak_with",    "talk_with",      "trade_with",
};

// Both cannot be said truly of the same two things at the same time.
constexpr Pair kOpposites[] = {
    {"accept", "refuse"},   {"accept", "reject"},    {"acquit", "convict"},      {"acquit_of", "convict_of"}, {"admit", "deny"},
    {"agree_with", "disagree_with"}, {"allow", "forbid"}, {"allow", "prevent"},  {"approve", "reject"},       {"back", "oppose"},
    {"confirm", "deny"},    {"confirm", "refute"},   {"favor", "oppose"},        {"fail", "succeed"},         {"love", "hate"},
    {"ratify", "reject"},   {"support", "oppose"},   {"trust", "distrust"},      {"violate", "respect"},      {"vote_against", "vote_for"},
};

constexpr std::string_view kFunctional[] = {
    "be_aged", "be_based_in", "be_born_in", "be_born_on", "be_headquartered_in", "be_located_in", "belong_to", "cost", "die_in", "die_on", "weigh",
};

template <size_t N>
std::vector<std::string_view> Partners(const Pair (&pairs)[N], std::string_view relation) {
  std::vector<std::string_view> out;
  for (const auto& [a, b] : pairs) {
    if (a == relation) out.push_back(b);
    if (b == relation) out.push_back(a);
  }
  return out;
}

}  // namespace

std::vector<std::string_view> InversesOf(std::string_view relation) { return Partners(kInverses, relation); }
std::vector<std::string_view> OppositesOf(std::string_view relation) { return Partners(kOpposites, relation); }
bool IsSymmetric(std::string_view relation) {
  return std::binary_search(std::begin(kSymmetric), std::end(kSymmetric), relation);
}
bool IsFunctional(std::string_view relation) {
  return std::find(std::begin(kFunctional), std::end(kFunctional), relation) != std::end(kFunctional);
}

std::vector<Pair> AllInverses() { return {std::begin(kInverses), std::end(kInverses)}; }
std::vector<Pair> AllOpposites() { return {std::begin(kOpposites), std::end(kOpposites)}; }
std::vector<std::string_view> AllSymmetric() { return {std::begin(kSymmetric), std::end(kSymmetric)}; }
std::vector<std::string_view> AllFunctional() { return {std::begin(kFunctional), std::end(kFunctional)}; }

}  // namespace dossier::ingest
