#include "graph/model/inline_date.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace dossier::graph {
namespace {

// Payload of a date: days since 4000 years before year 0, zone. Of a dateTime: seconds (in UTC) since then, milliseconds, zone. The zone:
// 0 for none, else minutes east of Greenwich + 841.
constexpr int kZoneBits = 11;
constexpr int kMilliBits = 10;
constexpr int kZoneBias = 841;
constexpr int kMaxZone = 840;
constexpr int64_t kMaxSeconds = int64_t{1} << 39;
constexpr int kFirstYear = -4000;
constexpr int kLastYear = 13000;

// Reads digits off the front of a string.
class Scanner {
 public:
  explicit Scanner(std::string_view s) : s_(s) {}
  bool ok() const { return ok_; }
  bool at_end() const { return s_.empty(); }
  bool Take(char c) {
    if (s_.empty() || s_[0] != c) return false;
    s_.remove_prefix(1);
    return true;
  }
  void Expect(char c) { ok_ &= Take(c); }
  // Exactly `width` digits, at most `max`.
  int Number(size_t width, int max) {
    if (CountDigits() < width) ok_ = false;
    if (!ok_) return 0;
    int value = 0;
    std::from_chars(s_.data(), s_.data() + width, value);
    s_.remove_prefix(width);
    if (value > max) ok_ = false;
    return value;
  }
  size_t CountDigits() const {
    size_t n = 0;
    while (n < s_.size() && s_[n] >= '0' && s_[n] <= '9') ++n;
    return n;
  }
  char front() const { return s_.empty() ? '\0' : s_[0]; }

 private:
  std::string_view s_;
  bool ok_ = true;
};

int64_t DayOf(std::chrono::year_month_day date) { return std::chrono::sys_days(date).time_since_epoch().count(); }

int64_t Origin() {
  static const int64_t origin = DayOf(std::chrono::year(kFirstYear) / 1 / 1);
  return origin;
}

// Days since the origin.
std::optional<int64_t> ReadDate(Scanner& in) {
  const bool negative = in.Take('-');
  const size_t width = in.CountDigits();
  if (width < 4 || width > 5 || (width > 4 && in.front() == '0')) return std::nullopt;
  const int year = (negative ? -1 : 1) * in.Number(width, kLastYear);
  if ((negative && year == 0) || year < kFirstYear) return std::nullopt;
  in.Expect('-');
  const int month = in.Number(2, 12);
  in.Expect('-');
  const int day = in.Number(2, 31);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!in.ok() || !date.ok()) return std::nullopt;
  return DayOf(date) - Origin();
}

// The zone code of what is left.
std::optional<int> ReadZone(Scanner& in) {
  if (in.at_end()) return 0;
  if (in.Take('Z')) return in.at_end() ? std::optional(kZoneBias) : std::nullopt;
  const bool west = in.Take('-');
  if (!west) in.Expect('+');
  const int hours = in.Number(2, 14);
  in.Expect(':');
  const int minutes = hours * 60 + in.Number(2, 59);
  if (!in.ok() || !in.at_end() || minutes == 0 || minutes > kMaxZone) return std::nullopt;
  return kZoneBias + (west ? -minutes : minutes);
}

// Milliseconds after a '.', canonical: one to three digits, the last not 0.
std::optional<int> ReadMillis(Scanner& in) {
  if (!in.Take('.')) return 0;
  const size_t digits = in.CountDigits();
  if (digits < 1 || digits > 3) return std::nullopt;
  int value = in.Number(digits, 999);
  if (value % 10 == 0) return std::nullopt;
  for (size_t i = digits; i < 3; ++i) value *= 10;
  return value;
}

void AppendDate(int64_t days_since_origin, std::string& out) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days_since_origin + Origin()))};
  const int year = static_cast<int>(date.year());
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%s%04d-%02u-%02u", year < 0 ? "-" : "", std::abs(year),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  out += buffer;
}

void AppendZone(int code, std::string& out) {
  if (code == 0) return;
  const int zone = code - kZoneBias;
  if (zone == 0) {
    out += 'Z';
    return;
  }
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", zone < 0 ? '-' : '+', std::abs(zone) / 60, std::abs(zone) % 60);
  out += buffer;
}

int ZoneSeconds(int code) { return code == 0 ? 0 : (code - kZoneBias) * 60; }

}  // namespace

std::optional<uint64_t> EncodeDate(std::string_view lexical) {
  Scanner in(lexical);
  const std::optional<int64_t> days = ReadDate(in);
  if (!days) return std::nullopt;
  const std::optional<int> zone = ReadZone(in);
  if (!zone) return std::nullopt;
  return static_cast<uint64_t>(*days) << kZoneBits | static_cast<uint64_t>(*zone);
}

std::optional<std::string> DecodeDate(uint64_t payload) {
  std::string out;
  const uint64_t days = payload >> kZoneBits;
  if (days > uint64_t{kMaxSeconds / 86400}) return std::nullopt;
  AppendDate(static_cast<int64_t>(days), out);
  AppendZone(static_cast<int>(payload & ((1u << kZoneBits) - 1)), out);
  if (EncodeDate(out) != payload) return std::nullopt;
  return out;
}

std::optional<uint64_t> EncodeDateTime(std::string_view lexical) {
  Scanner in(lexical);
  const std::optional<int64_t> days = ReadDate(in);
  if (!days) return std::nullopt;
  in.Expect('T');
  const int hours = in.Number(2, 23);
  in.Expect(':');
  const int minutes = in.Number(2, 59);
  in.Expect(':');
  const int seconds = in.Number(2, 59);
  if (!in.ok()) return std::nullopt;
  const std::optional<int> millis = ReadMillis(in);
  const std::optional<int> zone = millis ? ReadZone(in) : std::nullopt;
  if (!zone || !in.ok()) return std::nullopt;
  const int64_t utc = *days * 86400 + hours * 3600 + minutes * 60 + seconds - ZoneSeconds(*zone);
  if (utc < 0 || utc >= kMaxSeconds) return std::nullopt;
  return (static_cast<uint64_t>(utc) << kMilliBits | static_cast<uint64_t>(*millis)) << kZoneBits |
         static_cast<uint64_t>(*zone);
}

std::optional<std::string> DecodeDateTime(uint64_t payload) {
  const int zone = static_cast<int>(payload & ((1u << kZoneBits) - 1));
  const int millis = static_cast<int>(payload >> kZoneBits & ((1u << kMilliBits) - 1));
  const int64_t local = static_cast<int64_t>(payload >> (kZoneBits + kMilliBits)) + ZoneSeconds(zone);
  if (local < 0) return std::nullopt;
  std::string out;
  AppendDate(local / 86400, out);
  const int second = static_cast<int>(local % 86400);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
  out += buffer;
  if (millis != 0) {
    std::snprintf(buffer, sizeof buffer, ".%03d", millis);
    out += buffer;
    while (out.back() == '0') out.pop_back();
  }
  AppendZone(zone, out);
  if (EncodeDateTime(out) != payload) return std::nullopt;
  return out;
}

}  // namespace dossier::graph
