#include "ingest/map/verb_classes.h"

#include "ingest/entity/sorted_table.h"

extern "C" const char dossier_verb_classes_begin[], dossier_verb_classes_end[];

namespace dossier::ingest {
namespace {

std::string_view Row(std::string_view verb) {
  static const SortedTable* const table = new SortedTable(std::string_view(
      dossier_verb_classes_begin, static_cast<size_t>(dossier_verb_classes_end - dossier_verb_classes_begin)));
  return table->Find(verb);
}

}  // namespace

std::vector<std::string_view> NearVerbs(std::string_view verb) {
  std::vector<std::string_view> out;
  ForEachPart(Column(Row(verb), 1), ' ', [&](std::string_view near) { out.push_back(near); });
  return out;
}

bool HoldsClaim(std::string_view verb) { return Column(Row(verb), 0) == "c"; }

}  // namespace dossier::ingest
