// Corrections that people make, as changes of a store.
#include <algorithm>
#include <memory>

#include "graph/model/vocabulary.h"
#include "ingest/map/corrections.h"
#include "ingest/map/iris.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using correction_detail::InCorrections;
using correction_detail::MergedQuad;
using correction_detail::Mentions;
using correction_detail::Replaced;
using graph::Quad;
using graph::Snapshot;
using graph::Store;
using graph::Term;
using graph::Transaction;

Quad Correction(const std::string& subject, std::string_view predicate, Term object) {
  return InCorrections(Quad(Term::Iri(subject), Term::Iri(std::string(predicate)), std::move(object)));
}
Quad Correction(const std::string& subject, std::string_view predicate, const std::string& object) {
  return Correction(subject, predicate, Term::Iri(object));
}

bool IsRecord(const Quad& quad) {
  const std::string& p = quad.predicate.value();
  return p == vocab::kMergedInto || p == vocab::kAlias || p == vocab::kDifferentFrom || p == vocab::kSplitFrom || p == vocab::kInDocument;
}

// One correction: a transaction, and the state that it changes.
class Change {
 public:
  explicit Change(Store& store) : transaction_(store.Begin()), snapshot_(transaction_->GetSnapshot()) {}

  absl::Status Load() {
    ASSIGN_OR_RETURN(corrections_, Corrections::Load(*snapshot_));
    return absl::OkStatus();
  }
  const Snapshot& snapshot() const { return *snapshot_; }
  const Corrections& corrections() const { return corrections_; }

  absl::Status Insert(const Quad& quad) { return transaction_->Insert(quad); }
  absl::Status Remove(const Quad& quad) { return transaction_->Remove(quad); }

  absl::StatusOr<CorrectionReport> Commit(std::string entity) {
    RETURN_IF_ERROR(transaction_->Commit());
    return CorrectionReport{std::move(entity), transaction_->changed().removed, transaction_->changed().inserted};
  }

  absl::Status MustExist(const std::string& iri) const {
    bool found = false;
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, iri, graph::rdf::kType, "", [&](const Quad&) { found = true; }));
    return found ? absl::OkStatus() : NotFound(Cat("the database has no entity <", iri, ">"));
  }

  // All statements of the default graph that speak of `iri`. Triple terms are found by reading all reifiers.
  absl::StatusOr<std::vector<Quad>> About(const std::string& iri) const {
    std::vector<Quad> quads;
    const auto add = [&](const Quad& quad) { quads.push_back(quad); };
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, iri, "", "", add));
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, "", "", iri, [&](const Quad& quad) {
      if (!quad.subject.is_iri() || quad.subject.value() != iri) quads.push_back(quad);
    }));
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, "", graph::rdf::kReifies, "", [&](const Quad& quad) {
      if (quad.object.is_triple() && Mentions(quad, iri)) quads.push_back(quad);
    }));
    return quads;
  }

  absl::Status Merge(const std::string& keep, const std::string& other) {
    RETURN_IF_ERROR(Insert(Correction(other, vocab::kMergedInto, keep)));
    for (const auto& [a, b] : {std::pair(keep, other), std::pair(other, keep)}) {
      RETURN_IF_ERROR(Remove(Correction(a, vocab::kDifferentFrom, b)));
    }
    ASSIGN_OR_RETURN(const std::vector<Quad> quads, About(other));
    for (const Quad& quad : quads) {
      RETURN_IF_ERROR(Remove(quad));
      RETURN_IF_ERROR(Insert(InCorrections(quad)));
    }
    // Afterwards, since a statement of the one may become a statement of the other.
    for (const Quad& quad : quads) {
      for (const Quad& rewritten : MergedQuad(quad, other, keep)) RETURN_IF_ERROR(Insert(rewritten));
    }
    return absl::OkStatus();
  }

  // Reifiers of a triple, without those in `gone`.
  absl::StatusOr<bool> IsSupported(const Quad& fact, const std::set<std::string>& gone) const {
    graph::IdPattern pattern;
    ASSIGN_OR_RETURN(pattern.predicate, snapshot_->Find(Term::Iri(std::string(graph::rdf::kReifies))));
    ASSIGN_OR_RETURN(pattern.object, snapshot_->Find(Term::TripleTerm(fact.subject, fact.predicate, fact.object)));
    if (!pattern.predicate.is_bound() || !pattern.object.is_bound()) return false;
    bool supported = false;
    RETURN_IF_ERROR(ForEachQuad(*snapshot_, pattern, [&](const Quad& quad) { supported = supported || !gone.contains(quad.subject.value()); }));
    return supported;
  }

  // Whether a title that is not `gone` gives the affiliation.
  absl::StatusOr<bool> HasTitle(const Quad& affiliation, const std::set<std::string>& gone) const {
    std::vector<std::string> titles;
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, "", vocab::kTitleOf, affiliation.object.value(), [&](const Quad& quad) {
      if (!gone.contains(quad.subject.value())) titles.push_back(quad.subject.value());
    }));
    bool found = false;
    for (const std::string& title : titles) {
      RETURN_IF_ERROR(ForEachMatch(*snapshot_, title, graph::rdf::kReifies, "", [&](const Quad& quad) {
        found = found || (quad.object.is_triple() && quad.object.triple().subject == affiliation.subject);
      }));
    }
    return found;
  }

  // `entity` with the kind of `like`, where the graph does not have it yet.
  absl::Status Create(const std::string& entity, const std::string& like) {
    if (MustExist(entity).ok()) return absl::OkStatus();
    const Term node = Term::Iri(entity);
    std::vector<Term> types;
    RETURN_IF_ERROR(ForEachMatch(*snapshot_, like, graph::rdf::kType, "", [&](const Quad& quad) { types.push_back(quad.object); }));
    for (const Term& type : types) RETURN_IF_ERROR(Insert(Quad(node, Term::Iri(std::string(graph::rdf::kType)), type)));
    const std::string name = NameInIri(entity);
    RETURN_IF_ERROR(Insert(Quad(node, Term::Iri(std::string(graph::rdfs::kLabel)), Term::LangLiteral(name, "en"))));
    return Insert(Quad(node, Term::Iri(std::string(vocab::kNameKey)), Term::Literal(NameKey(name))));
  }

  absl::Status Unmerge(const std::string& keep, const std::string& other);
  absl::Status MoveToNew(const std::string& entity, const std::string& fresh, const std::vector<std::string>& documents);

 private:
  const std::unique_ptr<Transaction> transaction_;
  const std::shared_ptr<const Snapshot> snapshot_;
  Corrections corrections_;
};

// The statements that the merge rewrote come back as they were; what they became goes, unless something else says it too.
absl::Status Change::Unmerge(const std::string& keep, const std::string& other) {
  std::vector<Quad> saved;
  RETURN_IF_ERROR(ForEachQuadIn(snapshot(), vocab::kCorrections, [&](const Quad& quad) {
    if (!IsRecord(quad) && Mentions(quad, other)) saved.push_back(quad);
  }));
  std::set<std::string> gone;   // reifiers that are about the other again
  for (const Quad& quad : saved) {
    if (quad.predicate.value() == graph::rdf::kReifies) gone.insert(quad.subject.value());
  }
  std::vector<Quad> back;
  for (const Quad& quad : saved) {
    RETURN_IF_ERROR(Remove(InCorrections(quad)));
    const bool of_document = quad.subject.is_iri() && quad.subject.value().starts_with(graph::kDocumentNs);
    bool known = !of_document;   // a document that was forgotten meanwhile does not come back
    if (of_document) RETURN_IF_ERROR(ForEachMatch(snapshot(), quad.subject.value(), "", "", [&](const Quad&) { known = true; }));
    for (const Quad& rewritten : MergedQuad(quad, other, keep)) {
      if (rewritten.predicate.value() == vocab::kMentions) continue;
      const bool fact = rewritten.predicate.value().starts_with(graph::kRelationNs) || rewritten.predicate.value() == vocab::kJobTitle;
      bool supported = false;
      if (fact) {
        ASSIGN_OR_RETURN(supported, IsSupported(rewritten, gone));
      } else if (rewritten.predicate.value() == vocab::kAffiliation) {
        ASSIGN_OR_RETURN(supported, HasTitle(rewritten, gone));
      }
      if (!supported) RETURN_IF_ERROR(Remove(rewritten));
    }
    if (known) back.push_back(quad);
  }
  for (const Quad& quad : back) RETURN_IF_ERROR(Insert(quad));
  return Remove(Correction(other, vocab::kMergedInto, keep));
}

absl::Status Change::MoveToNew(const std::string& entity, const std::string& fresh, const std::vector<std::string>& documents) {
  ASSIGN_OR_RETURN(const std::vector<Quad> quads, About(entity));
  const auto in_documents = [&](const Term& subject) {
    return subject.is_iri() && std::any_of(documents.begin(), documents.end(), [&](const std::string& document) {
             return subject.value() == document || subject.value().starts_with(document + "#");
           });
  };
  std::set<std::string> gone;
  std::vector<Quad> facts;   // that the documents' reifiers are about
  for (const Quad& quad : quads) {
    if (!in_documents(quad.subject)) continue;
    RETURN_IF_ERROR(Remove(quad));
    Quad moved = quad;
    moved.object = Replaced(quad.object, entity, fresh);
    RETURN_IF_ERROR(Insert(moved));
    if (!quad.object.is_triple()) continue;
    gone.insert(quad.subject.value());
    facts.emplace_back(quad.object.triple().subject, quad.object.triple().predicate, quad.object.triple().object);
  }
  for (const Quad& fact : facts) {
    ASSIGN_OR_RETURN(const bool asserted, Has(snapshot(), fact));
    if (!asserted) continue;
    RETURN_IF_ERROR(Insert(Quad(Replaced(fact.subject, entity, fresh), fact.predicate, Replaced(fact.object, entity, fresh))));
    ASSIGN_OR_RETURN(const bool supported, IsSupported(fact, gone));
    if (!supported) RETURN_IF_ERROR(Remove(fact));
  }
  // The new one is called as the old one.
  for (const Quad& quad : quads) {
    const std::string& p = quad.predicate.value();
    const bool description = p == graph::rdf::kType || p == graph::rdfs::kLabel || p == vocab::kAltLabel || p == vocab::kNameKey;
    if (quad.subject.is_iri() && quad.subject.value() == entity && description) {
      RETURN_IF_ERROR(Insert(Quad(Term::Iri(fresh), quad.predicate, quad.object)));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CorrectionReport> MergeEntities(Store& store, const std::string& keep, const std::string& other) {
  Change change(store);
  RETURN_IF_ERROR(change.Load());
  const std::string a = change.corrections().Resolve(keep), b = change.corrections().Resolve(other);
  if (a == b) return absl::AlreadyExistsError(Cat("<", keep, "> and <", other, "> are one already"));
  RETURN_IF_ERROR(change.MustExist(a));
  RETURN_IF_ERROR(change.MustExist(b));
  RETURN_IF_ERROR(change.Merge(a, b));
  return change.Commit(a);
}

absl::StatusOr<CorrectionReport> SplitEntities(Store& store, const std::string& a, const std::string& b) {
  Change change(store);
  RETURN_IF_ERROR(change.Load());
  if (a == b) return InvalidArgument("an entity cannot be split from itself; say which documents speak of another (--documents)");
  for (const auto& [keep, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (!change.corrections().IsMerged(other) || change.corrections().Resolve(other) != change.corrections().Resolve(keep)) continue;
    // One step of a chain of merges at a time: the last one into `other` stays with it.
    std::string into;
    RETURN_IF_ERROR(ForEachQuadIn(change.snapshot(), vocab::kCorrections, [&](const Quad& quad) {
      if (quad.predicate.value() == vocab::kMergedInto && quad.subject.value() == other) into = quad.object.value();
    }));
    if (change.corrections().IsMerged(into)) {
      return InvalidArgument(Cat("<", other, "> was merged into <", into, ">, which was merged into another; split that one first"));
    }
    RETURN_IF_ERROR(change.Unmerge(into, other));
    RETURN_IF_ERROR(change.Insert(Correction(other, vocab::kDifferentFrom, into)));
    return change.Commit(other);
  }
  if (change.corrections().AreDifferent(a, b)) return absl::AlreadyExistsError(Cat("<", a, "> and <", b, "> are two already"));
  RETURN_IF_ERROR(change.MustExist(a));
  RETURN_IF_ERROR(change.MustExist(b));
  RETURN_IF_ERROR(change.Insert(Correction(a, vocab::kDifferentFrom, b)));
  return change.Commit(b);
}

absl::StatusOr<CorrectionReport> SplitDocuments(Store& store, const std::string& entity, const std::vector<std::string>& documents) {
  Change change(store);
  RETURN_IF_ERROR(change.Load());
  RETURN_IF_ERROR(change.MustExist(entity));
  for (const std::string& document : documents) RETURN_IF_ERROR(change.MustExist(document));
  std::string fresh;
  for (size_t number = 2; fresh.empty(); ++number) {
    const std::string candidate = Cat(entity, "-", number);
    if (!change.MustExist(candidate).ok() && !change.corrections().IsMerged(candidate)) fresh = candidate;
  }
  RETURN_IF_ERROR(change.MoveToNew(entity, fresh, documents));
  RETURN_IF_ERROR(change.Insert(Correction(fresh, vocab::kSplitFrom, entity)));
  RETURN_IF_ERROR(change.Insert(Correction(fresh, vocab::kDifferentFrom, entity)));
  for (const std::string& document : documents) RETURN_IF_ERROR(change.Insert(Correction(fresh, vocab::kInDocument, document)));
  return change.Commit(fresh);
}

absl::StatusOr<CorrectionReport> AddAliases(Store& store, const std::vector<std::pair<std::string, std::string>>& aliases) {
  {
    Change change(store);
    RETURN_IF_ERROR(change.Load());
    for (const auto& [name, entity] : aliases) RETURN_IF_ERROR(change.Insert(Correction(entity, vocab::kAlias, Term::Literal(name))));
    RETURN_IF_ERROR(change.Commit("").status());
  }
  CorrectionReport total;
  for (const auto& [name, entity] : aliases) {
    // Who is in the graph under that name already is the entity.
    Change change(store);
    RETURN_IF_ERROR(change.Load());
    const std::string keep = change.corrections().Resolve(entity), other = change.corrections().Resolve(NamedEntityIri(name));
    if (keep == other || !change.MustExist(other).ok()) continue;
    RETURN_IF_ERROR(change.Create(keep, other));
    RETURN_IF_ERROR(change.Merge(keep, other));
    auto merged = change.Commit(keep);
    if (!merged.ok()) return merged.status();
    total.removed += merged->removed;
    total.inserted += merged->inserted;
  }
  return total;
}

}  // namespace dossier::ingest
