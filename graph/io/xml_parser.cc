#include "graph/io/xml_parser.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/readers.h"

namespace dossier::graph {
namespace {

constexpr XML_Char kSeparator = ' ';  // stands in no namespace that is an IRI
constexpr size_t kPiece = size_t{64} << 10;

XML_Parser Expat(void* parser) { return static_cast<XML_Parser>(parser); }

// "local", "ns local" or "ns local prefix".
XmlName SplitName(const XML_Char* text) {
  XmlName name;
  name.local = text;
  const size_t first = name.local.find(kSeparator);
  if (first == std::string_view::npos) return name;
  name.ns = name.local.substr(0, first);
  name.local.remove_prefix(first + 1);
  const size_t second = name.local.find(kSeparator);
  if (second == std::string_view::npos) return name;
  name.prefix = name.local.substr(second + 1);
  name.local = name.local.substr(0, second);
  return name;
}

}  // namespace

struct XmlParser::Callbacks {
  static XmlParser& Self(void* data) { return *static_cast<XmlParser*>(data); }

  // Runs `event` unless an error has come before; ends the parsing with the error it returns.
  template <typename Event>
  static void Handle(void* data, const Event& event) {
    XmlParser& self = Self(data);
    self.progress_ = true;
    if (!self.status_.ok()) return;
    self.status_ = event(self);
    if (!self.status_.ok()) XML_StopParser(Expat(self.expat_), XML_FALSE);
  }

  static void Start(void* data, const XML_Char* name, const XML_Char** attributes) {
    Handle(data, [&](XmlParser& self) {
      if (++self.depth_ > kMaxNesting) {
        return SyntaxErrorAt(self.position(), Cat("elements nest deeper than ", kMaxNesting));
      }
      std::vector<XmlAttribute> list;
      for (; *attributes != nullptr; attributes += 2) list.push_back({SplitName(attributes[0]), attributes[1]});
      return self.handler_->StartElement(SplitName(name), list);
    });
  }
  static void End(void* data, const XML_Char* name) {
    Handle(data, [&](XmlParser& self) {
      --self.depth_;
      return self.handler_->EndElement(SplitName(name));
    });
  }
  static void Text(void* data, const XML_Char* text, int length) {
    Handle(data, [&](XmlParser& self) { return self.handler_->Text({text, static_cast<size_t>(length)}); });
  }
  static void Comment(void* data, const XML_Char* text) {
    Handle(data, [&](XmlParser& self) { return self.handler_->Comment(text); });
  }
  static void Instruction(void* data, const XML_Char* target, const XML_Char* text) {
    Handle(data, [&](XmlParser& self) { return self.handler_->Instruction(target, text); });
  }
  static void SkippedEntity(void* data, const XML_Char* name, int) {
    Handle(data, [&](XmlParser& self) {
      return SyntaxErrorAt(self.position(), Cat("the entity \"", name, "\" is not declared in this document"));
    });
  }
  static int ExternalEntity(XML_Parser expat, const XML_Char*, const XML_Char*, const XML_Char* system, const XML_Char*) {
    Handle(XML_GetUserData(expat), [&](XmlParser& self) {
      return SyntaxErrorAt(self.position(), Cat("external entities are not read (\"", system == nullptr ? "" : system, "\")"));
    });
    return XML_STATUS_ERROR;
  }
  static void Other(void* data, const XML_Char*, int) { Self(data).progress_ = true; }
};

SourcePosition XmlParser::position() const {
  SourcePosition position;
  position.offset = static_cast<size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(Expat(expat_)), 0));
  position.line = static_cast<uint32_t>(XML_GetCurrentLineNumber(Expat(expat_)));
  position.column = static_cast<uint32_t>(XML_GetCurrentColumnNumber(Expat(expat_))) + 1;
  return position;
}

absl::Status XmlParser::Feed(std::string_view text, bool last) {
  progress_ = false;
  const XML_Status result = XML_Parse(Expat(expat_), text.data(), static_cast<int>(text.size()), last ? 1 : 0);
  RETURN_IF_ERROR(status_);
  if (result == XML_STATUS_OK) return absl::OkStatus();
  const XML_Error error = XML_GetErrorCode(Expat(expat_));
  if (error == XML_ERROR_NO_MEMORY) return ResourceExhausted("no memory left for this XML");
  return SyntaxErrorAt(position(), Cat("malformed XML: ", XML_ErrorString(error)));
}

absl::Status XmlParser::Run(XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> expat(XML_ParserCreateNS(nullptr, kSeparator), XML_ParserFree);
  if (expat == nullptr) return ResourceExhausted("no memory left for an XML parser");
  expat_ = expat.get();
  handler_ = &handler;
  XML_SetUserData(expat.get(), this);
  XML_SetReturnNSTriplet(expat.get(), 1);
  XML_SetElementHandler(expat.get(), Callbacks::Start, Callbacks::End);
  XML_SetCharacterDataHandler(expat.get(), Callbacks::Text);
  XML_SetCommentHandler(expat.get(), Callbacks::Comment);
  XML_SetProcessingInstructionHandler(expat.get(), Callbacks::Instruction);
  XML_SetSkippedEntityHandler(expat.get(), Callbacks::SkippedEntity);
  XML_SetExternalEntityRefHandler(expat.get(), Callbacks::ExternalEntity);
  XML_SetDefaultHandlerExpand(expat.get(), Callbacks::Other);

  // Expat looks at an unfinished tag again with each piece: pieces that double while nothing is finished keep that linear.
  size_t want = kPiece;
  for (std::string piece;;) {
    piece.clear();
    while (piece.size() < want) {
      const std::string_view text = in_.Available().substr(0, want - piece.size());
      if (text.empty()) break;
      piece += text;
      in_.Skip(text.size());
      in_.Mark();
    }
    if (piece.empty()) break;
    RETURN_IF_ERROR(Feed(piece, false));
    want = progress_ ? kPiece : want * 2;
    if (want > 2 * Lexer::kMaxToken) return SyntaxErrorAt(position(), "longer than 64 MiB");
  }
  return Feed("", true);
}

}  // namespace dossier::graph
