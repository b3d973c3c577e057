#include "ingest/train/coref_score.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace dossier::ingest {
namespace {

using Where = std::map<CorefSpan, size_t>;

Where IndexOf(const CorefChains& chains) {
  Where where;
  for (size_t c = 0; c < chains.size(); ++c) {
    for (const CorefSpan& span : chains[c]) where[span] = c;
  }
  return where;
}

void AddMuc(const CorefChains& of, const CorefChains& by, double& right, double& all) {
  const Where where = IndexOf(by);
  for (const auto& chain : of) {
    std::set<size_t> parts;
    size_t alone = 0;
    for (const CorefSpan& span : chain) {
      const auto it = where.find(span);
      if (it == where.end()) {
        ++alone;
      } else {
        parts.insert(it->second);
      }
    }
    right += static_cast<double>(chain.size() - parts.size() - alone);
    all += static_cast<double>(chain.size()) - 1;
  }
}

void AddB3(const CorefChains& of, const CorefChains& by, double& right, double& all) {
  const Where where = IndexOf(by);
  for (const auto& chain : of) {
    std::map<size_t, double> common;
    for (const CorefSpan& span : chain) {
      if (const auto it = where.find(span); it != where.end()) common[it->second] += 1;
    }
    for (const auto& [other, count] : common) right += count * count / static_cast<double>(chain.size());
    all += static_cast<double>(chain.size());
  }
}

}  // namespace

double BestAssignment(const std::vector<std::vector<double>>& scores) {
  if (scores.empty() || scores[0].empty()) return 0;
  std::vector<std::vector<double>> s = scores;
  if (s.size() > s[0].size()) {
    s.assign(scores[0].size(), std::vector<double>(scores.size()));
    for (size_t i = 0; i < scores.size(); ++i) {
      for (size_t j = 0; j < scores[0].size(); ++j) s[j][i] = scores[i][j];
    }
  }
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const size_t n = s.size(), m = s[0].size();
  std::vector<double> u(n + 1), v(m + 1);
  std::vector<size_t> p(m + 1), way(m + 1);
  for (size_t i = 1; i <= n; ++i) {
    p[0] = i;
    size_t j0 = 0;
    std::vector<double> low(m + 1, kInf);
    std::vector<bool> used(m + 1);
    do {
      used[j0] = true;
      double delta = kInf;
      size_t j1 = 0;
      for (size_t j = 1; j <= m; ++j) {
        if (used[j]) continue;
        const double cost = -s[p[j0] - 1][j - 1] - u[p[j0]] - v[j];
        if (cost < low[j]) low[j] = cost, way[j] = j0;
        if (low[j] < delta) delta = low[j], j1 = j;
      }
      for (size_t j = 0; j <= m; ++j) {
        if (used[j]) {
          u[p[j]] += delta;
          v[j] -= delta;
        } else {
          low[j] -= delta;
        }
      }
      j0 = j1;
    } while (p[j0] != 0);
    for (; j0 != 0; j0 = way[j0]) p[j0] = p[way[j0]];
  }
  double total = 0;
  for (size_t j = 1; j <= m; ++j) {
    if (p[j] != 0) total += s[p[j] - 1][j - 1];
  }
  return total;
}

void CorefScore::Add(const CorefChains& key, const CorefChains& response) {
  AddMuc(key, response, muc.right_r, muc.all_r);
  AddMuc(response, key, muc.right_p, muc.all_p);
  AddB3(key, response, b3.right_r, b3.all_r);
  AddB3(response, key, b3.right_p, b3.all_p);
  std::vector<std::vector<double>> similarity(key.size(), std::vector<double>(response.size()));
  const Where where = IndexOf(response);
  for (size_t k = 0; k < key.size(); ++k) {
    for (const CorefSpan& span : key[k]) {
      if (const auto it = where.find(span); it != where.end()) similarity[k][it->second] += 1;
    }
    for (size_t r = 0; r < response.size(); ++r) similarity[k][r] *= 2 / static_cast<double>(key[k].size() + response[r].size());
  }
  const double total = BestAssignment(similarity);
  ceafe.right_r += total;
  ceafe.right_p += total;
  ceafe.all_r += static_cast<double>(key.size());
  ceafe.all_p += static_cast<double>(response.size());
}

}  // namespace dossier::ingest
