#include "ingest/entity/coref_search.h"

#include <algorithm>

namespace dossier::ingest {
namespace {

enum : uint32_t { kHeadKey, kTextKey, kSieveKey, kPersonKey };

// Pronouns and definite descriptions may take up anything; other phrases only what they share a word with.
bool TakesUpAnything(const MentionTraits& m) {
  return m.form == MentionForm::kPersonal || m.form == MentionForm::kDemonstrative || m.form == MentionForm::kIndefinite ||
         m.form == MentionForm::kDefiniteNoun || m.form == MentionForm::kThisNoun;
}

bool ShareAWord(const MentionTraits& m, const MentionTraits& a) {
  if (m.head_lemma == a.head_lemma || m.text == a.text || (m.sieve >= 0 && m.sieve == a.sieve)) return true;
  if ((m.initials != 0 && m.initials == a.text) || (a.initials != 0 && a.initials == m.text)) return true;
  return std::find_first_of(m.words.begin(), m.words.end(), a.words.begin(), a.words.end()) != m.words.end();
}

}  // namespace

CorefSearch::CorefSearch(const CorefDocument& document) : document_(document), other_reading_(document.mentions().size(), -1) {
  const auto& mentions = document.mentions();
  cluster_of_.reserve(mentions.size());
  absl::flat_hash_map<std::pair<uint32_t, TokenIndex>, size_t> longer;
  for (size_t m = 0; m < mentions.size(); ++m) {
    if (mentions[m].variant == 0) continue;
    const auto [it, fresh] = longer.try_emplace({mentions[m].sentence, mentions[m].head}, m);
    if (fresh) continue;
    other_reading_[m] = static_cast<int>(it->second);
    other_reading_[it->second] = static_cast<int>(m);
  }
}

bool CorefSearch::IsTaken(size_t mention) const {
  const int other = other_reading_[mention];
  if (other < 0 || static_cast<size_t>(other) >= cluster_of_.size()) return false;
  return clusters_[static_cast<size_t>(cluster_of_[static_cast<size_t>(other)])].size() > 1;
}

std::vector<uint64_t> CorefSearch::KeysOf(size_t mention) const {
  const MentionTraits& m = document_.mentions()[mention];
  if (m.form == MentionForm::kPersonal) {
    if (m.person == 3) return {};
    return {HashFeature(kPersonKey, 0), HashFeature(kPersonKey, m.head_lemma)};
  }
  std::vector<uint64_t> keys;
  if (m.variant == 2) return {HashFeature(kTextKey, m.text)};
  if (m.form == MentionForm::kDemonstrative || m.form == MentionForm::kIndefinite) return keys;
  keys.push_back(HashFeature(kHeadKey, m.head_lemma));
  keys.push_back(HashFeature(kTextKey, m.text));
  if (m.sieve >= 0) keys.push_back(HashFeature(kSieveKey, m.sieve));
  return keys;
}

void CorefSearch::FindCandidates(size_t mention, std::vector<Candidate>& candidates) const {
  candidates.clear();
  std::vector<size_t> found;
  const size_t near = mention > kNear ? mention - kNear : 0;
  for (size_t k = mention; k > near; --k) found.push_back(k - 1);
  if (near > 0) {
    const size_t first = found.size();
    for (const uint64_t key : KeysOf(mention)) {
      const auto it = by_key_.find(key);
      if (it == by_key_.end()) continue;
      size_t taken = 0;
      for (auto at = it->second.rbegin(); at != it->second.rend() && taken < kFar; ++at) {
        if (static_cast<size_t>(*at) >= near) continue;
        found.push_back(static_cast<size_t>(*at));
        ++taken;
      }
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(), std::greater<>());
    found.erase(std::unique(found.begin() + static_cast<std::ptrdiff_t>(first), found.end()), found.end());
  }
  int rank = 0;
  const bool anything = TakesUpAnything(document_.mentions()[mention]);
  for (const size_t k : found) {
    if (static_cast<int>(k) == other_reading_[mention]) continue;
    if (!anything && !ShareAWord(document_.mentions()[mention], document_.mentions()[k])) continue;
    candidates.push_back({k, {static_cast<int>(mention - k), rank}});
    if (document_.mentions()[k].variant != 2 && AgreeInForm(document_.mentions()[mention], document_.mentions()[k])) ++rank;
  }
}

SeenBefore CorefSearch::Seen(size_t mention) const {
  const MentionTraits& m = document_.mentions()[mention];
  const auto count = [&](uint64_t key) {
    const auto it = by_key_.find(key);
    return it == by_key_.end() ? 0 : static_cast<int>(it->second.size());
  };
  if (m.form == MentionForm::kPersonal) return {m.person < 3 ? count(HashFeature(kPersonKey, m.head_lemma)) : 0, 0, 0};
  const int itself = m.variant == 2 ? 1 : 0;  // its longer reading
  return {count(HashFeature(kHeadKey, m.head_lemma)) - itself, count(HashFeature(kTextKey, m.text)),
          m.sieve < 0 ? 0 : count(HashFeature(kSieveKey, m.sieve)) - itself};
}

void CorefSearch::Link(size_t mention, int antecedent) {
  if (antecedent < 0) {
    cluster_of_.push_back(static_cast<int>(clusters_.size()));
    clusters_.push_back({static_cast<int>(mention)});
  } else {
    cluster_of_.push_back(cluster_of_[static_cast<size_t>(antecedent)]);
    clusters_[static_cast<size_t>(cluster_of_.back())].push_back(static_cast<int>(mention));
  }
  for (const uint64_t key : KeysOf(mention)) by_key_[key].push_back(static_cast<int>(mention));
}

}  // namespace dossier::ingest
