#include "ingest/map/relations.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/entity/lexicon.h"
#include "ingest/map/iris.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::Term;

struct Pair {
  std::string_view one, other;
};
// "X one Y" is "Y other X".
constexpr Pair kInverse[] = {
    {"be_child_of", "be_parent_of"},
    {"be_predecessor_of", "be_successor_of"},
    {"be_teacher_of", "be_student_of"},
    {"belong_to", "own"},
    {"borrow_from", "lend_to"},
    {"buy_from", "sell_to"},
    {"defeat", "lose_to"},
    {"employ", "work_for"},
    {"export_to", "import_from"},
    {"follow", "precede"},
    {"give_to", "receive_from"},
    {"inherit_from", "bequeath_to"},
    {"learn_from", "teach"},
    {"obey", "command"},
    {"report_to", "supervise"},
    {"succeed", "be_succeeded_by"},
};
constexpr std::string_view kSymmetric[] = {
    "agree_with",     "ally_with",       "be_ally_of",    "be_brother_of", "be_colleague_of", "be_counterpart_of", "be_cousin_of",
    "be_enemy_of",    "be_friend_of",    "be_neighbor_of", "be_neighbour_of", "be_partner_of", "be_rival_of",   "be_sister_of",
    "border",         "ceasefire_with",  "clash_with",    "collaborate_with", "compete_with", "conflict_with",  "confer_with",
    "cooperate_with", "correspond_with", "differ_from",   "discuss_with",  "fight_with",      "marry",          "meet",
    "meet_with",      "merge_with",      "negotiate_with", "resemble",     "speak_with",      "talk_with",      "trade_with",
    "treaty_with",    "war_with",
};

}  // namespace

std::string_view InverseOf(std::string_view relation) {
  for (const Pair& pair : kInverse) {
    if (pair.one == relation) return pair.other;
    if (pair.other == relation) return pair.one;
  }
  return "";
}

bool IsSymmetric(std::string_view relation) {
  return std::binary_search(std::begin(kSymmetric), std::end(kSymmetric), relation);
}

void AppendRelation(std::string_view relation, const Lexicon& lexicon, std::vector<graph::Quad>& quads) {
  const Term node = Term::Iri(RelationIri(relation));
  auto add = [&](std::string_view predicate, Term object) { quads.emplace_back(node, Term::Iri(std::string(predicate)), std::move(object)); };
  std::string label(relation);
  std::replace(label.begin(), label.end(), '_', ' ');
  add(graph::rdf::kType, Term::Iri(std::string(graph::rdf::kProperty)));
  add(graph::rdfs::kLabel, Term::LangLiteral(CleanUtf8(label), "en"));
  if (IsSymmetric(relation)) add(graph::rdf::kType, Term::Iri(std::string(vocab::kSymmetricProperty)));
  if (const std::string_view inverse = InverseOf(relation); !inverse.empty()) add(vocab::kInverseOf, Term::Iri(RelationIri(inverse)));
  // The verb of "report_to" is "report"; that of "carry_out" is itself.
  std::string_view lemma = relation;
  if (!lexicon.IsVerb(lemma)) lemma = lemma.substr(0, lemma.find('_'));
  if (!lexicon.IsVerb(lemma)) return;
  add(vocab::kLemma, Term::Literal(CleanUtf8(lemma)));
  if (lemma.size() != relation.size()) return;
  for (const std::string_view synonym : lexicon.VerbSynonyms(lemma)) add(vocab::kCloseMatch, Term::Iri(RelationIri(synonym)));
}

}  // namespace dossier::ingest
