// JSON as a tree, for reading expected results. For tests only: malformed input gives a partial tree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::query {

struct JsonNode {
  std::string text;  // of strings, and of other scalars as written
  std::vector<JsonNode> items;
  std::map<std::string, JsonNode> members;
  bool Has(const std::string& key) const { return members.count(key) != 0; }
  const JsonNode& operator[](const std::string& key) const;
};

JsonNode ParseJson(std::string_view text);

}  // namespace dossier::query
