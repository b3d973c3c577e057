// The way out of the program for SERVICE and LOAD: an HTTP client that reaches what the operator allows and nothing else.
//
//   RemoteOptions options;  options.allow = {"dbpedia.org"};  options.load_folders = {"/srv/data"};
//   ASSIGN_OR_RETURN(const auto remote, RemoteClient::Create(std::move(options)));
//   query_options.remote = remote.get();
//
// Every URL, also one behind a redirect, must match the allow-list (allow_list.h); its host is looked up once, the addresses are checked
// (address.h), and exactly those are connected to. Certificates are verified; a redirect from https: to http: is refused. file: URLs are
// read from the allowed folders only (file_access.h), compressed files unpacked. Bounded: time, size (also unpacked), redirects.
// Thread-safe. Errors: see query/remote.h; PermissionDenied says what is not allowed.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/allow_list.h"
#include "net/file_access.h"
#include "net/resolver.h"
#include "query/remote.h"

namespace dossier::net {

struct RemoteOptions {
  std::vector<std::string> allow;               // entries of AllowList
  bool allow_private = false;                   // private and loopback addresses for every allowed target
  std::vector<std::string> load_folders;        // for file: URLs
  std::chrono::milliseconds timeout{30'000};    // for all of a Fetch(), with redirects
  size_t max_body_bytes = size_t{256} << 20;
  int max_redirects = 5;
  std::string ca_file;                          // PEM; trusted besides the system's
  Resolver resolver = SystemResolver;           // tests inject another
};

class RemoteClient : public query::Remote {
 public:
  // InvalidArgument for an entry, folder or certificate file that is not understood.
  static absl::StatusOr<std::unique_ptr<RemoteClient>> Create(RemoteOptions options);
  ~RemoteClient() override;
  absl::StatusOr<query::RemoteResponse> Fetch(const query::RemoteRequest& request, query::QueryContext& context) override;

 private:
  struct Tls;
  RemoteClient(RemoteOptions options, AllowList allow, FileAccess files);
  absl::StatusOr<query::RemoteResponse> ReadFile(const query::RemoteRequest& request) const;
  absl::StatusOr<std::vector<boost::asio::ip::address>> AllowedAddresses(const Url& url, const std::function<absl::Status()>& go_on) const;

  RemoteOptions options_;
  AllowList allow_;
  FileAccess files_;
  std::unique_ptr<Tls> tls_;
};

}  // namespace dossier::net
