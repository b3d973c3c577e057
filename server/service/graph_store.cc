// /store and what is below it: SPARQL 1.1 Graph Store HTTP Protocol.
//
// ?default and ?graph=IRI name a graph; without either the request's own IRI does. /store itself, without parameters, stands for the whole
// store where the format holds graphs (N-Quads, TriG). POST of triples to "/store/" makes a graph with a name of its own.
#include <openssl/rand.h>

#include "absl/time/clock.h"
#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/iri.h"
#include "server/http/multipart.h"
#include "server/http/negotiate.h"
#include "server/service/formats.h"
#include "server/service/graph_dump.h"
#include "server/service/service.h"

namespace dossier::server {
namespace {

using graph::IdPattern;
using graph::TermId;

constexpr size_t kCheckEvery = 1024;
// What a change costs until it is committed: see graph/store/transaction.h.
constexpr uint64_t kBytesPerChange = 280;

std::string RandomHex(size_t bytes) {
  unsigned char random[16];
  if (RAND_bytes(random, static_cast<int>(bytes)) != 1) throw std::bad_alloc();
  std::string out;
  for (size_t i = 0; i < bytes; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    out += kDigits[random[i] >> 4];
    out += kDigits[random[i] & 15];
  }
  return out;
}

struct Target {
  enum class Kind { kDefault, kNamed, kAll };
  Kind kind = Kind::kNamed;
  std::string graph;  // kNamed
};

absl::StatusOr<Target> TargetOf(const Request& request, bool quads) {
  ASSIGN_OR_RETURN(const Params params, Params::Parse(request.query));
  const std::vector<std::string> graphs = params.All("graph");
  const bool is_default = params.Has("default");
  if (graphs.size() + (is_default ? 1 : 0) > 1) return InvalidArgument("one request names one graph: ?default or ?graph=IRI");
  if (is_default) return Target{Target::Kind::kDefault, ""};
  if (graphs.empty() && request.path == "/store" && quads) return Target{Target::Kind::kAll, ""};
  Target target{Target::Kind::kNamed, ""};
  if (!graphs.empty()) {
    target.graph = graphs[0];
  } else if (request.path == "/store/" && request.method == "POST") {
    target.graph = Cat(request.Iri(), RandomHex(10));
  } else {
    target.graph = Cat(request.Iri(), request.query.empty() ? "" : "?", request.query);
  }
  if (!graph::IsAbsoluteIri(target.graph) || graph::FindInvalidIriByte(target.graph) != std::string::npos) {
    return InvalidArgument(Cat("a graph's name is an absolute IRI, not \"", target.graph, "\""));
  }
  return target;
}

// The pattern of the target's quads; nothing when a named graph is not there.
absl::StatusOr<std::optional<IdPattern>> PatternOf(const graph::Snapshot& snapshot, const Target& target) {
  IdPattern pattern;
  if (target.kind == Target::Kind::kAll) pattern.graphs = IdPattern::Graphs::kAny;
  if (target.kind != Target::Kind::kNamed) return std::optional(pattern);
  ASSIGN_OR_RETURN(pattern.graph, snapshot.Find(graph::Term::Iri(target.graph)));
  if (pattern.graph.is_unbound()) return std::optional<IdPattern>();
  ASSIGN_OR_RETURN(const uint64_t quads, snapshot.Count(pattern, 1));
  return quads > 0 ? std::optional(pattern) : std::nullopt;
}

// Time, cancellation and memory of one request.
class Limits {
 public:
  Limits(const ServerOptions& options, const RequestContext& context)
      : cancelled_(context.cancelled), deadline_(context.arrival + options.query_timeout), memory_(options.query_memory) {}

  absl::Status Check() const {
    if (cancelled_ != nullptr && cancelled_->load()) return Cancelled("the request was cancelled");
    if (std::chrono::steady_clock::now() > deadline_) return DeadlineExceeded("the request took longer than the server's time limit");
    return absl::OkStatus();
  }
  // The turn to write, when it comes in time.
  absl::StatusOr<std::unique_ptr<graph::Transaction>> Begin(graph::Store& store) const {
    RETURN_IF_ERROR(Check());
    return store.Begin(absl::Now() + absl::FromChrono(deadline_ - std::chrono::steady_clock::now()));
  }
  absl::Status AddChange(uint64_t bytes) {
    used_ += kBytesPerChange + bytes;
    if (used_ > memory_) return ResourceExhausted("the change needs more memory than the server's limit");
    return ++changes_ % kCheckEvery == 0 ? Check() : absl::OkStatus();
  }

 private:
  const std::atomic<bool>* cancelled_;
  std::chrono::steady_clock::time_point deadline_;
  uint64_t memory_, used_ = 0;
  size_t changes_ = 0;
};

absl::Status RemoveAll(const graph::Snapshot& snapshot, const IdPattern& pattern, Limits& limits, graph::Transaction& transaction) {
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(pattern, snapshot.BestOrder(pattern, 's')));
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    for (size_t i = 0; i < batch.size; ++i) {
      RETURN_IF_ERROR(limits.AddChange(0));
      const graph::IdQuad quad{batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]};
      RETURN_IF_ERROR(transaction.Remove(quad));
    }
  }
}

uint64_t SizeOf(const graph::Term& term) {
  if (!term.is_triple()) return term.value().size() + term.datatype().size();
  const graph::Triple& triple = term.triple();
  return SizeOf(triple.subject) + SizeOf(triple.predicate) + SizeOf(triple.object);
}

struct Document {
  graph::RdfFormat format;
  std::string_view text;
};

absl::Status InsertDocument(const Document& document, const Target& target, const std::string& base, Limits& limits,
                            graph::Transaction& transaction) {
  graph::RdfReadOptions options;
  options.format = document.format;
  options.base = target.kind == Target::Kind::kNamed ? target.graph : base;
  options.blank_node_prefix = Cat("h", RandomHex(8), ".");
  return graph::ReadRdf(document.text, options, [&](graph::Quad quad) -> absl::Status {
    if (target.kind != Target::Kind::kAll && !quad.in_default_graph) {
      return InvalidArgument("the body holds named graphs, but the request names one graph; send it to /store without parameters");
    }
    if (target.kind == Target::Kind::kNamed) {
      quad.in_default_graph = false;
      quad.graph = graph::Term::Iri(target.graph);
    }
    RETURN_IF_ERROR(limits.AddChange(SizeOf(quad.subject) + SizeOf(quad.object)));
    return transaction.Insert(quad);
  });
}

// The documents of a body: itself, or the parts of a form.
struct Body {
  std::vector<Document> documents;
  std::optional<Response> refusal;
};

std::optional<graph::RdfFormat> FormatOfPart(const Part& part) {
  if (const auto format = graph::FormatOfMediaType(part.content_type)) return format;
  return graph::FormatOfPath(part.file_name);
}

Body BodyOf(const Request& request) {
  Body body;
  const std::string content_type = request.Field("content-type");
  const MediaType media = ParseMediaType(content_type);
  const auto refuse = [&](int status, std::string text) { body.refusal = TextResponse(status, std::move(text)); };
  const auto add = [&](std::optional<graph::RdfFormat> format, std::string_view type, std::string_view text) {
    const std::string charset = ParseMediaType(type).charset;
    if (!format) return refuse(415, Cat("the body has to be RDF (text/turtle, application/n-triples, ...), not \"", type, "\""));
    const bool xml = *format == graph::RdfFormat::kRdfXml;  // says its encoding itself
    if (!xml && !charset.empty() && charset != "utf-8" && charset != "us-ascii") {
      return refuse(415, Cat("the body has to be UTF-8, not ", charset));
    }
    body.documents.push_back({*format, text});
  };
  if (media.type != "multipart/form-data") {
    add(graph::FormatOfMediaType(content_type), content_type, request.body);
    return body;
  }
  const auto parts = ParseMultipart(request.body, media.boundary);
  if (!parts.ok()) {
    refuse(400, MessageOf(parts.status()));
    return body;
  }
  for (const Part& part : *parts) add(FormatOfPart(part), part.content_type, part.body);
  return body;
}

Response ReadGraph(const graph::Store& store, const Request& request, const ServerOptions& options, const RequestContext& context) {
  const auto best = Negotiate(request.Field("accept"), GraphOffers());
  if (!best) return NotAcceptable(GraphOffers());
  const graph::RdfFormat format = GraphFormatAt(*best);
  const auto target = TargetOf(request, graph::HoldsGraphs(format));
  if (!target.ok()) return ErrorResponse(target.status(), "", "request");
  std::shared_ptr<const graph::Snapshot> snapshot = store.GetSnapshot();
  const auto pattern = PatternOf(*snapshot, *target);
  if (!pattern.ok()) return ErrorResponse(pattern.status(), "", "request");
  if (!*pattern) return TextResponse(404, Cat("there is no graph <", target->graph, ">"));
  Response response;
  response.content_type = ContentTypeOf(GraphOffers()[*best]);
  response.fields.emplace_back("Vary", "Accept, Accept-Encoding");
  response.produce = [snapshot = std::move(snapshot), pattern = **pattern, format, limits = Limits(options, context)](const ByteSink& sink) {
    return DumpGraph(*snapshot, pattern, format, [&] { return limits.Check(); }, sink);
  };
  response.on_error = [](const absl::Status& status) { return ErrorResponse(status, "", "graph"); };
  return response;
}

Response DeleteGraph(graph::Store& store, const Request& request, Limits limits) {
  const auto target = TargetOf(request, false);
  if (!target.ok()) return ErrorResponse(target.status(), "", "request");
  const auto begun = limits.Begin(store);
  if (!begun.ok()) return ErrorResponse(begun.status(), "", "request");
  graph::Transaction* const transaction = begun->get();
  const auto snapshot = transaction->GetSnapshot();
  const auto pattern = PatternOf(*snapshot, *target);
  if (!pattern.ok()) return ErrorResponse(pattern.status(), "", "request");
  if (!*pattern) return TextResponse(404, Cat("there is no graph <", target->graph, ">"));
  absl::Status status = RemoveAll(*snapshot, **pattern, limits, *transaction);
  if (status.ok()) status = transaction->Commit();
  return status.ok() ? EmptyResponse(204) : ErrorResponse(status, "", "request");
}

absl::Status Apply(const Body& body, const Target& target, const std::optional<IdPattern>& before, const Request& request,
                   const graph::Snapshot& snapshot, Limits& limits, graph::Transaction& transaction, std::string_view& failed) {
  if (request.method == "PUT" && before) RETURN_IF_ERROR(RemoveAll(snapshot, *before, limits, transaction));
  for (const Document& document : body.documents) {
    failed = document.text;
    RETURN_IF_ERROR(InsertDocument(document, target, request.Iri(), limits, transaction));
  }
  failed = {};
  RETURN_IF_ERROR(limits.Check());
  return transaction.Commit();
}

Response WriteGraph(graph::Store& store, const Request& request, Limits limits) {
  Body body = BodyOf(request);
  if (body.refusal) return *std::move(body.refusal);
  bool quads = false;
  for (const Document& document : body.documents) quads = quads || graph::HoldsGraphs(document.format);
  const auto target = TargetOf(request, quads);
  if (!target.ok()) return ErrorResponse(target.status(), "", "request");
  const auto begun = limits.Begin(store);
  if (!begun.ok()) return ErrorResponse(begun.status(), "", "request");
  graph::Transaction* const transaction = begun->get();
  const auto snapshot = transaction->GetSnapshot();
  const auto before = PatternOf(*snapshot, *target);
  if (!before.ok()) return ErrorResponse(before.status(), "", "request");
  std::string_view failed;
  const absl::Status status = Apply(body, *target, *before, request, *snapshot, limits, *transaction, failed);
  if (!status.ok()) return ErrorResponse(status, failed, "body");
  if (*before) return EmptyResponse(204);
  Response response = EmptyResponse(201);
  response.fields.emplace_back("Location", target->graph);
  return response;
}

}  // namespace

Response Service::GraphStore(const Request& request, const RequestContext& context) const {
  if (request.method == "GET" || request.method == "HEAD") return ReadGraph(store_, request, options_, context);
  const Limits limits(options_, context);
  if (request.method == "DELETE") return DeleteGraph(store_, request, limits);
  return WriteGraph(store_, request, limits);
}

}  // namespace dossier::server
