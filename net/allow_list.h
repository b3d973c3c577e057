// The places an operator lets queries reach.
//
//   ASSIGN_OR_RETURN(const AllowList allowed, AllowList::Parse({"dbpedia.org", "localhost:3030", "https://example.org/data/"}));
//   switch (allowed.Match(url)) ...
//
// An entry is a host (http and https at their own ports), a host with a port, a URL that others must begin with (same scheme, host, port;
// its path followed by nothing, '/' or '?'), or "*" (everything public). A private or loopback address is reached only when an entry
// names the host with its port. Thread-safe once made. Errors: InvalidArgument naming the entry.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "net/url.h"

namespace dossier::net {

class AllowList {
 public:
  enum class Verdict {
    kNo,
    kPublic,   // if the address is a public one
    kAnywhere  // also a private address
  };

  static absl::StatusOr<AllowList> Parse(const std::vector<std::string>& entries);
  Verdict Match(const Url& url) const;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    bool everything = false;
    std::string scheme;   // empty: both
    std::string host;
    uint16_t port = 0;    // 0: the scheme's own
    bool explicit_port = false;
    std::string path;     // empty: all
  };
  static absl::StatusOr<Entry> ParseEntry(const std::string& text);
  static bool Matches(const Entry& entry, const Url& url);

  std::vector<Entry> entries_;
};

}  // namespace dossier::net
