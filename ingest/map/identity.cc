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
        {&place_, vocab::kPlace},      {&country_, vocab::kCountry},   {&job_title_, vocab::kJobTitle},
        {&affiliation_, vocab::kAffiliation}};
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

  // Titles and affiliations that the node shares with the entity.
  absl::StatusOr<size_t> SharedContext(TermId node, const Entity& entity, const EntityIris& iris) const {
    std::vector<TermId> ids;
    for (const TermId predicate : {job_title_, affiliation_}) {
      if (predicate.is_bound()) RETURN_IF_ERROR(Collect(Pattern(node, predicate, {}), false, ids));
    }
    std::vector<Term> values;
    RETURN_IF_ERROR(snapshot_.Decode(ids, values));
    size_t shared = 0;
    for (const Title& title : entity.titles) {
      const bool of = title.of_entity >= 0 && static_cast<size_t>(title.of_entity) < iris.iri.size();
      for (const Term& value : values) {
        if (value.is_literal() ? NameKey(value.value()) == NameKey(title.title)
                               : of && value.value() == iris.iri[static_cast<size_t>(title.of_entity)]) {
          ++shared;
        }
      }
    }
    return shared;
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
  TermId type_, label_, alt_label_, name_key_, person_, organization_, place_, country_, job_title_, affiliation_;
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

}  // namespace

bool SamePersonPossible(std::string_view a, std::string_view b) {
  const std::vector<std::string> x = NameParts(a), y = NameParts(b);
  if (x.size() < 2 || y.size() < 2) return true;
  return x.back() == y.back() && x.front().front() == y.front().front() &&
         (x.front().size() == 1 || y.front().size() == 1 || x.front() == y.front());
}

namespace {

absl::StatusOr<bool> Fits(const KnownEntities& known, TermId node, const Entity& entity) {
  ASSIGN_OR_RETURN(const bool compatible, known.Compatible(node, entity.type));
  if (!compatible || entity.type != EntityType::kPerson) return compatible;
  ASSIGN_OR_RETURN(const std::vector<Term> labels, known.LabelsOf(node));
  return std::all_of(labels.begin(), labels.end(),
                     [&](const Term& l) { return SamePersonPossible(l.value(), entity.name); });
}

// What the search for one entity's node knows.
struct Search {
  const KnownEntities& known;
  const Snapshot& snapshot;
  const Corrections& corrections;
  const EntityIris& iris;
};

absl::StatusOr<std::string> IriOf(const Snapshot& snapshot, TermId node) {
  std::vector<Term> terms;
  RETURN_IF_ERROR(snapshot.Decode({&node, 1}, terms));
  return terms[0].value();
}

// The one node of `nodes` that can be `entity`, or of several the one with the same title or affiliation; unbound when that leaves none
// or more than one.
absl::StatusOr<TermId> TheOneThatFits(const Search& in, const std::vector<TermId>& nodes, const Entity& entity, const std::string& minted) {
  std::vector<TermId> fitting;
  for (const TermId node : nodes) {
    if (!node.is_iri()) continue;
    ASSIGN_OR_RETURN(const bool fits, Fits(in.known, node, entity));
    if (!fits) continue;
    ASSIGN_OR_RETURN(const std::string iri, IriOf(in.snapshot, node));
    if (!in.corrections.AreDifferent(iri, minted)) fitting.push_back(node);
  }
  if (fitting.size() == 1) return fitting[0];
  TermId best;
  size_t most = 0;
  for (const TermId node : fitting) {
    ASSIGN_OR_RETURN(const size_t shared, in.known.SharedContext(node, entity, in.iris));
    if (shared == most) best = TermId();
    if (shared > most) best = node, most = shared;
  }
  return best;
}

// Who the user says is called as the entity is, or "".
std::string AliasTargetOf(const Corrections& corrections, const Entity& entity) {
  std::string target = corrections.AliasTarget(entity.name);
  for (size_t i = 0; target.empty() && i < entity.aliases.size(); ++i) target = corrections.AliasTarget(entity.aliases[i]);
  return target;
}

absl::StatusOr<std::string> IriIn(const Search& in, const Entity& entity, const std::string& minted) {
  const auto& [known, snapshot, corrections, iris] = in;
  if (corrections.IsMerged(minted)) return minted;
  if (std::string target = AliasTargetOf(corrections, entity); !target.empty()) return target;
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
    ASSIGN_OR_RETURN(const TermId node, TheOneThatFits(in, nodes, entity, minted));
    if (node.is_bound()) return IriOf(snapshot, node);
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

absl::Status ReuseKnownEntities(EntityTable& entities, const Snapshot& snapshot, const Corrections& corrections, EntityIris& iris) {
  if (snapshot.size() == 0) return absl::OkStatus();
  KnownEntities known(snapshot);
  RETURN_IF_ERROR(known.Init());
  for (size_t i = 0; i < entities.entities.size() && i < iris.iri.size(); ++i) {
    Entity& entity = entities.entities[i];
    if (!entity.named || entity.shared_concept) continue;
    const std::string target = AliasTargetOf(corrections, entity);
    if (entity.known && target.empty()) continue;
    const std::string minted = iris.iri[i];
    ASSIGN_OR_RETURN(iris.iri[i], IriIn({known, snapshot, corrections, iris}, entity, minted));
    ASSIGN_OR_RETURN(const TermId node, snapshot.Find(Term::Iri(iris.iri[i])));
    ASSIGN_OR_RETURN(const bool exists, node.is_bound() ? known.IsEntity(node) : absl::StatusOr<bool>(false));
    if (exists) {
      RETURN_IF_ERROR(TakeLabel(known, node, entity));
    } else if (iris.iri[i] != minted && iris.iri[i] == target) {
      // An alias leads to an entity that is new to the graph: it is called as its IRI says.
      entity.aliases.push_back(entity.name);
      entity.name = NameInIri(iris.iri[i]);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::ingest
