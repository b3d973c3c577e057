#include <algorithm>
#include <map>

#include "graph/base/strings.h"
#include "query/exec/join_columns.h"
#include "query/exec/operators.h"
#include "query/remote.h"
#include "query/results/reader.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermId;

// Distinct values sent along with one request.
constexpr size_t kMaxKeys = 100;
constexpr size_t kMaxShownAnswer = 200;
constexpr std::string_view kSelect = "SELECT * WHERE ";
constexpr std::string_view kAccept = "application/sparql-results+json, application/sparql-results+xml;q=0.8";

std::string FormEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

// Blank nodes mean nothing elsewhere, and triple terms nothing to servers of SPARQL 1.1.
bool CanBeSent(const Term& term) { return term.is_iri() || term.is_literal(); }

// Asks an endpoint for the rows of the child, some at a time, and joins them with what it answers (SPARQL 1.1 Federated Query §2, §4).
class ServiceOperator : public Operator {
 public:
  ServiceOperator(const plan::PlanNode& plan_node, const plan::Service& op, Execution& execution, OperatorPtr left)
      : Operator(plan_node, execution),
        op_(op),
        left_(std::move(left)),
        right_columns_(ColumnsOf(op)),
        joined_(left_->node().columns, right_columns_, plan_node.columns),
        endpoint_column_(op.endpoint.is_variable() ? left_->node().ColumnOf(op.endpoint.variable) : -1) {
    for (size_t i = 0; i < op.visible.size(); ++i) {
      const int column = left_->node().ColumnOf(op.visible[i].second);
      if (column >= 0) shared_.push_back({static_cast<size_t>(column), op.visible[i].first});
    }
  }

 private:
  struct Shared {
    size_t column;  // of the left side
    std::string name;
  };
  struct Answer {
    std::unique_ptr<JoinTable> table;  // null: a silent failure
  };

  static std::vector<plan::Column> ColumnsOf(const plan::Service& op) {
    std::vector<plan::Column> out;
    for (const auto& [name, variable] : op.visible) out.push_back({variable, true});
    return out;
  }

  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (row_ == order_.size()) {
        RETURN_IF_ERROR(left_->Next(input_));
        if (input_.rows == 0) return absl::OkStatus();
        SortByEndpoint();
      }
      RETURN_IF_ERROR(execution_.context.Check());
      RETURN_IF_ERROR(JoinNextRows(batch));
    }
    return absl::OkStatus();
  }

  TermId EndpointOf(size_t row) const {
    if (!op_.endpoint.is_variable()) return op_.endpoint.constant;
    return endpoint_column_ < 0 ? TermId::Unbound() : input_.columns[static_cast<size_t>(endpoint_column_)][row];
  }

  void SortByEndpoint() {
    row_ = 0;
    order_.resize(input_.rows);
    for (size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<uint32_t>(i);
    std::stable_sort(order_.begin(), order_.end(), [this](uint32_t a, uint32_t b) { return EndpointOf(a) < EndpointOf(b); });
  }

  std::vector<TermId> KeyOf(size_t row) const {
    std::vector<TermId> key;
    for (const Shared& shared : shared_) key.push_back(input_.columns[shared.column][row]);
    return key;
  }

  // The next rows of one endpoint with at most kMaxKeys distinct keys.
  absl::Status JoinNextRows(Batch& batch) {
    const TermId endpoint = EndpointOf(order_[row_]);
    std::vector<std::vector<TermId>> keys;
    size_t end = row_;
    std::map<std::vector<TermId>, bool> seen;
    for (; end < order_.size() && EndpointOf(order_[end]) == endpoint; ++end) {
      std::vector<TermId> key = KeyOf(order_[end]);
      if (seen.contains(key)) continue;
      if (seen.size() == kMaxKeys && !shared_.empty()) break;
      seen.emplace(key, true);
      keys.push_back(std::move(key));
    }
    ASSIGN_OR_RETURN(const std::string values, ValuesOf(keys));
    if (!values.empty() || !cached_ || cached_endpoint_ != endpoint) {
      answer_ = Answer();
      cached_ = values.empty();
      cached_endpoint_ = endpoint;
      absl::Status status = Ask(endpoint, values);
      if (!status.ok() && !IsHidden(status)) return status;
    }
    for (; row_ < end; ++row_) Emit(order_[row_], batch);
    return absl::OkStatus();
  }

  // SILENT hides failures of the service, not the limits of the query.
  bool IsHidden(const absl::Status& status) const {
    return op_.silent && !limit_hit_ && execution_.context.Check().ok() && status.code() != absl::StatusCode::kDataLoss &&
           status.code() != absl::StatusCode::kInternal;
  }

  void Emit(uint32_t row, Batch& batch) {
    matches_.clear();
    if (answer_.table != nullptr) answer_.table->Probe(input_, row, false, matches_);
    if (matches_.empty()) {
      if (answer_.table != nullptr && !op_.optional) return;
      joined_.AppendLeft(input_, row, batch);
      return;
    }
    left_rows_.assign(matches_.size(), row);
    joined_.Append(input_, left_rows_, answer_.table->columns(), matches_, batch);
  }

  // "VALUES (?a ?b) { (1 2) ... }" of the variables whose values can all be sent; "" when there are none.
  absl::StatusOr<std::string> ValuesOf(const std::vector<std::vector<TermId>>& keys) {
    std::vector<std::vector<std::optional<Term>>> columns;
    std::string names;
    std::vector<TermId> ids(keys.size());
    for (size_t s = 0; s < shared_.size(); ++s) {
      for (size_t k = 0; k < keys.size(); ++k) ids[k] = keys[k][s];
      std::vector<std::optional<Term>> terms;
      RETURN_IF_ERROR(execution_.vocabulary.LookupMany(ids, terms));
      if (!std::all_of(terms.begin(), terms.end(), [](const auto& term) { return term && CanBeSent(*term); })) continue;
      columns.push_back(std::move(terms));
      Append(names, " ?", shared_[s].name);
    }
    if (columns.empty()) return std::string();
    std::vector<std::string> rows;
    for (size_t k = 0; k < keys.size(); ++k) {
      std::string row = "\n    (";
      for (const auto& column : columns) {
        row += ' ';
        column[k]->AppendNTriples(row);
      }
      rows.push_back(row + " )");
    }
    // Keys that differ in what is not sent are one row, or each solution would come once for each of them.
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::string out = Cat("  VALUES (", names, " ) {");
    for (const std::string& row : rows) out += row;
    return out + "\n  }\n";
  }

  absl::Status Ask(TermId endpoint, const std::string& values) {
    if (endpoint.is_unbound())
      return InvalidArgument("service: the variable that names the endpoint is not bound by what is in front of SERVICE");
    ASSIGN_OR_RETURN(const Term name, execution_.vocabulary.Lookup(endpoint));
    if (!name.is_iri()) return InvalidArgument(Cat("service: ", name.ToNTriples(), " is no endpoint; an IRI is"));
    if (execution_.remote == nullptr) {
      return {absl::StatusCode::kPermissionDenied,
              ToAbsl("service: SERVICE is off, nothing leaves this machine because of a query; the operator can allow endpoints (serve "
                     "--allow-remote), or write SERVICE SILENT to go on without it")};
    }
    RemoteRequest request;
    request.method = "POST";
    request.url = name.value();
    request.accept = kAccept;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "query=" + FormEncode(values.empty() ? op_.text : Cat(kSelect, "{\n", values, "  ", op_.text.substr(kSelect.size()), "}\n"));
    ++execution_.service_calls;
    absl::StatusOr<RemoteResponse> response = execution_.remote->Fetch(request, execution_.context);
    if (!response.ok()) return Annotate(response.status(), Cat("service ", name.ToNTriples()));
    if (response->status / 100 != 2) {
      return {absl::StatusCode::kUnavailable, ToAbsl(Cat("service ", name.ToNTriples(), " answered with status ", response->status, ": ",
                                                         response->body.substr(0, kMaxShownAnswer)))};
    }
    return Annotate(Keep(*response), Cat("service ", name.ToNTriples()));
  }

  absl::Status Limit(absl::Status status) {
    limit_hit_ |= !status.ok();
    return status;
  }

  absl::Status Keep(const RemoteResponse& response) {
    const auto bytes = static_cast<int64_t>(4 * response.body.size());  // of the text as terms
    RETURN_IF_ERROR(Limit(execution_.context.Charge(bytes, "service")));
    absl::StatusOr<ReadResults> results = ReadResultsOfType(response.content_type, response.body);
    absl::Status status = results.status();
    if (status.ok() && results->boolean) status = InvalidArgument("it answered with a boolean where rows were wanted");
    if (status.ok()) status = Limit(AddRows(*results));
    execution_.context.Charge(-bytes, "service").IgnoreError();
    return status;
  }

  absl::Status AddRows(const ReadResults& results) {
    auto table = std::make_unique<JoinTable>(SharedColumns(left_->node().columns, right_columns_), right_columns_.size());
    std::vector<int> sources;
    for (const auto& [name, variable] : op_.visible) {
      const auto at = std::find(results.variables.begin(), results.variables.end(), name);
      sources.push_back(at == results.variables.end() ? -1 : static_cast<int>(at - results.variables.begin()));
    }
    Batch rows;
    for (size_t begin = 0; begin < results.rows.size(); begin += Batch::kCapacity) {
      RETURN_IF_ERROR(execution_.context.Check());
      const size_t end = std::min(results.rows.size(), begin + Batch::kCapacity);
      rows.Reset(right_columns_.size());
      for (size_t i = begin; i < end; ++i) {
        for (size_t c = 0; c < sources.size(); ++c) {
          TermId id;
          const std::optional<Term>* const term = sources[c] < 0 ? nullptr : &results.rows[i][static_cast<size_t>(sources[c])];
          if (term != nullptr && *term) {
            ASSIGN_OR_RETURN(id, execution_.vocabulary.Intern(Renamed(**term)));
          }
          rows.columns[c].push_back(id);
        }
      }
      rows.rows = end - begin;
      RETURN_IF_ERROR(Charge(rows.rows * table->BytesPerRow()));
      table->Add(rows);
    }
    answer_.table = std::move(table);
    return absl::OkStatus();
  }

  // Labels of an answer belong to it alone.
  Term Renamed(const Term& term) const {
    if (term.is_blank()) return Term::BlankNode(Cat("service-", execution_.service_calls, "-", term.value()));
    if (!term.is_triple()) return term;
    return Term::TripleTerm(Renamed(term.triple().subject), term.triple().predicate, Renamed(term.triple().object));
  }

  const plan::Service& op_;
  OperatorPtr left_;
  std::vector<plan::Column> right_columns_;
  JoinColumns joined_;
  int endpoint_column_;
  std::vector<Shared> shared_;
  Batch input_;
  std::vector<uint32_t> order_;  // rows of input_, those of one endpoint together
  size_t row_ = 0;               // in order_
  Answer answer_;
  bool cached_ = false;          // answer_ is all that cached_endpoint_ has
  TermId cached_endpoint_;
  bool limit_hit_ = false;
  std::vector<uint32_t> left_rows_, matches_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeService(const plan::PlanNode& node, Execution& execution, const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<ServiceOperator>(node, std::get<plan::Service>(node.op), execution, std::move(left));
}

}  // namespace dossier::query
