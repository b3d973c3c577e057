#include "server/http/params.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/utf8.h"

namespace dossier::server {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

absl::StatusOr<std::string> PercentDecode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
      if (low < 0) return InvalidArgument(Cat("broken percent escape at byte ", i, " of the parameters"));
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (graph::FindInvalidUtf8(out) != std::string::npos) return InvalidArgument("a parameter is not UTF-8");
  return out;
}

absl::StatusOr<Params> Params::Parse(std::string_view text) {
  Params params;
  while (!text.empty()) {
    const size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    ASSIGN_OR_RETURN(std::string name, PercentDecode(pair.substr(0, equals), true));
    ASSIGN_OR_RETURN(std::string value, PercentDecode(pair.substr(std::min(equals + 1, pair.size())), true));
    params.params_.emplace_back(std::move(name), std::move(value));
  }
  return params;
}

bool Params::Has(std::string_view name) const {
  return std::any_of(params_.begin(), params_.end(), [&](const auto& param) { return param.first == name; });
}

std::vector<std::string> Params::All(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [param, value] : params_) {
    if (param == name) values.push_back(value);
  }
  return values;
}

void Params::Append(Params more) {
  std::move(more.params_.begin(), more.params_.end(), std::back_inserter(params_));
}

}  // namespace dossier::server
