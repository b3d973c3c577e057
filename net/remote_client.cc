#include "net/remote_client.h"

#include <boost/asio/ssl/context.hpp>
#include <optional>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/iri.h"
#include "net/address.h"
#include "net/exchange.h"

namespace dossier::net {
namespace {

namespace asio = boost::asio;

absl::Status Denied(std::string_view message) { return absl::PermissionDeniedError(ToAbsl(message)); }

bool IsRedirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

std::string WithoutFragment(std::string_view url) { return std::string(url.substr(0, url.find('#'))); }

// The request that follows a redirect; its URL is not checked yet. RFC 9110 §15.4: 303 asks for a GET, the others keep the request.
absl::StatusOr<query::RemoteRequest> Redirected(query::RemoteRequest request, const Answer& answer) {
  absl::StatusOr<std::string> target = graph::ResolveIri(request.url, answer.location);
  if (!target.ok()) return absl::UnavailableError(ToAbsl(Cat("<", request.url, "> redirects to no URL: ", MessageOf(target.status()))));
  request.url = WithoutFragment(*target);
  if (answer.status == 303 && request.method != "HEAD") {
    request.method = "GET";
    request.content_type.clear();
    request.body.clear();
  }
  return request;
}

}  // namespace

struct RemoteClient::Tls {
  asio::ssl::context context{asio::ssl::context::tls_client};
};

RemoteClient::RemoteClient(RemoteOptions options, AllowList allow, FileAccess files)
    : options_(std::move(options)), allow_(std::move(allow)), files_(std::move(files)) {}

RemoteClient::~RemoteClient() = default;

absl::StatusOr<std::unique_ptr<RemoteClient>> RemoteClient::Create(RemoteOptions options) {
  ASSIGN_OR_RETURN(AllowList allow, AllowList::Parse(options.allow));
  ASSIGN_OR_RETURN(FileAccess files, FileAccess::Create(options.load_folders));
  std::unique_ptr<RemoteClient> client(new RemoteClient(std::move(options), std::move(allow), std::move(files)));
  try {
    client->tls_ = std::make_unique<Tls>();
  } catch (const boost::system::system_error& error) {
    return Internal(Cat("TLS does not start: ", error.what()));
  }
  asio::ssl::context& tls = client->tls_->context;
  boost::system::error_code error;
  tls.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
  tls.set_default_verify_paths(error);  // where there are none, nothing is trusted
  if (const std::string& file = client->options_.ca_file; !file.empty()) {
    tls.load_verify_file(file, error);
    if (error) return InvalidArgument(Cat(file, ": no certificates: ", error.message()));
  }
  return client;
}

absl::StatusOr<std::vector<asio::ip::address>> RemoteClient::AllowedAddresses(const Url& url, const std::function<absl::Status()>& go_on) const {
  const AllowList::Verdict verdict = allow_.Match(url);
  if (verdict == AllowList::Verdict::kNo) return Denied(Cat("<", url.ToString(), "> is not among the targets that may be reached"));
  ASSIGN_OR_RETURN(std::vector<asio::ip::address> addresses, LookUp(options_.resolver, url.host, go_on));
  if (addresses.empty()) return absl::UnavailableError(ToAbsl(Cat("the host ", url.host, " has no address")));
  if (options_.allow_private || verdict == AllowList::Verdict::kAnywhere) return addresses;
  std::erase_if(addresses, [](const asio::ip::address& address) { return !IsPublicAddress(address); });
  if (addresses.empty()) {
    return Denied(Cat("<", url.ToString(), "> has a private or local address, which is reached only where the host is allowed with its port"));
  }
  return addresses;
}

absl::StatusOr<query::RemoteResponse> RemoteClient::ReadFile(const query::RemoteRequest& request) const {
  if (request.method != "GET") return InvalidArgument(Cat(request.method, " does not go with a file: URL"));
  query::RemoteResponse response;
  ASSIGN_OR_RETURN(response.body, files_.Read(request.url, options_.max_body_bytes));
  if (const auto format = graph::FormatOfPath(request.url)) response.content_type = graph::MediaTypeOf(*format);
  response.status = 200;
  response.final_url = request.url;
  return response;
}

absl::StatusOr<query::RemoteResponse> RemoteClient::Fetch(const query::RemoteRequest& first, query::QueryContext& context) {
  RETURN_IF_ERROR(context.Check());
  query::RemoteRequest request = first;
  request.url = WithoutFragment(request.url);
  if (request.url.starts_with("file:")) return ReadFile(request);
  const ExchangeLimits limits{std::chrono::steady_clock::now() + options_.timeout, options_.max_body_bytes};
  const auto go_on = [&] {
    RETURN_IF_ERROR(context.Check());
    return std::chrono::steady_clock::now() > limits.deadline ? DeadlineExceeded("a remote server's name was not found in time") : absl::OkStatus();
  };
  std::optional<Url> last;
  for (int redirects = 0; redirects <= options_.max_redirects; ++redirects) {
    ASSIGN_OR_RETURN(Url url, ParseUrl(request.url));
    if (last && last->is_https() && !url.is_https()) return Denied(Cat("<", last->ToString(), "> redirects from https: to http:"));
    ASSIGN_OR_RETURN(const auto addresses, AllowedAddresses(url, go_on));
    ASSIGN_OR_RETURN(Answer answer, Exchange(url, addresses, request, tls_->context, limits, context));
    if (!IsRedirect(answer.status) || answer.location.empty()) {
      return query::RemoteResponse{answer.status, std::move(answer.content_type), std::move(answer.body), request.url};
    }
    ASSIGN_OR_RETURN(request, Redirected(std::move(request), answer));
    last = std::move(url);
  }
  return absl::UnavailableError(ToAbsl(Cat("<", first.url, "> redirects more than ", options_.max_redirects, " times")));
}

}  // namespace dossier::net
