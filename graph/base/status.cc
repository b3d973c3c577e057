#include "graph/base/status.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "graph/base/strings.h"

namespace dossier {
namespace {

constexpr char kPositionUrl[] = "dossier/source-position";
constexpr size_t kMaxShownLine = 120;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

SourcePosition LocatePosition(std::string_view text, size_t offset) {
  SourcePosition position;
  position.offset = std::min(offset, text.size());
  for (size_t i = 0; i < position.offset; ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if (!IsContinuation(text[i])) {
      ++position.column;
    }
  }
  return position;
}

absl::Status InvalidArgument(std::string_view m) { return absl::InvalidArgumentError(ToAbsl(m)); }
absl::Status NotFound(std::string_view m) { return absl::NotFoundError(ToAbsl(m)); }
absl::Status Internal(std::string_view m) { return absl::InternalError(ToAbsl(m)); }
absl::Status DataLoss(std::string_view m) { return absl::DataLossError(ToAbsl(m)); }
absl::Status FailedPrecondition(std::string_view m) { return absl::FailedPreconditionError(ToAbsl(m)); }
absl::Status ResourceExhausted(std::string_view m) { return absl::ResourceExhaustedError(ToAbsl(m)); }
absl::Status DeadlineExceeded(std::string_view m) { return absl::DeadlineExceededError(ToAbsl(m)); }
absl::Status Cancelled(std::string_view m) { return absl::CancelledError(ToAbsl(m)); }
absl::Status Unimplemented(std::string_view m) { return absl::UnimplementedError(ToAbsl(m)); }

absl::Status SyntaxErrorAt(const SourcePosition& position, std::string_view message) {
  absl::Status status = InvalidArgument(message);
  status.SetPayload(kPositionUrl, absl::Cord(Cat(position.offset, " ", position.line, " ", position.column)));
  return status;
}

std::optional<SourcePosition> PositionOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPositionUrl);
  if (!payload.has_value()) return std::nullopt;
  SourcePosition position;
  unsigned long long offset = 0;
  if (std::sscanf(std::string(*payload).c_str(), "%llu %u %u", &offset, &position.line, &position.column) != 3) {
    return std::nullopt;
  }
  position.offset = offset;
  return position;
}

std::string RenderError(const absl::Status& status, std::string_view text, std::string_view name) {
  const std::optional<SourcePosition> position = PositionOf(status);
  if (!position) return Cat(name, ": error: ", MessageOf(status));
  std::string out = Cat(name, ":", position->line, ":", position->column, ": error: ", MessageOf(status));
  const size_t at = std::min(position->offset, text.size());
  size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1);
  begin = begin == std::string_view::npos ? 0 : (at == 0 ? 0 : begin + 1);
  size_t end = text.find('\n', at);
  if (end == std::string_view::npos) end = text.size();
  if (at - begin > kMaxShownLine / 2) begin = at - kMaxShownLine / 2;
  while (begin < at && IsContinuation(text[begin])) ++begin;
  end = std::min(end, begin + kMaxShownLine);
  while (end > at && end < text.size() && IsContinuation(text[end])) --end;
  std::string line(text.substr(begin, end - begin));
  std::string caret;
  for (size_t i = begin; i < at; ++i) {
    if (!IsContinuation(text[i])) caret += text[i] == '\t' ? '\t' : ' ';
  }
  return Cat(out, "\n  ", line, "\n  ", caret, "^");
}

std::string MessageOf(const absl::Status& status) { return std::string(status.message()); }

absl::Status Annotate(const absl::Status& status, std::string_view context) {
  if (status.ok()) return status;
  absl::Status annotated(status.code(), ToAbsl(Cat(context, ": ", MessageOf(status))));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& cord) { annotated.SetPayload(url, cord); });
  return annotated;
}

}  // namespace dossier
