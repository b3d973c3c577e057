#include <optional>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "query/update/graphs.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::RdfFormat;
using graph::Term;

constexpr std::string_view kAccept =
    "text/turtle, application/trig, application/n-triples, application/n-quads, application/rdf+xml;q=0.9, */*;q=0.1";
constexpr std::string_view kFileScheme = "file://";
constexpr size_t kCheckEvery = 1024;

// The path without query and fragment: what a name's ending is read from.
std::string_view PathOf(std::string_view url) { return url.substr(0, url.find_first_of("?#")); }

absl::Status Denied(std::string_view message) { return {absl::StatusCode::kPermissionDenied, ToAbsl(message)}; }

class Reader {
 public:
  Reader(Changes& changes, std::string prefix) : changes_(changes), prefix_(std::move(prefix)) {}
  ~Reader() { changes_.context().Charge(-charged_, "").IgnoreError(); }

  absl::Status ReadFile(const std::string& url) {
    const std::string path = url.substr(kFileScheme.size());
    const auto format = graph::FormatOfPath(path);
    if (!format) return InvalidArgument(Cat("the ending of ", url, " does not tell its RDF format"));
    return graph::ReadRdfFile(path, {*format, url, prefix_}, [this](Quad quad) { return Add(std::move(quad)); });
  }

  absl::Status ReadRemote(const std::string& url, Remote& remote) {
    RemoteRequest request;
    request.url = url;
    request.accept = kAccept;
    ASSIGN_OR_RETURN(const RemoteResponse response, remote.Fetch(request, changes_.context()));
    if (response.status / 100 != 2)
      return {absl::StatusCode::kUnavailable, ToAbsl(Cat(url, " answered with status ", response.status))};
    const std::string& base = response.final_url.empty() ? url : response.final_url;
    std::optional<RdfFormat> format = graph::FormatOfMediaType(response.content_type);
    if (!format) format = graph::FormatOfPath(std::string(PathOf(base)));
    if (!format) return InvalidArgument(Cat(url, " is of the type \"", response.content_type, "\", which is no RDF format known here"));
    return graph::ReadRdf(response.body, {*format, base, prefix_}, [this](Quad quad) { return Add(std::move(quad)); });
  }

  // The limits of the request, which end it even when the operation is SILENT.
  const absl::Status& limit() const { return limit_; }
  const std::vector<Quad>& quads() const { return quads_; }

 private:
  absl::Status Add(Quad quad) {
    if (quads_.size() % kCheckEvery == 0) limit_ = Annotate(changes_.context().Check(), "load");
    const auto bytes = static_cast<int64_t>(sizeof(Quad) + quad.subject.value().size() + quad.predicate.value().size() +
                                            quad.object.value().size() + quad.object.datatype().size());
    if (limit_.ok()) limit_ = changes_.context().Charge(bytes, "load");
    RETURN_IF_ERROR(limit_);
    charged_ += bytes;
    quads_.push_back(std::move(quad));
    return absl::OkStatus();
  }

  Changes& changes_;
  std::string prefix_;
  std::vector<Quad> quads_;
  absl::Status limit_;
  int64_t charged_ = 0;
};

absl::Status Read(const std::string& url, const UpdateOptions& options, Reader& reader) {
  if (url.starts_with(kFileScheme) && options.allow_load_files) return reader.ReadFile(url);
  if (options.remote == nullptr) return Denied(Cat("LOAD is off; the operator can allow it for this place (serve --allow-load): ", url));
  return reader.ReadRemote(url, *options.remote);
}

}  // namespace

// The quads are read before the first is inserted, so that a broken document changes nothing. The default graph of the document goes to the
// target; named graphs of TriG and N-Quads keep their names.
absl::Status LoadDocument(const ast::UpdateOperation& operation, const UpdateOptions& options, Changes& changes) {
  Reader reader(changes, changes.FreshLabel() + ".");
  const absl::Status status = Read(operation.document, options, reader);
  RETURN_IF_ERROR(reader.limit());
  if (!status.ok()) {
    const auto position = PositionOf(status);
    const std::string at = position ? Cat(":", position->line, ":", position->column) : "";
    return {status.code(), ToAbsl(Cat(operation.document, at, ": ", MessageOf(status)))};
  }
  for (const Quad& quad : reader.quads()) {
    graph::IdQuad ids;
    ASSIGN_OR_RETURN(ids.subject, changes.Intern(quad.subject));
    ASSIGN_OR_RETURN(ids.predicate, changes.Intern(quad.predicate));
    ASSIGN_OR_RETURN(ids.object, changes.Intern(quad.object));
    if (!quad.in_default_graph) {
      ASSIGN_OR_RETURN(ids.graph, changes.Intern(quad.graph));
    } else if (operation.target.kind == ast::GraphRef::Kind::kIri) {
      ASSIGN_OR_RETURN(ids.graph, changes.Intern(Term::Iri(operation.target.iri)));
    }
    RETURN_IF_ERROR(changes.Insert(ids));
  }
  return absl::OkStatus();
}

}  // namespace dossier::query
