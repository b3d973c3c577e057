#include "server/http/multipart.h"

#include "graph/base/strings.h"
#include "server/http/message.h"

namespace dossier::server {
namespace {

constexpr size_t kMaxParts = 1000;

std::string FileName(std::string_view disposition) {
  const size_t at = disposition.find("filename=\"");
  if (at == std::string_view::npos) return "";
  const std::string_view rest = disposition.substr(at + 10);
  return std::string(rest.substr(0, rest.find('"')));
}

// Reads the fields of a part and takes them off `text`.
absl::Status ReadFields(std::string_view& text, Part& part) {
  for (;;) {
    const size_t end = text.find("\r\n");
    if (end == std::string_view::npos) return InvalidArgument("a part of the multipart body has no end of its header");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    if (line.empty()) return absl::OkStatus();
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return InvalidArgument("a part of the multipart body has a malformed header");
    const std::string_view name = line.substr(0, colon), value = TrimBlanks(line.substr(colon + 1));
    if (EqualsIgnoreCase(name, "content-type")) part.content_type = std::string(value);
    if (EqualsIgnoreCase(name, "content-disposition")) part.file_name = FileName(value);
  }
}

}  // namespace

absl::StatusOr<std::vector<Part>> ParseMultipart(std::string_view body, std::string_view boundary) {
  if (boundary.empty() || boundary.size() > 70) return InvalidArgument("multipart content needs a boundary of 1 to 70 characters");
  const std::string delimiter = Cat("\r\n--", boundary);
  const size_t first = body.find(std::string_view(delimiter).substr(2));
  if (first == std::string_view::npos || (first > 0 && !body.substr(0, first).ends_with("\r\n"))) {
    return InvalidArgument("the multipart body does not hold its boundary");
  }
  std::vector<Part> parts;
  std::string_view rest = body.substr(first + delimiter.size() - 2);
  while (!rest.starts_with("--")) {
    const size_t line = rest.find("\r\n");
    if (line == std::string_view::npos || !TrimBlanks(rest.substr(0, line)).empty()) {
      return InvalidArgument("malformed boundary in the multipart body");
    }
    rest.remove_prefix(line + 2);
    Part part;
    RETURN_IF_ERROR(ReadFields(rest, part));
    const size_t end = rest.find(delimiter);
    if (end == std::string_view::npos) return InvalidArgument("the multipart body ends within a part");
    part.body = rest.substr(0, end);
    rest.remove_prefix(end + delimiter.size());
    parts.push_back(std::move(part));
    if (parts.size() > kMaxParts) return InvalidArgument(Cat("the multipart body has more than ", kMaxParts, " parts"));
  }
  return parts;
}

}  // namespace dossier::server
