#include <expat.h>

#include <limits>
#include <memory>

#include "query/results/result_parts.h"

namespace dossier::query {
namespace {

using graph::Term;

constexpr std::string_view kNs = "http://www.w3.org/2005/sparql-results#";
constexpr char kSeparator = ' ';  // between namespace and name: in no IRI

class XmlReader {
 public:
  absl::StatusOr<ReadResults> Read(std::string_view text) {
    if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max())) return InvalidArgument("the result is longer than 2 GiB");
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, kSeparator), &XML_ParserFree);
    if (parser == nullptr) return ResourceExhausted("no memory for reading XML");
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &Start, &End);
    XML_SetCharacterDataHandler(parser_, &Text);
    XML_SetStartDoctypeDeclHandler(parser_, &Doctype);
    if (XML_Parse(parser_, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_ERROR && error_.ok())
      Fail(XML_ErrorString(XML_GetErrorCode(parser_)));
    RETURN_IF_ERROR(error_);
    if (!found_) return InvalidArgument("no SPARQL result in XML: it has neither <results> nor <boolean>");
    return rows_.Take();
  }

 private:
  void Fail(std::string_view what) {
    if (!error_.ok()) return;
    error_ = InvalidArgument(Cat("no SPARQL result in XML: at line ", XML_GetCurrentLineNumber(parser_), ", ", what));
    XML_StopParser(parser_, XML_FALSE);
  }

  static XmlReader& Self(void* data) { return *static_cast<XmlReader*>(data); }
  static void Doctype(void* data, const char*, const char*, const char*, int) { Self(data).Fail("a DTD is not allowed"); }
  static void Text(void* data, const char* s, int n) { Self(data).text_.append(s, static_cast<size_t>(n)); }
  static void Start(void* data, const char* name, const char** attributes) { Self(data).StartElement(name, attributes); }
  static void End(void* data, const char* name) { Self(data).EndElement(name); }

  // The local name of an element of the results namespace, else "".
  static std::string_view LocalName(std::string_view name) {
    if (!name.starts_with(kNs) || name.size() <= kNs.size() || name[kNs.size()] != kSeparator) return "";
    return name.substr(kNs.size() + 1);
  }

  static std::string Attribute(const char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (name == attributes[0]) return attributes[1];
    }
    return "";
  }

  void StartElement(std::string_view qualified, const char** attributes) {
    const std::string_view name = LocalName(qualified);
    using Kind = TermParts::Kind;
    text_.clear();
    if (name == "variable") rows_.Declare(Attribute(attributes, "name"));
    if (name == "results" || name == "boolean") found_ = true;
    if (name == "result") rows_.StartRow(), in_result_ = true;
    if (name == "binding") binding_ = Attribute(attributes, "name"), term_.reset();
    if (name == "uri") Open(Kind::kIri);
    if (name == "bnode") Open(Kind::kBlankNode);
    if (name == "triple") Open(Kind::kTriple);
    if (name != "literal") return;
    Open(Kind::kLiteral);
    if (open_.empty()) return;
    open_.back().datatype = Attribute(attributes, "datatype");
    open_.back().language = Attribute(attributes, "http://www.w3.org/XML/1998/namespace lang");
    open_.back().direction = Attribute(attributes, "http://www.w3.org/2005/11/its dir");
  }

  void Open(TermParts::Kind kind) {
    if (open_.size() >= kMaxResultNesting) return Fail("triple terms nest too deep");
    open_.emplace_back().kind = kind;
  }

  void EndElement(std::string_view qualified) {
    const std::string_view name = LocalName(qualified);
    if (name == "uri" || name == "bnode" || name == "literal" || name == "triple") return Close(name == "triple");
    if (name == "boolean") return EndBoolean();
    if (name == "subject" || name == "predicate" || name == "object") return EndPart(name);
    if (name != "binding") return;
    if (!term_ || !in_result_) return Fail("a binding without an RDF term");
    rows_.Bind(binding_, *std::move(term_));
    term_.reset();
  }

  void Close(bool is_triple) {
    if (open_.empty()) return;
    if (!is_triple) open_.back().value = std::move(text_);
    text_.clear();
    term_ = open_.back().Take();
    open_.pop_back();
    if (!term_) Fail("a triple term that lacks a part");
  }

  void EndPart(std::string_view name) {
    if (open_.empty()) return Fail("a part of a triple term outside of one");
    (name == "subject" ? open_.back().subject : name == "predicate" ? open_.back().predicate : open_.back().object) = std::move(term_);
    term_.reset();
  }

  void EndBoolean() {
    const size_t begin = text_.find_first_not_of(" \t\r\n");
    const std::string word = begin == std::string::npos ? "" : text_.substr(begin, text_.find_last_not_of(" \t\r\n") - begin + 1);
    if (word != "true" && word != "false") return Fail("true or false was expected");
    rows_.SetBoolean(word == "true");
  }

  XML_Parser parser_ = nullptr;
  absl::Status error_;
  RowBuilder rows_;
  bool found_ = false, in_result_ = false;
  std::string text_, binding_;
  std::vector<TermParts> open_;
  std::optional<Term> term_;
};

}  // namespace

absl::StatusOr<ReadResults> ReadXmlResults(std::string_view text) { return XmlReader().Read(text); }

}  // namespace dossier::query
