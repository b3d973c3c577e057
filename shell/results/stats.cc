#include "shell/results/stats.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/vocabulary.h"
#include "shell/evidence/describe.h"
#include "shell/evidence/labels.h"
#include "shell/render/progress.h"

namespace dossier::shell {
namespace {

namespace vocab = ingest::vocab;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

constexpr size_t kShownRelations = 15;
constexpr size_t kMaxRelations = 200'000;

absl::StatusOr<TermId> FindIri(const Snapshot& snapshot, std::string_view iri) { return snapshot.Find(Term::Iri(std::string(iri))); }

// Quads of the default graph with this predicate and, unless empty, this object.
absl::StatusOr<uint64_t> CountOf(const Snapshot& snapshot, std::string_view predicate, std::string_view object) {
  ASSIGN_OR_RETURN(const TermId p, FindIri(snapshot, predicate));
  if (!p.is_bound()) return uint64_t{0};
  TermId o;
  if (!object.empty()) {
    ASSIGN_OR_RETURN(o, FindIri(snapshot, object));
    if (!o.is_bound()) return uint64_t{0};
  }
  return snapshot.Count({{}, p, o});
}

std::string Grouped(uint64_t number) { return number < 10 ? Cat(number) : ShortNumber(static_cast<double>(number)); }

class Stats {
 public:
  Stats(const Snapshot& snapshot, const TableOptions& options) : snapshot_(snapshot), options_(options) {}

  absl::StatusOr<std::string> Run() {
    ASSIGN_OR_RETURN(const std::vector<TermId> graphs, snapshot_.NamedGraphs());
    Line("statements", snapshot_.size());
    Line("named graphs", graphs.size());
    RETURN_IF_ERROR(Kind("documents", vocab::kArticle));
    RETURN_IF_ERROR(Kind("sentences with evidence", vocab::kSentence));
    ASSIGN_OR_RETURN(const uint64_t facts, CountOf(snapshot_, graph::rdf::kReifies, ""));
    Line("mentions of facts", facts);
    for (const auto& [name, iri] : kKinds) RETURN_IF_ERROR(Kind(name, iri));
    std::string out = RenderTable(counts_, options_);
    ASSIGN_OR_RETURN(const std::string relations, Relations());
    return relations.empty() ? out : Cat(out, "\n", relations);
  }

 private:
  static constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"people", vocab::kPerson},     {"organizations", vocab::kOrganization}, {"countries", vocab::kCountry},
      {"places", vocab::kPlace},      {"groups", vocab::kGroup},               {"events", vocab::kEvent},
      {"other things", vocab::kThing}, {"concepts", vocab::kConcept},
  };

  void Line(std::string_view name, uint64_t count) {
    if (counts_.columns.empty()) counts_.columns = {{"what", Align::kLeft}, {"how many", Align::kRight}};
    counts_.rows.push_back({{Plain(name), Plain(Grouped(count))}, {}});
  }

  absl::Status Kind(std::string_view name, std::string_view iri) {
    ASSIGN_OR_RETURN(const uint64_t count, CountOf(snapshot_, graph::rdf::kType, iri));
    if (count > 0) Line(name, count);
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Relations() {
    ASSIGN_OR_RETURN(const TermId type, FindIri(snapshot_, graph::rdf::kType));
    ASSIGN_OR_RETURN(const TermId property, FindIri(snapshot_, graph::rdf::kProperty));
    if (!type.is_bound() || !property.is_bound()) return std::string();
    ASSIGN_OR_RETURN(const std::vector<Term> relations, Column(snapshot_, {{}, type, property}, 's', kMaxRelations));
    std::vector<std::pair<uint64_t, std::string>> counted;
    for (const Term& relation : relations) {
      ASSIGN_OR_RETURN(const uint64_t count, CountOf(snapshot_, relation.value(), ""));
      if (count > 0) counted.emplace_back(count, ShortIri(relation.value()));
    }
    std::sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    Table table;
    table.columns = {{Cat("relations (", relations.size(), ")"), Align::kLeft}, {"asserted facts", Align::kRight}};
    for (size_t i = 0; i < std::min(counted.size(), kShownRelations); ++i) {
      table.rows.push_back({{Plain(counted[i].second), Plain(Grouped(counted[i].first))}, {}});
    }
    return RenderTable(table, options_);
  }

  const Snapshot& snapshot_;
  const TableOptions& options_;
  Table counts_;
};

}  // namespace

absl::StatusOr<std::string> RenderStats(const Snapshot& snapshot, const TableOptions& options) {
  return Stats(snapshot, options).Run();
}

}  // namespace dossier::shell
