#include "ingest/train/clusters.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "graph/base/strings.h"
#include "ingest/train/perceptron.h"

namespace dossier::ingest {
namespace {

constexpr size_t kDimensions = 100;

struct Matrix {
  std::vector<float> values;
  float* row(size_t i) { return values.data() + i * kDimensions; }
  const float* row(size_t i) const { return values.data() + i * kDimensions; }
  size_t rows() const { return values.size() / kDimensions; }
};

float Dot(const float* a, const float* b) {
  float sum[4] = {};
  for (size_t i = 0; i < kDimensions; i += 4) {
    for (size_t k = 0; k < 4; ++k) sum[k] += a[i + k] * b[i + k];
  }
  return sum[0] + sum[1] + sum[2] + sum[3];
}

void Normalize(float* row) {
  const float length = std::sqrt(Dot(row, row));
  if (length <= 0) return;
  for (size_t i = 0; i < kDimensions; ++i) row[i] /= length;
}

size_t Nearest(const Matrix& centers, const float* row) {
  size_t best = 0;
  float best_dot = -2;
  for (size_t c = 0; c < centers.rows(); ++c) {
    const float dot = Dot(centers.row(c), row);
    if (dot > best_dot) {
      best = c;
      best_dot = dot;
    }
  }
  return best;
}

// Spherical k-means over the first `count` rows.
Matrix FitCenters(const Matrix& data, size_t count, size_t k, int rounds, uint64_t seed) {
  Random random(seed);
  std::vector<size_t> picks(count);
  for (size_t i = 0; i < count; ++i) picks[i] = i;
  random.Shuffle(picks);
  Matrix centers;
  for (size_t c = 0; c < k; ++c) {
    const float* row = data.row(picks[c % count]);
    centers.values.insert(centers.values.end(), row, row + kDimensions);
  }
  for (int round = 0; round < rounds; ++round) {
    Matrix sums{std::vector<float>(k * kDimensions)};
    for (size_t i = 0; i < count; ++i) {
      float* sum = sums.row(Nearest(centers, data.row(i)));
      const float* row = data.row(i);
      for (size_t d = 0; d < kDimensions; ++d) sum[d] += row[d];
    }
    for (size_t c = 0; c < k; ++c) {
      if (Dot(sums.row(c), sums.row(c)) <= 0)
        std::memcpy(sums.row(c), data.row(random.Next() % count), kDimensions * sizeof(float));
      Normalize(sums.row(c));
    }
    centers = std::move(sums);
    std::printf("  k-means into %zu, round %d\n", k, round + 1);
    std::fflush(stdout);
  }
  return centers;
}

// Reads `"word":[v1,...,v100,norm,rank]` at `at`, which points behind the opening quote; moves `at` behind
// the array.
bool TakeVector(const std::string& json, size_t& at, std::string& word, float* row, size_t& rank) {
  word.clear();
  for (; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\' && at + 1 < json.size()) ++at;
    word.push_back(json[at]);
  }
  at = json.find('[', at);
  if (at == std::string::npos) return false;
  const char* p = json.c_str() + at;
  float last = 0;
  for (size_t d = 0; d < kDimensions + 2; ++d) {
    char* end = nullptr;
    last = std::strtof(p + 1, &end);
    if (end == p + 1) return false;
    if (d < kDimensions) row[d] = last;
    p = end;
  }
  rank = static_cast<size_t>(last);
  at = json.find(']', static_cast<size_t>(p - json.c_str()));
  return at != std::string::npos;
}

struct Vectors {
  std::vector<std::string> words;  // the most frequent first
  Matrix matrix;
};

absl::StatusOr<Vectors> ReadVectors(const std::string& json_path, size_t count) {
  ASSIGN_OR_RETURN(const std::string json, ReadFile(json_path));
  size_t at = json.find("\"vectors\":{");
  if (at == std::string::npos) return InvalidArgument(Cat(json_path, " holds no \"vectors\" object"));
  at += 10;
  Vectors vectors{std::vector<std::string>(count), {std::vector<float>(count * kDimensions)}};
  std::string word;
  float row[kDimensions];
  size_t rank = 0;
  while (at + 1 < json.size() && (json[at] == '{' || json[at] == ',') && json[at + 1] == '"') {
    at += 2;
    if (!TakeVector(json, at, word, row, rank))
      return InvalidArgument(Cat(json_path, ": broken vector of '", word, "'"));
    ++at;
    if (rank >= count) continue;
    Normalize(row);
    vectors.words[rank] = word;
    std::memcpy(vectors.matrix.row(rank), row, sizeof row);
  }
  return vectors;
}

}  // namespace

absl::StatusOr<Clusters> ClusterEmbeddings(const std::string& json_path, const ClusterOptions& options) {
  ASSIGN_OR_RETURN(const Vectors vectors, ReadVectors(json_path, options.words));
  const Matrix fine = FitCenters(vectors.matrix, std::min(options.fit_words, options.words), options.fine,
                                 options.rounds, options.seed);
  const Matrix coarse = FitCenters(fine, fine.rows(), options.coarse, options.rounds, options.seed);
  Clusters clusters;
  clusters.coarse.push_back(0);
  for (size_t c = 0; c < fine.rows(); ++c)
    clusters.coarse.push_back(static_cast<uint16_t>(1 + Nearest(coarse, fine.row(c))));
  for (size_t i = 0; i < vectors.words.size(); ++i) {
    if (vectors.words[i].empty()) continue;
    clusters.words.emplace_back(vectors.words[i],
                                static_cast<uint16_t>(1 + Nearest(fine, vectors.matrix.row(i))));
  }
  return clusters;
}

absl::StatusOr<Clusters> ReadClusters(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  std::istringstream in(bytes);
  std::string line;
  Clusters clusters;
  std::getline(in, line);
  std::istringstream numbers(line);
  for (uint16_t number = 0; numbers >> number;) clusters.coarse.push_back(number);
  while (std::getline(in, line)) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) return InvalidArgument(Cat(path, ": a line without a tab"));
    const auto cluster = static_cast<uint16_t>(std::strtoul(line.c_str() + tab + 1, nullptr, 10));
    clusters.words.emplace_back(line.substr(0, tab), cluster);
  }
  return clusters;
}

std::string FormatClusters(const Clusters& clusters) {
  std::string out;
  for (const uint16_t coarse : clusters.coarse) Append(out, coarse, " ");
  out += "\n";
  for (const auto& [word, cluster] : clusters.words) Append(out, word, "\t", cluster, "\n");
  return out;
}

}  // namespace dossier::ingest
