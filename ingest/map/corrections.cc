#include "ingest/map/corrections.h"

#include <algorithm>

#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/iris.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {

using graph::Quad;
using graph::Term;

namespace correction_detail {

Term Replaced(const Term& term, std::string_view from, std::string_view to) {
  if (term.is_iri()) return term.value() == from ? Term::Iri(std::string(to)) : term;
  if (!term.is_triple()) return term;
  const graph::Triple& triple = term.triple();
  return Term::TripleTerm(Replaced(triple.subject, from, to), triple.predicate, Replaced(triple.object, from, to));
}

bool Mentions(const Quad& quad, std::string_view iri) {
  return (quad.subject.is_iri() && quad.subject.value() == iri) || Replaced(quad.object, iri, "") != quad.object;
}

std::vector<Quad> MergedQuad(const Quad& quad, std::string_view from, std::string_view to) {
  Quad out = quad;
  out.object = Replaced(quad.object, from, to);
  if (!quad.subject.is_iri() || quad.subject.value() != from) return {out};
  out.subject = Term::Iri(std::string(to));
  const std::string& predicate = quad.predicate.value();
  if (predicate == graph::rdfs::kLabel) out.predicate = Term::Iri(std::string(vocab::kAltLabel));
  const bool kept = predicate == graph::rdfs::kLabel || predicate == vocab::kAltLabel || predicate == vocab::kJobTitle ||
                    predicate == vocab::kAffiliation || predicate.starts_with(graph::kRelationNs);
  // What kind of thing it is and how it is found is the other's to say.
  return kept ? std::vector<Quad>{out} : std::vector<Quad>{};
}

Quad InCorrections(Quad quad) {
  return Quad(std::move(quad.subject), std::move(quad.predicate), std::move(quad.object), Term::Iri(std::string(vocab::kCorrections)));
}

}  // namespace correction_detail

absl::StatusOr<Corrections> Corrections::Load(const graph::Snapshot& snapshot) {
  Corrections out;
  StringMap<std::string> split_from;
  std::vector<std::pair<std::string, std::string>> documents;
  RETURN_IF_ERROR(ForEachQuadIn(snapshot, vocab::kCorrections, [&](const Quad& quad) {
    const std::string& predicate = quad.predicate.value();
    const std::string &subject = quad.subject.value(), &object = quad.object.value();
    if (predicate == vocab::kMergedInto) out.merged_[subject] = object;
    if (predicate == vocab::kAlias) out.aliases_[NameKey(object)] = subject;
    if (predicate == vocab::kDifferentFrom) out.different_.insert(std::minmax(subject, object));
    if (predicate == vocab::kSplitFrom) split_from[subject] = object;
    if (predicate == vocab::kInDocument) documents.emplace_back(subject, object);
  }));
  for (const auto& [entity, document] : documents) {
    const auto from = split_from.find(entity);
    if (from != split_from.end()) out.split_[document].emplace_back(from->second, entity);
  }
  for (auto& [document, pairs] : out.split_) std::sort(pairs.begin(), pairs.end());
  return out;
}

std::string Corrections::Resolve(std::string_view iri) const {
  std::string now(iri);
  // Merges make no circles; the bound is for graphs that were edited by hand.
  for (int step = 0; step < 64; ++step) {
    const auto next = merged_.find(now);
    if (next == merged_.end()) break;
    now = next->second;
  }
  return now;
}

std::string Corrections::AliasTarget(std::string_view name) const {
  if (aliases_.empty()) return "";
  const auto it = aliases_.find(NameKey(name));
  return it == aliases_.end() ? "" : Resolve(it->second);
}

bool Corrections::AreDifferent(const std::string& a, const std::string& b) const { return different_.contains(std::minmax(a, b)); }

void Corrections::Apply(std::string_view document_iri, std::vector<Quad>& quads) const {
  using namespace correction_detail;   // NOLINT
  if (const auto split = split_.find(document_iri); split != split_.end()) {
    for (const auto& [from, to] : split->second) {
      for (Quad& quad : quads) {
        quad.subject = Replaced(quad.subject, from, to);
        quad.object = Replaced(quad.object, from, to);
      }
    }
  }
  if (merged_.empty()) return;
  std::vector<Quad> out, saved;
  for (Quad& quad : quads) {
    std::vector<Quad> now = {std::move(quad)};
    for (int step = 0; step < 64; ++step) {
      // One merged entity after the other, so that each step can be undone.
      std::string from;
      const auto find = [&](const auto& self, const Term& term) -> void {
        if (term.is_iri() && from.empty() && IsMerged(term.value())) from = term.value();
        if (term.is_triple()) self(self, term.triple().subject), self(self, term.triple().object);
      };
      for (const Quad& q : now) find(find, q.subject), find(find, q.object);
      if (from.empty()) break;
      std::vector<Quad> next;
      for (const Quad& q : now) {
        if (Mentions(q, from)) saved.push_back(InCorrections(q));
        for (Quad& rewritten : MergedQuad(q, from, merged_.find(from)->second)) next.push_back(std::move(rewritten));
      }
      now = std::move(next);
    }
    for (Quad& q : now) out.push_back(std::move(q));
  }
  out.insert(out.end(), std::make_move_iterator(saved.begin()), std::make_move_iterator(saved.end()));
  quads = std::move(out);
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ParseAliases(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> out;
  size_t number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const size_t tab = line.find('\t');
    const std::string_view name = line.substr(0, tab);
    const std::string_view entity = tab == std::string_view::npos ? "" : line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
    if (NameKey(name).empty() || entity.empty()) {
      return InvalidArgument(Cat("line ", number, ": an alias is a name, a tab and an entity"));
    }
    std::string iri = EntityIriOf(entity);
    if (!graph::IsAbsoluteIri(iri) || graph::FindInvalidIriByte(iri) != std::string::npos) {
      return InvalidArgument(Cat("line ", number, ": \"", CleanUtf8(entity), "\" is no name, ent:Name or IRI"));
    }
    out.emplace_back(CleanUtf8(name), std::move(iri));
  }
  return out;
}

}  // namespace dossier::ingest
