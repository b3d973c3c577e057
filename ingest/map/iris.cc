#include "ingest/map/iris.h"

#include <openssl/sha.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxLocalName =
    120;  // bytes before encoding; longer names keep their beginning and get a hash
constexpr char kHex[] = "0123456789abcdef";

std::string HexOfSha256(std::string_view text, size_t bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  std::string hex;
  for (size_t i = 0; i < bytes; ++i) {
    hex.push_back(kHex[digest[i] >> 4]);
    hex.push_back(kHex[digest[i] & 15]);
  }
  return hex;
}

bool IsAscii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// `clean` is UTF-8. Normalisation of a string ICU refuses (none known) leaves it as it is.
std::string Normalize(std::string_view clean, bool compatibility_decomposed) {
  if (IsAscii(clean)) return std::string(clean);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = compatibility_decomposed ? icu::Normalizer2::getNFKDInstance(error)
                                                          : icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return std::string(clean);
  const icu::UnicodeString in =
      icu::UnicodeString::fromUTF8(icu::StringPiece(clean.data(), static_cast<int32_t>(clean.size())));
  const icu::UnicodeString normalized = form->normalize(in, error);
  if (U_FAILURE(error)) return std::string(clean);
  std::string out;
  normalized.toUTF8String(out);
  return out;
}

// RFC 3987 ucschar, without what nobody can see.
bool IsIriChar(char32_t c) {
  if (c < 0xA0 || c > 0xEFFFD || (c & 0xFFFE) == 0xFFFE) return false;
  if ((c >= 0xE000 && c < 0xF900) || (c >= 0xFDD0 && c < 0xFDF0) || (c >= 0xFFF0 && c < 0x10000))
    return false;
  const int8_t category = u_charType(static_cast<UChar32>(c));
  return category != U_FORMAT_CHAR && category != U_CONTROL_CHAR && category != U_UNASSIGNED &&
         category != U_LINE_SEPARATOR && category != U_PARAGRAPH_SEPARATOR;
}

void AppendPercent(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    Append(out, '%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]);
  }
}

bool IsPlainAscii(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

std::string_view TypeSuffix(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return "person";
    case EntityType::kOrganization:
      return "organization";
    case EntityType::kPlace:
      return "place";
    case EntityType::kCountry:
      return "country";
    case EntityType::kEvent:
      return "event";
    case EntityType::kProduct:
      return "product";
    case EntityType::kWork:
      return "work";
    case EntityType::kGroup:
    case EntityType::kNationality:
      return "group";
    default:
      return "thing";
  }
}

}  // namespace

std::string CleanUtf8(std::string_view text) {
  if (graph::FindInvalidUtf8(text) == std::string_view::npos) return std::string(text);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t length = graph::Utf8SequenceLength(text, i);
    if (length == 0) {
      out.append("\xEF\xBF\xBD");
      ++i;
    } else {
      out.append(text.substr(i, length));
      i += length;
    }
  }
  return out;
}

std::string DocumentHash(std::string_view text) { return HexOfSha256(text, 16); }
std::string DocumentIri(std::string_view hash) { return Cat(graph::kDocumentNs, hash); }
std::string SentenceIri(std::string_view hash, SourceSpan span) {
  return Cat(graph::kDocumentNs, hash, "#char=", span.begin, ",", span.end);
}
std::string ReifierIri(std::string_view hash, std::string_view kind, size_t number) {
  return Cat(graph::kDocumentNs, hash, "#", kind, "=", number);
}
std::string RelationIri(std::string_view relation) { return Cat(graph::kRelationNs, LocalName(relation)); }
std::string NamedEntityIri(std::string_view name) { return Cat(graph::kEntityNs, LocalName(name)); }

std::string EntityIriOf(std::string_view text) {
  if (text.size() > 2 && text.front() == '<' && text.back() == '>') return std::string(text.substr(1, text.size() - 2));
  if (text.starts_with("ent:")) return Cat(graph::kEntityNs, text.substr(4));
  if (text.starts_with("urn:") || text.find("://") != std::string_view::npos) return std::string(text);
  return NamedEntityIri(text);
}

std::string NameInIri(std::string_view iri) {
  if (!iri.starts_with(graph::kEntityNs)) return CleanUtf8(iri);
  std::string name;
  for (size_t i = graph::kEntityNs.size(); i < iri.size(); ++i) {
    const auto digit = [&](size_t at) {
      const size_t value = at < iri.size() ? std::string_view("0123456789ABCDEF").find(iri[at]) : std::string_view::npos;
      return value == std::string_view::npos ? -1 : static_cast<int>(value);
    };
    if (iri[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
      name += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      name += iri[i] == '_' ? ' ' : iri[i];
    }
  }
  return CleanUtf8(name);
}

std::string LocalName(std::string_view name) {
  std::string normal = Normalize(CleanUtf8(name), false);
  std::string hash;
  if (normal.size() > kMaxLocalName) {
    hash = Cat("~", HexOfSha256(normal, 4));
    size_t cut = kMaxLocalName;
    while (cut > 0 && (static_cast<unsigned char>(normal[cut]) & 0xC0) == 0x80) --cut;
    normal.resize(cut);
  }
  std::string out;
  bool gap = false;
  for (size_t i = 0; i < normal.size();) {
    const size_t length = std::max<size_t>(1, graph::Utf8SequenceLength(normal, i));
    const std::string_view bytes = std::string_view(normal).substr(i, length);
    const char32_t c = graph::DecodeUtf8(normal, i, length);
    i += length;
    if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back('_');
    gap = false;
    if (length == 1 ? IsPlainAscii(bytes[0]) : IsIriChar(c)) {
      out.append(bytes);
    } else {
      AppendPercent(bytes, out);
    }
  }
  if (out.empty()) out = "_";
  return out + hash;
}

std::string NameKey(std::string_view name) {
  const std::string decomposed = Normalize(CleanUtf8(name), true);
  std::string key;
  bool gap = false;
  for (size_t i = 0; i < decomposed.size();) {
    const size_t length = std::max<size_t>(1, graph::Utf8SequenceLength(decomposed, i));
    const auto c = static_cast<UChar32>(graph::DecodeUtf8(decomposed, i, length));
    i += length;
    const int8_t category = u_charType(c);
    if (category == U_NON_SPACING_MARK || c == '\'' || c == '.' || c == 0x2019) continue;
    if (!u_isalnum(c)) {
      gap = !key.empty();
      continue;
    }
    if (gap) key.push_back(' ');
    gap = false;
    // The dotless i has no decomposition; names are written with either.
    graph::AppendUtf8(static_cast<char32_t>(c == 0x131 ? 'i' : u_tolower(c)), key);
  }
  return key;
}

EntityIris MintEntityIris(const EntityTable& entities, std::string_view document_hash) {
  EntityIris iris;
  StringSet used;
  StringMap<size_t> last_number;
  const std::string suffix = Cat(".", document_hash.substr(0, 8));
  // Names first: an entity's name must not depend on the descriptions around it.
  iris.iri.resize(entities.entities.size());
  const auto mint = [&](const Entity& entity, bool names) {
    std::string iri = NamedEntityIri(entity.name);
    if (!names) iri += suffix;
    if (used.insert(iri).second) return iri;
    if (names) {
      std::string typed = Cat(iri, ".", TypeSuffix(entity.type));
      if (used.insert(typed).second) return typed;
    }
    for (size_t& n = last_number.try_emplace(iri, 1).first->second;;) {
      ++n;
      std::string numbered = Cat(iri, "-", n);
      if (used.insert(numbered).second) return numbered;
    }
  };
  for (const bool names : {true, false}) {
    for (size_t i = 0; i < entities.entities.size(); ++i) {
      const Entity& entity = entities.entities[i];
      if ((entity.named || entity.shared_concept) == names) iris.iri[i] = mint(entity, names);
    }
  }
  return iris;
}

}  // namespace dossier::ingest
