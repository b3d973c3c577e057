#include "ingest/map/identity.h"

#include <algorithm>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/iris.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::IdBatch;
using graph::IdPattern;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

IdPattern Pattern(TermId s, TermId p, TermId o) {
  IdPattern pattern;
  pattern.subject = s;
  pattern.predicate = p;
  pattern.object = o;
  return pattern;
}

// What a store holds about candidates for an entity. Looks terms up once.
class KnownEntities {
 public:
  explicit KnownEntities(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Init() {
    const std::pair<TermId*, std::string_view> wanted[] = {
        {&type_, graph::rdf::kType},   {&label_, graph::rdfs::kLabel}, {&alt_label_, vocab::kAltLabel},
        {&name_key_, vocab::kNameKey}, {&person_, vocab::kPerson},     {&organization_, vocab::kOrganization},
        {&place_, vocab::kPlace},      {&country_, vocab::kCountry}};
    for (const auto& [id, iri] : wanted) {
      ASSIGN_OR_RETURN(*id, snapshot_.Find(Term::Iri(std::string(iri))));
    }
    return absl::OkStatus();
  }

  // Persons, organisations, places and countries exclude each other.
  absl::StatusOr<bool> Compatible(TermId node, EntityType type) const {
    const TermId own = type == EntityType::kPerson         ? person_
                       : type == EntityType::kOrganization ? organization_
                       : type == EntityType::kPlace        ? place_
                       : type == EntityType::kCountry      ? country_
                                                           : TermId();
    bool same = false, other = false;
    for (const TermId kind : {person_, organization_, place_, country_}) {
      if (kind.is_unbound()) continue;
      ASSIGN_OR_RETURN(const uint64_t count, snapshot_.Count(Pattern(node, type_, kind), 1));
      if (count == 0) continue;
      (kind == own ? same : other) = true;
    }
    if (same || !other) return true;
    if (type != EntityType::kThing || country_.is_unbound()) return false;
    // A name of unknown kind may be any known thing, but not the country whose capital it shares a word with.
    ASSIGN_OR_RETURN(const uint64_t countries, snapshot_.Count(Pattern(node, type_, country_), 1));
    return countries == 0;
  }

  absl::StatusOr<bool> IsEntity(TermId node) const {
    if (type_.is_unbound()) return false;
    ASSIGN_OR_RETURN(const uint64_t count, snapshot_.Count(Pattern(node, type_, {}), 1));
    return count > 0;
  }

  // Nodes that bear `name`, sorted, without repeats.
  absl::StatusOr<std::vector<TermId>> Bearers(std::string_view name) const {
    std::vector<TermId> nodes;
    const std::string clean = CleanUtf8(name);
    RETURN_IF_ERROR(AddBearers(label_, Term::LangLiteral(clean, "en"), nodes));
    RETURN_IF_ERROR(AddBearers(alt_label_, Term::LangLiteral(clean, "en"), nodes));
    RETURN_IF_ERROR(AddBearers(name_key_, Term::Literal(NameKey(name)), nodes));
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
  }

  absl::StatusOr<std::vector<Term>> LabelsOf(TermId node, bool alternative = true) const {
    std::vector<TermId> ids;
    for (const TermId predicate : {label_, alt_label_}) {
      if (predicate.is_unbound() || (predicate == alt_label_ && !alternative)) continue;
      RETURN_IF_ERROR(Collect(Pattern(node, predicate, {}), false, ids));
    }
    std::vector<Term> labels;
    RETURN_IF_ERROR(snapshot_.Decode(ids, labels));
    return labels;
  }

 private:
  static constexpr size_t kMaxNodes = 64;  // a name with more bearers tells nothing

  absl::Status Collect(const IdPattern& pattern, bool subjects, std::vector<TermId>& out) const {
    ASSIGN_OR_RETURN(auto cursor, snapshot_.Scan(pattern, snapshot_.BestOrder(pattern, 's')));
    IdBatch batch;
    RETURN_IF_ERROR(cursor->Next(batch));
    const auto& column = subjects ? batch.subject : batch.object;
    for (size_t i = 0; i < std::min(batch.size, kMaxNodes); ++i) out.push_back(column[i]);
    return absl::OkStatus();
  }

  absl::Status AddBearers(TermId predicate, const Term& name, std::vector<TermId>& nodes) const {
    if (predicate.is_unbound() || name.value().empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const TermId id, snapshot_.Find(name));
    if (id.is_unbound()) return absl::OkStatus();
    return Collect(Pattern({}, predicate, id), true, nodes);
  }

  const Snapshot& snapshot_;
  TermId type_, label_, alt_label_, name_key_, person_, organization_, place_, country_;
};

std::vector<std::string> NameParts(std::string_view name) {
  std::vector<std::string> parts;
  const std::string key = NameKey(name);
  for (size_t i = 0; i < key.size();) {
    const size_t end = std::min(key.find(' ', i), key.size());
    parts.push_back(key.substr(i, end - i));
    i = end + 1;
  }
  return parts;
}

// "Recep Tayyip Erdoğan" and "Recep Erdogan" may be one man; "Adam Smith" and "John Smith" not.
bool SamePersonPossible(std::string_view a, std::string_view b) {
  const std::vector<std::string> x = NameParts(a), y = NameParts(b);
  if (x.size() < 2 || y.size() < 2) return true;
  return x.back() == y.back() && x.front().front() == y.front().front() &&
         (x.front().size() == 1 || y.front().size() == 1 || x.front() == y.front());
}

absl::StatusOr<bool> Fits(const KnownEntities& known, TermId node, const Entity& entity) {
  ASSIGN_OR_RETURN(const bool compatible, known.Compatible(node, entity.type));
  if (!compatible || entity.type != EntityType::kPerson) return compatible;
  ASSIGN_OR_RETURN(const std::vector<Term> labels, known.LabelsOf(node));
  return std::all_of(labels.begin(), labels.end(),
                     [&](const Term& l) { return SamePersonPossible(l.value(), entity.name); });
}

// The one node of `nodes` that can be `entity`; unbound when there is none or more than one.
absl::StatusOr<TermId> TheOneThatFits(const KnownEntities& known, const std::vector<TermId>& nodes,
                                      const Entity& entity) {
  TermId found;
  for (const TermId node : nodes) {
    if (!node.is_iri()) continue;
    ASSIGN_OR_RETURN(const bool fits, Fits(known, node, entity));
    if (!fits) continue;
    if (found.is_bound()) return TermId();
    found = node;
  }
  return found;
}

absl::StatusOr<std::string> IriIn(const KnownEntities& known, const Snapshot& snapshot, const Entity& entity,
                                  const std::string& minted) {
  ASSIGN_OR_RETURN(const TermId own, snapshot.Find(Term::Iri(minted)));
  bool taken = false;
  if (own.is_bound()) {
    ASSIGN_OR_RETURN(const bool exists, known.IsEntity(own));
    if (exists) {
      ASSIGN_OR_RETURN(const bool fits, known.Compatible(own, entity.type));
      if (fits) return minted;
      taken = true;
    }
  }
  std::vector<std::string_view> names = {entity.name};
  // A surname leads to a person; other aliases are too short to lead across documents.
  for (const std::string& alias : entity.aliases) names.push_back(alias);
  for (const std::string_view name : names) {
    ASSIGN_OR_RETURN(const std::vector<TermId> nodes, known.Bearers(name));
    ASSIGN_OR_RETURN(const TermId node, TheOneThatFits(known, nodes, entity));
    if (node.is_unbound()) continue;
    std::vector<Term> terms;
    RETURN_IF_ERROR(snapshot.Decode({&node, 1}, terms));
    return terms[0].value();
  }
  return taken ? Cat(minted, ".", LocalName(NameOf(entity.type))) : minted;
}

absl::Status TakeLabel(const KnownEntities& known, TermId node, Entity& entity) {
  ASSIGN_OR_RETURN(const std::vector<Term> labels, known.LabelsOf(node, /*alternative=*/false));
  if (labels.empty() || labels.front().value() == entity.name) return absl::OkStatus();
  entity.aliases.push_back(entity.name);
  entity.name = labels.front().value();
  return absl::OkStatus();
}

}  // namespace

absl::Status ReuseKnownEntities(EntityTable& entities, const Snapshot& snapshot, EntityIris& iris) {
  if (snapshot.size() == 0) return absl::OkStatus();
  KnownEntities known(snapshot);
  RETURN_IF_ERROR(known.Init());
  for (size_t i = 0; i < entities.entities.size() && i < iris.iri.size(); ++i) {
    Entity& entity = entities.entities[i];
    if (!entity.named || entity.known || entity.shared_concept) continue;
    ASSIGN_OR_RETURN(iris.iri[i], IriIn(known, snapshot, entity, iris.iri[i]));
    ASSIGN_OR_RETURN(const TermId node, snapshot.Find(Term::Iri(iris.iri[i])));
    if (node.is_bound()) RETURN_IF_ERROR(TakeLabel(known, node, entity));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ingest
