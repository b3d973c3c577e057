#include "graph/model/iri.h"

#include <algorithm>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/model/utf8.h"

namespace dossier::graph {
namespace {

// The five components of RFC 3986 §3, with whether each is there.
struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_scheme = false, has_authority = false, has_query = false, has_fragment = false;
};

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSchemeChar(char c) { return IsAlpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }

// Length of the scheme in front of ':', or 0.
size_t SchemeLength(std::string_view s) {
  if (s.empty() || !IsAlpha(s[0])) return 0;
  size_t i = 1;
  while (i < s.size() && IsSchemeChar(s[i])) ++i;
  return i < s.size() && s[i] == ':' ? i : 0;
}

Parts Split(std::string_view s) {
  Parts parts;
  if (const size_t n = SchemeLength(s); n > 0) {
    parts.has_scheme = true;
    parts.scheme = s.substr(0, n);
    s.remove_prefix(n + 1);
  }
  if (const size_t hash = s.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = s.substr(hash + 1);
    s = s.substr(0, hash);
  }
  if (const size_t mark = s.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = s.substr(mark + 1);
    s = s.substr(0, mark);
  }
  if (s.starts_with("//")) {
    parts.has_authority = true;
    s.remove_prefix(2);
    const size_t slash = std::min(s.find('/'), s.size());
    parts.authority = s.substr(0, slash);
    s.remove_prefix(slash);
  }
  parts.path = s;
  return parts;
}

void RemoveLastSegment(std::string& out) {
  const size_t slash = out.rfind('/');
  out.resize(slash == std::string::npos ? 0 : slash);
}

// RFC 3986 §5.2.4.
std::string RemoveDotSegments(std::string_view in) {
  std::string out;
  while (!in.empty()) {
    if (in.starts_with("../")) {
      in.remove_prefix(3);
    } else if (in.starts_with("./") || in.starts_with("/./")) {
      in.remove_prefix(2);
    } else if (in == "/.") {
      in = "/";
    } else if (in.starts_with("/../")) {
      in.remove_prefix(3);
      RemoveLastSegment(out);
    } else if (in == "/..") {
      in = "/";
      RemoveLastSegment(out);
    } else if (in == "." || in == "..") {
      in = {};
    } else {
      const size_t end = std::min(in.find('/', in[0] == '/' ? 1 : 0), in.size());
      out.append(in.substr(0, end));
      in.remove_prefix(end);
    }
  }
  return out;
}

// RFC 3986 §5.2.3.
std::string Merge(const Parts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return Cat("/", path);
  const size_t slash = base.path.rfind('/');
  return Cat(slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1), path);
}

std::string Compose(const Parts& base, const Parts& ref) {
  std::string path;
  std::string_view authority = base.authority, query = ref.query;
  bool has_authority = base.has_authority, has_query = ref.has_query;
  if (ref.has_authority) {
    has_authority = true;
    authority = ref.authority;
    path = RemoveDotSegments(ref.path);
  } else if (ref.path.empty()) {
    path = base.path;
    if (!ref.has_query) {
      has_query = base.has_query;
      query = base.query;
    }
  } else if (ref.path[0] == '/') {
    path = RemoveDotSegments(ref.path);
  } else {
    path = RemoveDotSegments(Merge(base, ref.path));
  }
  std::string out = Cat(base.scheme, ":");
  if (has_authority) Append(out, "//", authority);
  out += path;
  if (has_query) Append(out, "?", query);
  if (ref.has_fragment) Append(out, "#", ref.fragment);
  return out;
}

}  // namespace

bool IsAbsoluteIri(std::string_view iri) { return SchemeLength(iri) > 0; }

size_t FindInvalidIriByte(std::string_view iri) {
  for (size_t i = 0; i < iri.size();) {
    const auto c = static_cast<unsigned char>(iri[i]);
    if (c < 0x80) {
      if (c <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '\\' || c == '^' ||
          c == '`') {
        return i;
      }
      ++i;
      continue;
    }
    const size_t n = Utf8SequenceLength(iri, i);
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

absl::StatusOr<std::string> ResolveIri(std::string_view base, std::string_view reference) {
  if (const size_t bad = FindInvalidIriByte(reference); bad != std::string_view::npos) {
    return InvalidArgument(Cat("byte ", bad + 1, " of <", reference, "> may not stand in an IRI"));
  }
  if (IsAbsoluteIri(reference)) return std::string(reference);
  if (base.empty()) return InvalidArgument(Cat("relative IRI <", reference, "> without a base IRI"));
  const Parts base_parts = Split(base);
  if (!base_parts.has_scheme) return InvalidArgument(Cat("base IRI <", base, "> is not absolute"));
  return Compose(base_parts, Split(reference));
}

}  // namespace dossier::graph
