#include "shell/question/graph_knowledge.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/entity/lexicon.h"
#include "ingest/map/iris.h"
#include "ingest/map/relation_axioms.h"
#include "ingest/map/verb_classes.h"
#include "ingest/map/vocabulary.h"
#include "shell/evidence/describe.h"
#include "shell/question/word_match.h"

namespace dossier::shell {
namespace {

using graph::IdPattern;
using graph::Term;
using graph::TermId;

constexpr size_t kMaxRelations = 200'000;
constexpr size_t kMaxEntities = 50;
constexpr size_t kShown = 8;

absl::StatusOr<TermId> FindIri(const graph::Snapshot& snapshot, std::string_view iri) {
  return snapshot.Find(Term::Iri(std::string(iri)));
}

std::string RelationName(const Term& relation) {
  return relation.value().starts_with(graph::kRelationNs) ? relation.value().substr(graph::kRelationNs.size()) : std::string();
}

std::vector<std::string> Words(std::string_view key) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < key.size();) {
    size_t end = key.find(' ', begin);
    if (end == std::string_view::npos) end = key.size();
    if (end > begin) words.push_back(ComparedWord(key.substr(begin, end - begin)));
    begin = end + 1;
  }
  return words;
}

// Every word of `wanted` is a word of `have`; the rest counts how many more there are.
bool Covers(const std::vector<std::string>& have, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const std::string& word) { return std::find(have.begin(), have.end(), word) != have.end(); });
}

// Keeps the `count` smallest by (rank, name), without repeats.
std::vector<std::string> Best(std::vector<std::pair<size_t, std::string>> ranked, size_t count) {
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> out;
  for (auto& [rank, name] : ranked) {
    if (out.size() >= count) break;
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

// A country, by any name the lexicon knows for it or for those who rule it.
std::string_view CountryBehind(std::string_view name) {
  const ingest::Lexicon& lexicon = ingest::Lexicon::Default();
  const ingest::Country* country = lexicon.CountryByName(name);
  if (country == nullptr) country = lexicon.CountryByCapital(name);
  if (country == nullptr) country = lexicon.CountryBySeat(name);
  return country == nullptr ? std::string_view() : country->name;
}

}  // namespace

absl::StatusOr<GraphKnowledge> GraphKnowledge::Load(const graph::Snapshot& snapshot) {
  GraphKnowledge knowledge(snapshot);
  ASSIGN_OR_RETURN(const TermId type, FindIri(snapshot, graph::rdf::kType));
  ASSIGN_OR_RETURN(const TermId property, FindIri(snapshot, graph::rdf::kProperty));
  std::vector<Term> relations;
  if (type.is_bound() && property.is_bound()) {
    ASSIGN_OR_RETURN(relations, Column(snapshot, {{}, type, property}, 's', kMaxRelations));
  }
  ASSIGN_OR_RETURN(const std::vector<Description> descriptions, Describe(snapshot, relations));
  for (size_t i = 0; i < relations.size(); ++i) {
    const std::string name = RelationName(relations[i]);
    if (name.empty()) continue;
    knowledge.relations_.insert(name);
    for (const Property& p : descriptions[i]) {
      if (p.object.value() == ingest::vocab::kSymmetricProperty) knowledge.inverses_[name].insert(name);
      const bool inverse = p.predicate.value() == ingest::vocab::kInverseOf;
      if (!inverse && p.predicate.value() != ingest::vocab::kCloseMatch) continue;
      const std::string other = RelationName(p.object);
      if (other.empty()) continue;
      auto& links = inverse ? knowledge.inverses_ : knowledge.synonyms_;
      links[name].insert(other);
      links[other].insert(name);
    }
  }
  return knowledge;
}

bool GraphKnowledge::IsVerb(std::string_view lemma) const {
  if (ingest::Lexicon::Default().IsVerb(lemma)) return true;
  const auto it = relations_.lower_bound(lemma);
  return it != relations_.end() && it->starts_with(lemma) && (it->size() == lemma.size() || (*it)[lemma.size()] == '_');
}

std::vector<std::string> GraphKnowledge::RelationsOf(std::string_view name) const {
  std::vector<std::string> iris;
  const auto add = [&](std::string_view relation) {
    if (!relations_.contains(relation)) return;
    std::string iri = Cat(graph::kRelationNs, relation);
    if (std::find(iris.begin(), iris.end(), iri) == iris.end()) iris.push_back(std::move(iri));
  };
  add(name);
  if (const auto it = synonyms_.find(name); it != synonyms_.end()) {
    for (const std::string& synonym : it->second) add(synonym);
  }
  for (const std::string_view synonym : ingest::NearVerbs(name)) add(synonym);
  return iris;
}

std::vector<std::string> GraphKnowledge::SwappedRelationsOf(std::string_view name) const {
  std::vector<std::string> iris;
  const auto add = [&](std::string_view relation) {
    if (!relations_.contains(relation)) return;
    std::string iri = Cat(graph::kRelationNs, relation);
    if (std::find(iris.begin(), iris.end(), iri) == iris.end()) iris.push_back(std::move(iri));
  };
  if (ingest::IsSymmetric(name)) add(name);
  for (const std::string_view inverse : ingest::InversesOf(name)) add(inverse);
  if (const auto it = inverses_.find(name); it != inverses_.end()) {
    for (const std::string& inverse : it->second) add(inverse);
  }
  return iris;
}

std::vector<std::string> GraphKnowledge::SpeechRelations() const {
  std::vector<std::string> iris;
  for (const std::string& relation : relations_) {
    if (ingest::HoldsClaim(relation)) iris.push_back(Cat(graph::kRelationNs, relation));
  }
  return iris;
}

absl::StatusOr<std::vector<std::string>> GraphKnowledge::ByKey(const std::string& key) const {
  std::vector<std::string> iris;
  ASSIGN_OR_RETURN(const TermId predicate, FindIri(*snapshot_, ingest::vocab::kNameKey));
  ASSIGN_OR_RETURN(const TermId value, snapshot_->Find(Term::Literal(key)));
  if (!predicate.is_bound() || !value.is_bound()) return iris;
  ASSIGN_OR_RETURN(const std::vector<Term> entities, Column(*snapshot_, {{}, predicate, value}, 's', kMaxEntities));
  for (const Term& entity : entities) {
    if (entity.is_iri()) iris.push_back(entity.value());
  }
  return iris;
}

template <typename Visit>
absl::Status GraphKnowledge::ForEachName(const Visit& visit) const {
  for (const std::string_view label : {graph::rdfs::kLabel, ingest::vocab::kAltLabel}) {
    ASSIGN_OR_RETURN(const TermId predicate, FindIri(*snapshot_, label));
    if (!predicate.is_bound()) continue;
    const IdPattern pattern{{}, predicate, {}};
    ASSIGN_OR_RETURN(const auto cursor, snapshot_->Scan(pattern, snapshot_->BestOrder(pattern, 's')));
    for (graph::IdBatch batch;;) {
      RETURN_IF_ERROR(cursor->Next(batch));
      if (batch.size == 0) break;
      std::vector<Term> subjects, names;
      RETURN_IF_ERROR(snapshot_->Decode(absl::MakeConstSpan(batch.subject.data(), batch.size), subjects));
      RETURN_IF_ERROR(snapshot_->Decode(absl::MakeConstSpan(batch.object.data(), batch.size), names));
      for (size_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i].is_iri() && subjects[i].value().starts_with(graph::kEntityNs)) visit(subjects[i].value(), names[i].value());
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> GraphKnowledge::EntitiesNamed(std::string_view name) const {
  const std::string key = ingest::NameKey(name);
  if (key.empty()) return std::vector<std::string>{};
  const std::vector<std::string> wanted = Words(key);
  std::vector<std::pair<size_t, std::string>> exact, partial;
  ASSIGN_OR_RETURN(const std::vector<std::string> by_key, ByKey(key));
  for (const std::string& iri : by_key) exact.emplace_back(0, iri);
  // Descriptions ("Azerbaijani military") have labels but no key.
  RETURN_IF_ERROR(ForEachName([&](const std::string& iri, const std::string& label) {
    const std::string label_key = ingest::NameKey(label);
    if (label_key == key) {
      exact.emplace_back(0, iri);
    } else if (const std::vector<std::string> have = Words(label_key); Covers(have, wanted)) {
      partial.emplace_back(have.size(), iri);
    }
  }));
  // "the conflict" may be any conflict; a name is who bears it.
  const bool common = name[0] >= 'a' && name[0] <= 'z';
  if (common) exact.insert(exact.end(), partial.begin(), partial.end());
  if (!exact.empty()) return Best(std::move(exact), kMaxEntities);
  // "Baku" where the graph only speaks of Azerbaijan.
  if (const std::string_view country = CountryBehind(name); !country.empty()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> behind, ByKey(ingest::NameKey(country)));
    if (!behind.empty()) return behind;
  }
  return Best(std::move(partial), kMaxEntities);
}

std::vector<std::string> GraphKnowledge::RelationsNear(std::string_view name) const {
  const size_t limit = name.size() > 5 ? 2 : name.size() > 3 ? 1 : 0;   // of a short word too little would be left
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const std::string& relation : relations_) {
    const std::string_view verb = std::string_view(relation).substr(0, relation.find('_'));
    if (verb == name) {
      ranked.emplace_back(0, relation);
    } else if (const size_t distance = EditDistance(verb, name, limit); distance <= limit) {
      ranked.emplace_back(distance, relation);
    }
  }
  return Best(std::move(ranked), kShown);
}

absl::StatusOr<std::vector<std::string>> GraphKnowledge::RelationsAbout(std::string_view name) const {
  std::vector<std::string> names;
  ASSIGN_OR_RETURN(const std::vector<std::string> entities, EntitiesNamed(name));
  for (const std::string& iri : entities) {
    ASSIGN_OR_RETURN(const TermId id, FindIri(*snapshot_, iri));
    if (!id.is_bound()) continue;
    for (const IdPattern& pattern : {IdPattern{id, {}, {}}, IdPattern{{}, {}, id}}) {
      ASSIGN_OR_RETURN(const std::vector<Term> predicates, Column(*snapshot_, pattern, 'p', kMaxEntities));
      for (const Term& predicate : predicates) {
        std::string relation = RelationName(predicate);
        if (!relation.empty() && std::find(names.begin(), names.end(), relation) == names.end()) names.push_back(std::move(relation));
      }
    }
    if (names.size() >= kShown) break;
  }
  if (names.size() > kShown) names.resize(kShown);
  return names;
}

absl::StatusOr<std::vector<std::string>> GraphKnowledge::NamesNear(std::string_view name) const {
  const std::string key = ingest::NameKey(name);
  const std::vector<std::string> wanted = Words(key);
  std::vector<std::pair<size_t, std::string>> ranked;
  RETURN_IF_ERROR(ForEachName([&](const std::string&, const std::string& label) {
    const std::string label_key = ingest::NameKey(label);
    if (const size_t distance = EditDistance(label_key, key, 3); distance <= 3 && key.size() > 4) {
      ranked.emplace_back(distance, label);
      return;
    }
    // A long word in common ("Armenian" for "Armenian army").
    for (const std::string& word : Words(label_key)) {
      for (const std::string& other : wanted) {
        if (word.size() > 3 && other.size() > 3 && EditDistance(word, other, 1) <= 1) {
          ranked.emplace_back(4 + label_key.size(), label);
          return;
        }
      }
    }
  }));
  return Best(std::move(ranked), kShown);
}

size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  // Three rows of the table of Damerau's optimal string alignment.
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    size_t smallest = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace dossier::shell
