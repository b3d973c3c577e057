// What the row formats (JSON, XML, CSV, TSV) have to say; writer.cc drives them. Each function appends to
// `out`. Internal to query/results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/model/term.h"

namespace dossier::query {

using ResultRow = std::vector<std::optional<graph::Term>>;

struct RowFormat {
  void (*head)(const std::vector<std::string>& columns, std::string& out);
  void (*row)(const std::vector<std::string>& columns, const ResultRow& row, bool first, std::string& out);
  void (*end)(std::string& out);
  void (*boolean)(bool value, std::string& out);
};

extern const RowFormat kJsonFormat;  // SPARQL 1.2 Query Results JSON
extern const RowFormat kXmlFormat;   // SPARQL 1.2 Query Results XML
extern const RowFormat kCsvFormat;   // SPARQL 1.1 Query Results CSV and TSV §3
extern const RowFormat kTsvFormat;   // ... §4

}  // namespace dossier::query
