#include <functional>

#include "graph/model/utf8.h"
#include "query/results/result_parts.h"

namespace dossier::query {
namespace {

using graph::Term;

// Walks JSON text once, value by value, and takes what belongs to a result.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  absl::StatusOr<ReadResults> Read() {
    RETURN_IF_ERROR(Object([this](const std::string& key) {
      if (key == "head") return Head();
      if (key == "results") return Results();
      if (key == "boolean") return Boolean();
      return Skip();
    }));
    Space();
    if (at_ != text_.size()) return Error("the end of the text was expected");
    if (!found_) return Error("it has neither \"results\" nor \"boolean\"");
    return rows_.Take();
  }

 private:
  using Member = std::function<absl::Status(const std::string& key)>;
  using Item = std::function<absl::Status()>;

  absl::Status Error(std::string_view what) const {
    return InvalidArgument(Cat("no SPARQL result in JSON: at byte ", at_, ", ", what));
  }

  void Space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool Take(char c) {
    Space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  absl::Status Object(const Member& member) {
    if (!Take('{')) return Error("'{' was expected");
    if (++depth_ > kMaxResultNesting * 3) return Error("it nests too deep");
    if (!Take('}')) {
      do {
        std::string key;
        RETURN_IF_ERROR(String(key));
        if (!Take(':')) return Error("':' was expected");
        RETURN_IF_ERROR(member(key));
      } while (Take(','));
      if (!Take('}')) return Error("',' or '}' was expected");
    }
    --depth_;
    return absl::OkStatus();
  }

  absl::Status Array(const Item& item) {
    if (!Take('[')) return Error("'[' was expected");
    if (++depth_ > kMaxResultNesting * 3) return Error("it nests too deep");
    if (!Take(']')) {
      do {
        RETURN_IF_ERROR(item());
      } while (Take(','));
      if (!Take(']')) return Error("',' or ']' was expected");
    }
    --depth_;
    return absl::OkStatus();
  }

  absl::Status Hex4(char32_t& code) {
    if (text_.size() - at_ < 4) return Error("four digits were expected behind \\u");
    code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) return Error("four digits were expected behind \\u");
      code = code * 16 + static_cast<char32_t>(digit);
    }
    return absl::OkStatus();
  }

  absl::Status Escape(std::string& out) {
    if (at_ == text_.size()) return Error("the string is not closed");
    const char c = text_[at_++];
    constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
    if (const size_t i = kFrom.find(c); i != std::string_view::npos) {
      out += kTo[i];
      return absl::OkStatus();
    }
    if (c != 'u') return Error("that is no escape of JSON");
    char32_t code = 0;
    RETURN_IF_ERROR(Hex4(code));
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      char32_t low = 0;
      RETURN_IF_ERROR(Hex4(low));
      if (low < 0xDC00 || low > 0xDFFF) return Error("half of a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code >= 0xD800 && code <= 0xDFFF) return Error("half of a surrogate pair");
    graph::AppendUtf8(code, out);
    return absl::OkStatus();
  }

  absl::Status String(std::string& out) {
    if (!Take('"')) return Error("a string was expected");
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return absl::OkStatus();
      if (static_cast<unsigned char>(c) < 0x20) return Error("a control character in a string");
      if (c == '\\') {
        RETURN_IF_ERROR(Escape(out));
      } else {
        out += c;
      }
    }
    return Error("the string is not closed");
  }

  absl::Status Skip() {
    Space();
    if (at_ == text_.size()) return Error("a value was expected");
    const char c = text_[at_];
    if (c == '{') return Object([this](const std::string&) { return Skip(); });
    if (c == '[') return Array([this] { return Skip(); });
    std::string ignored;
    if (c == '"') return String(ignored);
    const size_t begin = at_;
    while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
    return at_ == begin ? Error("a value was expected") : absl::OkStatus();
  }

  absl::Status Head() {
    return Object([this](const std::string& key) {
      if (key != "vars") return Skip();
      return Array([this]() -> absl::Status {
        std::string name;
        RETURN_IF_ERROR(String(name));
        rows_.Declare(name);
        return absl::OkStatus();
      });
    });
  }

  absl::Status Boolean() {
    Space();
    found_ = true;
    for (const bool value : {true, false}) {
      const std::string_view word = value ? "true" : "false";
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      rows_.SetBoolean(value);
      return absl::OkStatus();
    }
    return Error("true or false was expected");
  }

  absl::Status Results() {
    return Object([this](const std::string& key) {
      if (key != "bindings") return Skip();
      found_ = true;
      return Array([this] {
        rows_.StartRow();
        return Object([this](const std::string& name) { return Binding(name); });
      });
    });
  }

  absl::Status Binding(const std::string& name) {
    std::optional<Term> term;
    RETURN_IF_ERROR(ReadTerm(term));
    rows_.Bind(name, *std::move(term));
    return absl::OkStatus();
  }

  absl::Status ReadTerm(std::optional<Term>& term) {
    TermParts parts;
    RETURN_IF_ERROR(Object([&](const std::string& key) -> absl::Status {
      if (key == "type") return Type(parts);
      if (key == "value") return Value(parts);
      if (key == "datatype") return String(parts.datatype);
      if (key == "xml:lang") return String(parts.language);
      if (key == "its:dir") return String(parts.direction);
      return Skip();
    }));
    term = parts.Take();
    return term ? absl::OkStatus() : Error("the value in front of here is no RDF term");
  }

  absl::Status Type(TermParts& parts) {
    std::string type;
    RETURN_IF_ERROR(String(type));
    using Kind = TermParts::Kind;
    parts.kind = type == "uri"                                ? Kind::kIri
                 : type == "bnode"                            ? Kind::kBlankNode
                 : type == "literal" || type == "typed-literal" ? Kind::kLiteral
                 : type == "triple"                           ? Kind::kTriple
                                                              : Kind::kNone;
    return parts.kind == Kind::kNone ? Error(Cat("there is no kind of term \"", type, "\"")) : absl::OkStatus();
  }

  // A string, or for a triple term the object of its parts.
  absl::Status Value(TermParts& parts) {
    Space();
    if (at_ == text_.size() || text_[at_] != '{') return String(parts.value);
    return Object([&](const std::string& key) {
      if (key == "subject") return ReadTerm(parts.subject);
      if (key == "predicate") return ReadTerm(parts.predicate);
      if (key == "object") return ReadTerm(parts.object);
      return Skip();
    });
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  bool found_ = false;
  RowBuilder rows_;
};

}  // namespace

absl::StatusOr<ReadResults> ReadJsonResults(std::string_view text) {
  if (graph::FindInvalidUtf8(text) != std::string_view::npos) return InvalidArgument("no SPARQL result in JSON: it is not UTF-8");
  return JsonReader(text).Read();
}

absl::StatusOr<ReadResults> ReadResultsOfType(std::string_view media_type, std::string_view text) {
  std::string name;
  for (const char c : media_type.substr(0, media_type.find(';'))) {
    if (c != ' ' && c != '\t') name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (name == "application/sparql-results+json" || name == "application/json") return ReadJsonResults(text);
  if (name == "application/sparql-results+xml" || name == "application/xml" || name == "text/xml") return ReadXmlResults(text);
  return Unimplemented(Cat("results of the type \"", media_type, "\" are not understood; SPARQL JSON and XML are"));
}

}  // namespace dossier::query
