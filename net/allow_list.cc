#include "net/allow_list.h"

#include <algorithm>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::net {

absl::StatusOr<AllowList::Entry> AllowList::ParseEntry(const std::string& text) {
  Entry entry;
  if (text == "*") {
    entry.everything = true;
  } else if (text.find("://") != std::string::npos) {
    ASSIGN_OR_RETURN(const Url url, ParseUrl(text));
    if (url.HasDotSegments()) return InvalidArgument("its path holds \".\" or \"..\"");
    entry.scheme = url.scheme;
    entry.host = url.host;
    entry.port = url.port;
    entry.explicit_port = url.explicit_port;
    if (url.target != "/") entry.path = url.target;
  } else {
    RETURN_IF_ERROR(ParseHostAndPort(text, entry.host, entry.port, entry.explicit_port));
  }
  return entry;
}

absl::StatusOr<AllowList> AllowList::Parse(const std::vector<std::string>& entries) {
  AllowList list;
  for (const std::string& text : entries) {
    absl::StatusOr<Entry> entry = ParseEntry(text);
    if (!entry.ok()) return Annotate(entry.status(), Cat("the allowed target \"", text, "\""));
    list.entries_.push_back(*std::move(entry));
  }
  return list;
}

bool AllowList::Matches(const Entry& entry, const Url& url) {
  if (entry.everything) return true;
  if (entry.host != url.host || (!entry.scheme.empty() && entry.scheme != url.scheme)) return false;
  if (entry.port == 0 ? !url.has_default_port() : entry.port != url.port) return false;
  if (entry.path.empty()) return true;
  if (!url.target.starts_with(entry.path) || url.HasDotSegments()) return false;
  const std::string_view rest = std::string_view(url.target).substr(entry.path.size());
  return rest.empty() || entry.path.ends_with('/') || rest[0] == '/' || rest[0] == '?';
}

AllowList::Verdict AllowList::Match(const Url& url) const {
  Verdict verdict = Verdict::kNo;
  for (const Entry& entry : entries_) {
    if (Matches(entry, url)) verdict = std::max(verdict, entry.explicit_port ? Verdict::kAnywhere : Verdict::kPublic);
  }
  return verdict;
}

}  // namespace dossier::net
