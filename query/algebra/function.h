// Every operator and built-in function of SPARQL 1.1/1.2 expressions by one name, shared by parser, printers and evaluator.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dossier::query::algebra {

enum class Function : uint8_t {
  // Operators (SPARQL 1.1 §17.3, §17.4.1). kIn / kNotIn: first argument, then the list.
  kOr, kAnd, kNot, kEqual, kNotEqual, kLess, kGreater, kLessEqual, kGreaterEqual, kIn, kNotIn,
  kAdd, kSubtract, kMultiply, kDivide, kUnaryPlus, kUnaryMinus,
  // Functional forms and terms.
  kBound, kIf, kCoalesce, kSameTerm, kIsIri, kIsBlank, kIsLiteral, kIsNumeric, kStr, kLang, kLangDir, kDatatype, kIri, kBnode,
  kStrDt, kStrLang, kStrLangDir, kHasLang, kHasLangDir, kUuid, kStrUuid, kLangMatches,
  // Strings.
  kStrLen, kSubstr, kUcase, kLcase, kStrStarts, kStrEnds, kContains, kStrBefore, kStrAfter, kEncodeForUri, kConcat, kRegex, kReplace,
  // Numbers.
  kAbs, kRound, kCeil, kFloor, kRand,
  // Dates.
  kNow, kYear, kMonth, kDay, kHours, kMinutes, kSeconds, kTimezone, kTz, kAdjust,
  // Hashes.
  kMd5, kSha1, kSha256, kSha384, kSha512,
  // Triple terms (SPARQL 1.2 §17.4.6).
  kTriple, kSubject, kPredicate, kObject, kIsTriple,
  // A function named by IRI (casts xsd:integer(...) and extensions); the IRI is in Call::iri.
  kNamed,
};

enum class Aggregate : uint8_t { kCount, kSum, kMin, kMax, kAvg, kSample, kGroupConcat };

struct FunctionInfo {
  Function function;
  std::string_view name;  // as written: "STRLEN", "isIRI"; operators: "&&", "+"
  int min_args;
  int max_args;           // -1: any number
};

// The built-in called `name` (keywords are case-insensitive; "URI" and "isURI" are aliases), or nothing. Operators are not found here.
std::optional<FunctionInfo> FindBuiltin(std::string_view name);
// Never fails for a value of the enum.
const FunctionInfo& InfoOf(Function function);
std::string_view NameOf(Aggregate aggregate);

}  // namespace dossier::query::algebra
