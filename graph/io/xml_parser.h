// XML as a stream of events, on libexpat: namespaces resolved, positions kept, memory and expansion bounded.
//
//   class Handler : public XmlHandler { ... };
//   XmlParser parser(input);                       // input.h
//   RETURN_IF_ERROR(parser.Run(handler));          // the handler's own error, or SyntaxErrorAt() of malformed XML
//
// Nothing outside of the document is ever read: an external DTD is ignored, a reference to an entity that is not declared in the document
// or is external is an error. Entities may expand to a hundred times the document at most (expat's limit against "billion laughs").
// Elements nest kMaxNesting deep at most; a single tag, comment or the like is at most 64 MiB. Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "graph/base/status.h"
#include "graph/io/input.h"

namespace dossier::graph {

// Views into the event, valid while it is handled.
struct XmlName {
  std::string_view ns, local, prefix;  // `ns` is empty without a namespace
  bool Is(std::string_view its_ns, std::string_view its_local) const { return local == its_local && ns == its_ns; }
};
struct XmlAttribute {
  XmlName name;
  std::string_view value;
};

// An error returned ends the parsing and is what Run() returns.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual absl::Status StartElement(const XmlName& name, absl::Span<const XmlAttribute> attributes) = 0;
  virtual absl::Status EndElement(const XmlName& name) = 0;
  virtual absl::Status Text(std::string_view text) = 0;  // in pieces
  virtual absl::Status Comment(std::string_view) { return absl::OkStatus(); }
  virtual absl::Status Instruction(std::string_view /*target*/, std::string_view /*data*/) { return absl::OkStatus(); }
};

class XmlParser {
 public:
  explicit XmlParser(Input& in) : in_(in) {}
  absl::Status Run(XmlHandler& handler);
  // Where the event stands that is being handled.
  SourcePosition position() const;

 private:
  struct Callbacks;
  absl::Status Feed(std::string_view text, bool last);

  Input& in_;
  XmlHandler* handler_ = nullptr;
  void* expat_ = nullptr;
  absl::Status status_;
  int depth_ = 0;
  bool progress_ = false;  // whether an event came since the last piece
};

}  // namespace dossier::graph
