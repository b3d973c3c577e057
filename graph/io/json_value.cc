#include "graph/io/json_value.h"

#include <algorithm>
#include <boost/json/src.hpp>
#include <charconv>
#include <cmath>
#include <vector>

#include "graph/base/json_text.h"
#include "graph/base/strings.h"
#include "graph/io/readers.h"
#include "graph/model/utf8.h"

namespace dossier::graph {
namespace {

namespace json = boost::json;

// Compares by UTF-16 code units, which differs from code points where surrogates meet U+E000..U+FFFF.
bool Utf16Less(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto byte_a = static_cast<unsigned char>(*x), byte_b = static_cast<unsigned char>(*y);
  const bool four_a = byte_a >= 0xF0, four_b = byte_b >= 0xF0;
  if (four_a != four_b && std::min(byte_a, byte_b) >= 0xEE) return four_a;
  return byte_a < byte_b;
}

void AppendCanonicalString(std::string_view text, std::string& out) {
  std::string escaped;
  AppendJsonString(text, escaped);
  for (size_t at = 0; (at = escaped.find('\\', at)) != std::string::npos; at += 2) {
    if (escaped.compare(at, 6, "\\u0008") == 0) escaped.replace(at, 6, "\\b");
    if (escaped.compare(at, 6, "\\u000c") == 0) escaped.replace(at, 6, "\\f");
  }
  out += escaped;
}

}  // namespace

absl::StatusOr<json::value> ParseJson(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::parser parser({}, options);
  json::error_code error;
  size_t read = 0;
  try {
    read = parser.write_some(text.data(), text.size(), error);
    if (!error && read == text.size()) return parser.release();
  } catch (const std::exception&) {  // no memory, or the text is empty or breaks off
    if (!error) error = json::error::incomplete;
  }
  const size_t rest = text.find_first_not_of(" \t\r\n", read);
  if (!error && rest == std::string_view::npos) return parser.release();
  const std::string why = error ? error.message() : std::string("something follows the end");
  return SyntaxErrorAt(LocatePosition(text, error ? read : rest), Cat("malformed JSON: ", why));
}

void AppendJsonNumber(double number, std::string& out) {
  if (number == 0) {
    out.push_back('0');
    return;
  }
  char buffer[32];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(written.ptr - buffer));
  const size_t e = text.find('e');
  std::string digits(text.substr(0, 1));
  if (e > 2) digits += text.substr(2, e - 2);
  const int point = std::atoi(std::string(text.substr(e + 1)).c_str()) + 1;  // digits before the decimal point
  const int count = static_cast<int>(digits.size());
  if (number < 0) out.push_back('-');
  if (point > 21 || point < -5) {
    Append(out, digits[0], count > 1 ? "." : "", std::string_view(digits).substr(1), point > 0 ? "e+" : "e", point - 1);
  } else if (point <= 0) {
    Append(out, "0.", std::string(static_cast<size_t>(-point), '0'), digits);
  } else if (count <= point) {
    Append(out, digits, std::string(static_cast<size_t>(point - count), '0'));
  } else {
    Append(out, std::string_view(digits).substr(0, static_cast<size_t>(point)), ".", std::string_view(digits).substr(static_cast<size_t>(point)));
  }
}

void AppendCanonicalJson(const json::value& value, std::string& out) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; break;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
    case json::kind::int64: AppendJsonNumber(static_cast<double>(value.get_int64()), out); break;
    case json::kind::uint64: AppendJsonNumber(static_cast<double>(value.get_uint64()), out); break;
    case json::kind::double_: AppendJsonNumber(value.get_double(), out); break;
    case json::kind::string: AppendCanonicalString({value.get_string().data(), value.get_string().size()}, out); break;
    case json::kind::array: {
      out.push_back('[');
      for (const json::value& item : value.get_array()) {
        if (&item != value.get_array().begin()) out.push_back(',');
        AppendCanonicalJson(item, out);
      }
      out.push_back(']');
      break;
    }
    case json::kind::object: {
      std::vector<const json::key_value_pair*> members;
      for (const json::key_value_pair& member : value.get_object()) members.push_back(&member);
      const auto key = [](const json::key_value_pair* member) { return std::string_view(member->key().data(), member->key().size()); };
      std::sort(members.begin(), members.end(), [&](const auto* a, const auto* b) { return Utf16Less(key(a), key(b)); });
      out.push_back('{');
      for (const json::key_value_pair* member : members) {
        if (member != members.front()) out.push_back(',');
        AppendCanonicalString(key(member), out);
        out.push_back(':');
        AppendCanonicalJson(member->value(), out);
      }
      out.push_back('}');
      break;
    }
  }
}

}  // namespace dossier::graph
