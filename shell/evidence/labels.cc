#include "shell/evidence/labels.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/vocabulary.h"
#include "shell/evidence/describe.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

namespace vocab = ingest::vocab;

bool IsPlainNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// English labels win over others, those over labels of other languages.
int Rank(const graph::Term& label) {
  if (label.language().starts_with("en")) return 2;
  return label.language().empty() ? 1 : 0;
}

}  // namespace

std::string ShortIri(std::string_view iri) {
  for (const auto& [prefix, ns] : graph::kDefaultPrefixes) {
    if (!iri.starts_with(ns) || iri.size() == ns.size()) continue;
    const std::string_view local = iri.substr(ns.size());
    if (std::all_of(local.begin(), local.end(), IsPlainNameCharacter)) return Cat(prefix, ":", local);
  }
  return graph::Term::Iri(std::string(iri)).ToNTriples();
}

std::string LocalLabel(std::string_view iri) {
  size_t begin = iri.find_last_of("/#");
  if (begin == std::string_view::npos) begin = iri.rfind(':');
  const std::string_view local = begin == std::string_view::npos ? iri : iri.substr(begin + 1);
  std::string out;
  for (size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '%' && i + 2 < local.size() && HexValue(local[i + 1]) >= 0 && HexValue(local[i + 2]) >= 0) {
      out += static_cast<char>(HexValue(local[i + 1]) * 16 + HexValue(local[i + 2]));
      i += 2;
    } else {
      out += local[i] == '_' ? ' ' : local[i];
    }
  }
  return out.empty() ? std::string(iri) : out;
}

void Labels::Collect(const graph::Term& term, std::vector<graph::Term>& missing) const {
  // Explicit stack: triple terms nest as deep as the data says.
  std::vector<const graph::Term*> open = {&term};
  while (!open.empty()) {
    const graph::Term* next = open.back();
    open.pop_back();
    if (next->is_triple()) {
      open.insert(open.end(), {&next->triple().subject, &next->triple().predicate, &next->triple().object});
    } else if (!next->is_literal() && !known_.contains(*next)) {
      missing.push_back(*next);
    }
  }
}

absl::Status Labels::Load(absl::Span<const graph::Term> terms) {
  std::vector<graph::Term> missing;
  for (const graph::Term& term : terms) Collect(term, missing);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  ASSIGN_OR_RETURN(const std::vector<Description> descriptions, Describe(snapshot_, missing));
  for (size_t i = 0; i < missing.size(); ++i) {
    const graph::Term* best = nullptr;
    bool unspecified = false;
    for (const Property& property : descriptions[i]) {
      if (property.predicate.value() == graph::rdfs::kLabel && property.object.is_literal()) {
        if (best == nullptr || Rank(property.object) > Rank(*best)) best = &property.object;
      } else if (property.predicate.value() == graph::rdf::kType && property.object.value() == vocab::kUnspecified) {
        unspecified = true;
      }
    }
    if (best != nullptr) labels_[missing[i]] = best->value();
    known_[missing[i]] = unspecified;
  }
  return absl::OkStatus();
}

bool Labels::IsUnspecified(const graph::Term& term) const {
  const auto it = known_.find(term);
  return it != known_.end() && it->second;
}

std::string Labels::Of(const graph::Term& term) const {
  if (IsUnspecified(term) || term.value() == vocab::kUnspecified) return "(someone)";
  if (term.is_iri() && term.value() == vocab::kNoObject) return "";
  if (const auto it = labels_.find(term); it != labels_.end()) return Printable(it->second);
  switch (term.kind()) {
    case graph::TermKind::kLiteral: return Printable(term.value());
    case graph::TermKind::kBlankNode: return Printable(Cat("_:", term.value()));
    case graph::TermKind::kTriple:
      return Cat("<<( ", Of(term.triple().subject), " ", Of(term.triple().predicate), " ", Of(term.triple().object), " )>>");
    case graph::TermKind::kIri: break;
  }
  if (term.value().starts_with(graph::kEntityNs) || term.value().starts_with(graph::kRelationNs)) {
    return Printable(LocalLabel(term.value()));
  }
  return Printable(ShortIri(term.value()));
}

}  // namespace dossier::shell
