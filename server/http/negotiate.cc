#include "server/http/negotiate.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "server/http/message.h"

namespace dossier::server {
namespace {

// Splits at `separator` outside of quoted strings.
std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(TrimBlanks(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(TrimBlanks(text.substr(std::min(begin, text.size()))));
  return parts;
}

std::string Unquote(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  std::string out;
  for (size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

std::pair<std::string, std::string> Parameter(std::string_view text) {
  const size_t equals = std::min(text.find('='), text.size());
  return {LowerAscii(TrimBlanks(text.substr(0, equals))), Unquote(TrimBlanks(text.substr(std::min(equals + 1, text.size()))))};
}

// In thousandths; 1 when it cannot be read.
int QualityOf(const std::vector<std::string_view>& parts) {
  for (size_t i = 1; i < parts.size(); ++i) {
    const auto [name, value] = Parameter(parts[i]);
    if (name != "q") continue;
    double q = 1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), q);
    if (error == std::errc() && q >= 0 && q <= 1) return static_cast<int>(q * 1000 + 0.5);
  }
  return 1000;
}

// How closely a range names a type: 3 itself, 2 "text/*", 1 "*/*", 0 not at all.
int Closeness(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*" || range == "*") return 1;
  return range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1)) ? 2 : 0;
}

}  // namespace

std::optional<size_t> Negotiate(std::string_view accept, absl::Span<const std::string_view> offers) {
  if (TrimBlanks(accept).empty()) return offers.empty() ? std::nullopt : std::optional<size_t>(0);
  std::vector<std::pair<std::string, int>> ranges;
  for (const std::string_view item : Split(accept, ',')) {
    const std::vector<std::string_view> parts = Split(item, ';');
    if (!parts[0].empty()) ranges.emplace_back(LowerAscii(parts[0]), QualityOf(parts));
  }
  std::optional<size_t> best;
  int best_quality = 0;
  for (size_t i = 0; i < offers.size(); ++i) {
    int closest = 0, quality = 0;
    for (const auto& [range, q] : ranges) {
      const int closeness = Closeness(range, offers[i]);
      if (closeness > closest) {
        closest = closeness;
        quality = q;
      }
    }
    if (quality > best_quality) {
      best = i;
      best_quality = quality;
    }
  }
  return best;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  int quality = 0, closest = 0;
  for (const std::string_view item : Split(accept_encoding, ',')) {
    const std::vector<std::string_view> parts = Split(item, ';');
    const std::string name = LowerAscii(parts[0]);
    const int closeness = name == "gzip" || name == "x-gzip" ? 2 : name == "*" ? 1 : 0;
    if (closeness > closest) {
      closest = closeness;
      quality = QualityOf(parts);
    }
  }
  return quality > 0;
}

MediaType ParseMediaType(std::string_view field) {
  MediaType media;
  const std::vector<std::string_view> parts = Split(field, ';');
  media.type = LowerAscii(parts[0]);
  for (size_t i = 1; i < parts.size(); ++i) {
    auto [name, value] = Parameter(parts[i]);
    if (name == "charset") media.charset = LowerAscii(value);
    if (name == "boundary") media.boundary = std::move(value);
  }
  return media;
}

}  // namespace dossier::server
