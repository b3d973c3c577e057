// Errors: absl::Status across every public boundary, with the two macros Debian's Abseil lacks and positions carried as data.
//
//   ASSIGN_OR_RETURN(TermId id, snapshot.Find(term));
//   RETURN_IF_ERROR(batch.Add(quad));
//   return SyntaxErrorAt(LocatePosition(text, offset), "expected '}'");
//
// Thread-safe: everything here is a pure function.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

// A place in an input. `offset` counts bytes from 0; `line` and `column` count from 1, columns in code points.
struct SourcePosition {
  size_t offset = 0;
  uint32_t line = 1;
  uint32_t column = 1;
};

// Half-open byte range [begin, end) of an input.
struct SourceSpan {
  size_t begin = 0;
  size_t end = 0;
  bool operator==(const SourceSpan&) const = default;
};

// The line and column of byte `offset` in `text` (clamped to the end). O(offset).
SourcePosition LocatePosition(std::string_view text, size_t offset);

// Shorthands that take std::string_view, which Debian's absl::string_view does not convert from.
absl::Status InvalidArgument(std::string_view message);
absl::Status NotFound(std::string_view message);
absl::Status Internal(std::string_view message);
absl::Status DataLoss(std::string_view message);
absl::Status FailedPrecondition(std::string_view message);
absl::Status ResourceExhausted(std::string_view message);
absl::Status DeadlineExceeded(std::string_view message);
absl::Status Cancelled(std::string_view message);
absl::Status Unimplemented(std::string_view message);

// An InvalidArgument status that carries `position`; its message does not repeat it.
absl::Status SyntaxErrorAt(const SourcePosition& position, std::string_view message);
// The position that SyntaxErrorAt() stored, if any.
std::optional<SourcePosition> PositionOf(const absl::Status& status);
// "query:3:14: error: expected '}'" with the line of `text` and a caret under the place; without a position just the message. At most
// ~120 columns of the line are shown. Ends without a newline.
std::string RenderError(const absl::Status& status, std::string_view text, std::string_view name);
// The message of `status` as a std::string.
std::string MessageOf(const absl::Status& status);
// `status` with `context` + ": " in front of the message; code and payloads (position) kept. OK stays OK.
absl::Status Annotate(const absl::Status& status, std::string_view context);

}  // namespace dossier

#define DOSSIER_CONCAT_INNER(a, b) a##b
#define DOSSIER_CONCAT(a, b) DOSSIER_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expr)                                  \
  do {                                                         \
    if (absl::Status dossier_status = (expr); !dossier_status.ok()) return dossier_status; \
  } while (false)

#define ASSIGN_OR_RETURN(lhs, expr) ASSIGN_OR_RETURN_IMPL(DOSSIER_CONCAT(dossier_statusor_, __LINE__), lhs, expr)
#define ASSIGN_OR_RETURN_IMPL(tmp, lhs, expr) \
  auto tmp = (expr);                          \
  if (!tmp.ok()) return tmp.status();         \
  lhs = std::move(tmp).value()
