#include "query/algebra/function.h"

#include <array>
#include <string>

#include "graph/base/strings.h"

namespace dossier::query::algebra {
namespace {

using F = Function;
constexpr int kAny = -1;

// In the order of the enum, so that InfoOf() is an index.
constexpr std::array kFunctions = {
    FunctionInfo{F::kOr, "||", 2, 2}, FunctionInfo{F::kAnd, "&&", 2, 2}, FunctionInfo{F::kNot, "!", 1, 1},
    FunctionInfo{F::kEqual, "=", 2, 2}, FunctionInfo{F::kNotEqual, "!=", 2, 2}, FunctionInfo{F::kLess, "<", 2, 2},
    FunctionInfo{F::kGreater, ">", 2, 2}, FunctionInfo{F::kLessEqual, "<=", 2, 2},
    FunctionInfo{F::kGreaterEqual, ">=", 2, 2}, FunctionInfo{F::kIn, "IN", 1, kAny},
    FunctionInfo{F::kNotIn, "NOT IN", 1, kAny}, FunctionInfo{F::kAdd, "+", 2, 2}, FunctionInfo{F::kSubtract, "-", 2, 2},
    FunctionInfo{F::kMultiply, "*", 2, 2}, FunctionInfo{F::kDivide, "/", 2, 2}, FunctionInfo{F::kUnaryPlus, "+", 1, 1},
    FunctionInfo{F::kUnaryMinus, "-", 1, 1},
    FunctionInfo{F::kBound, "BOUND", 1, 1}, FunctionInfo{F::kIf, "IF", 3, 3},
    FunctionInfo{F::kCoalesce, "COALESCE", 0, kAny}, FunctionInfo{F::kSameTerm, "sameTerm", 2, 2},
    FunctionInfo{F::kIsIri, "isIRI", 1, 1}, FunctionInfo{F::kIsBlank, "isBLANK", 1, 1},
    FunctionInfo{F::kIsLiteral, "isLITERAL", 1, 1}, FunctionInfo{F::kIsNumeric, "isNUMERIC", 1, 1},
    FunctionInfo{F::kStr, "STR", 1, 1}, FunctionInfo{F::kLang, "LANG", 1, 1}, FunctionInfo{F::kLangDir, "LANGDIR", 1, 1},
    FunctionInfo{F::kDatatype, "DATATYPE", 1, 1}, FunctionInfo{F::kIri, "IRI", 1, 1}, FunctionInfo{F::kBnode, "BNODE", 0, 1},
    FunctionInfo{F::kStrDt, "STRDT", 2, 2}, FunctionInfo{F::kStrLang, "STRLANG", 2, 2},
    FunctionInfo{F::kStrLangDir, "STRLANGDIR", 3, 3}, FunctionInfo{F::kHasLang, "hasLANG", 1, 1},
    FunctionInfo{F::kHasLangDir, "hasLANGDIR", 1, 1}, FunctionInfo{F::kUuid, "UUID", 0, 0},
    FunctionInfo{F::kStrUuid, "STRUUID", 0, 0}, FunctionInfo{F::kLangMatches, "LANGMATCHES", 2, 2},
    FunctionInfo{F::kStrLen, "STRLEN", 1, 1}, FunctionInfo{F::kSubstr, "SUBSTR", 2, 3}, FunctionInfo{F::kUcase, "UCASE", 1, 1},
    FunctionInfo{F::kLcase, "LCASE", 1, 1}, FunctionInfo{F::kStrStarts, "STRSTARTS", 2, 2},
    FunctionInfo{F::kStrEnds, "STRENDS", 2, 2}, FunctionInfo{F::kContains, "CONTAINS", 2, 2},
    FunctionInfo{F::kStrBefore, "STRBEFORE", 2, 2}, FunctionInfo{F::kStrAfter, "STRAFTER", 2, 2},
    FunctionInfo{F::kEncodeForUri, "ENCODE_FOR_URI", 1, 1}, FunctionInfo{F::kConcat, "CONCAT", 0, kAny},
    FunctionInfo{F::kRegex, "REGEX", 2, 3}, FunctionInfo{F::kReplace, "REPLACE", 3, 4},
    FunctionInfo{F::kAbs, "ABS", 1, 1}, FunctionInfo{F::kRound, "ROUND", 1, 1}, FunctionInfo{F::kCeil, "CEIL", 1, 1},
    FunctionInfo{F::kFloor, "FLOOR", 1, 1}, FunctionInfo{F::kRand, "RAND", 0, 0},
    FunctionInfo{F::kNow, "NOW", 0, 0}, FunctionInfo{F::kYear, "YEAR", 1, 1}, FunctionInfo{F::kMonth, "MONTH", 1, 1},
    FunctionInfo{F::kDay, "DAY", 1, 1}, FunctionInfo{F::kHours, "HOURS", 1, 1}, FunctionInfo{F::kMinutes, "MINUTES", 1, 1},
    FunctionInfo{F::kSeconds, "SECONDS", 1, 1}, FunctionInfo{F::kTimezone, "TIMEZONE", 1, 1}, FunctionInfo{F::kTz, "TZ", 1, 1},
    FunctionInfo{F::kAdjust, "ADJUST", 1, 2},
    FunctionInfo{F::kMd5, "MD5", 1, 1}, FunctionInfo{F::kSha1, "SHA1", 1, 1}, FunctionInfo{F::kSha256, "SHA256", 1, 1},
    FunctionInfo{F::kSha384, "SHA384", 1, 1}, FunctionInfo{F::kSha512, "SHA512", 1, 1},
    FunctionInfo{F::kTriple, "TRIPLE", 3, 3}, FunctionInfo{F::kSubject, "SUBJECT", 1, 1},
    FunctionInfo{F::kPredicate, "PREDICATE", 1, 1}, FunctionInfo{F::kObject, "OBJECT", 1, 1},
    FunctionInfo{F::kIsTriple, "isTRIPLE", 1, 1},
    FunctionInfo{F::kNamed, "", 0, kAny},
};

constexpr bool InEnumOrder() {
  for (size_t i = 0; i < kFunctions.size(); ++i) {
    if (kFunctions[i].function != static_cast<Function>(i)) return false;
  }
  return kFunctions.size() == static_cast<size_t>(F::kNamed) + 1;
}
static_assert(InEnumOrder());

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

const StringMap<Function>& BuiltinMap() {
  static const auto* const kMap = [] {
    auto* map = new StringMap<Function>;
    for (size_t i = static_cast<size_t>(F::kBound); i < static_cast<size_t>(F::kNamed); ++i) {
      map->emplace(Lower(kFunctions[i].name), kFunctions[i].function);
    }
    map->emplace("uri", F::kIri);
    map->emplace("isuri", F::kIsIri);
    return map;
  }();
  return *kMap;
}

}  // namespace

std::optional<FunctionInfo> FindBuiltin(std::string_view name) {
  constexpr size_t kLongestName = 14;
  if (name.size() > kLongestName) return std::nullopt;
  const auto it = BuiltinMap().find(Lower(name));
  if (it == BuiltinMap().end()) return std::nullopt;
  return InfoOf(it->second);
}

const FunctionInfo& InfoOf(Function function) { return kFunctions[static_cast<size_t>(function)]; }

std::string_view NameOf(Aggregate aggregate) {
  constexpr std::array<std::string_view, 7> kNames = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"};
  return kNames[static_cast<size_t>(aggregate)];
}

}  // namespace dossier::query::algebra
