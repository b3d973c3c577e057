#include "ingest/entity/noun_frames.h"

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/sorted_table.h"

extern "C" {
extern const char dossier_frames_begin[], dossier_frames_end[];
extern const char dossier_hand_begin[], dossier_hand_end[];
}

namespace dossier::ingest {
namespace {

constexpr std::string_view kUsualItems = "'s=S by=S of=O";

class FrameTable {
 public:
  FrameTable() : table_(std::string_view(dossier_frames_begin, static_cast<size_t>(dossier_frames_end - dossier_frames_begin))) {
    std::string_view hand(dossier_hand_begin, static_cast<size_t>(dossier_hand_end - dossier_hand_begin));
    ForEachPart(hand, '\n', [&](std::string_view row) {
      if (!row.starts_with("frame\t")) return;
      ForEachPart(Column(row, 1), '|', [&](std::string_view noun) { hand_.try_emplace(noun, Column(row, 2)); });
    });
  }

  std::optional<NounFrame> Find(const Lexicon& lexicon, std::string_view noun) const {
    if (const auto it = hand_.find(noun); it != hand_.end()) {
      const size_t blank = it->second.find(' ');
      if (blank == std::string_view::npos) return std::nullopt;  // no event, whatever the other tables say
      return NounFrame{it->second.substr(0, blank), it->second.substr(blank + 1), true};
    }
    if (const std::string_view row = table_.Find(noun); row.data() != nullptr)
      return NounFrame{Column(row, 0), Column(row, 1), true};
    const std::string_view verb = lexicon.NominalVerb(noun);
    if (verb.empty()) return std::nullopt;
    return NounFrame{verb, kUsualItems, false};
  }

 private:
  SortedTable table_;
  StringMap<std::string_view> hand_;
};

}  // namespace

std::string_view NounFrame::RoleOf(std::string_view key) const {
  std::string_view role;
  ForEachPart(items, ' ', [&](std::string_view item) {
    const size_t equals = item.find('=');
    if (item.substr(0, equals) == key) role = item.substr(equals + 1);
  });
  return role;
}

bool NounFrame::Intransitive() const { return items.find("=O") == std::string_view::npos; }

std::optional<NounFrame> FrameOf(const Lexicon& lexicon, std::string_view noun) {
  static const auto* const kTable = new FrameTable;
  return kTable->Find(lexicon, noun);
}

}  // namespace dossier::ingest
