#include "ingest/entity/coref_ranker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "graph/base/strings.h"

namespace dossier::ingest {

absl::StatusOr<std::unique_ptr<CorefRanker>> CorefRanker::Load() {
  ASSIGN_OR_RETURN(std::unique_ptr<ModelFile> file, ModelFile::Embedded("coref"));
  return FromModel(std::move(file));
}

absl::StatusOr<std::unique_ptr<CorefRanker>> CorefRanker::FromModel(std::unique_ptr<ModelFile> file) {
  auto ranker = std::make_unique<CorefRanker>();
  ASSIGN_OR_RETURN(ranker->words_, WordTable::FromBytes(file->Section("words")));
  ASSIGN_OR_RETURN(ranker->features_, FeatureTable::FromBytes(file->Section("features")));
  const std::string_view outputs = file->Section("outputs");
  const size_t units = ranker->features_.label_count();
  if (units == 0 || outputs.size() != 2 * (units + 1) * sizeof(float)) return DataLoss("the coreference model's outputs do not fit its hidden layer");
  ranker->link_ = reinterpret_cast<const float*>(outputs.data());
  ranker->none_ = ranker->link_ + units + 1;
  ranker->file_ = std::move(file);
  return ranker;
}

double CorefRanker::Output(const int16_t* hidden, const float* weights) const {
  const size_t units = features_.label_count();
  float sum = weights[units];
  for (size_t k = 0; k < units; ++k) sum += static_cast<float>(std::max<int16_t>(hidden[k], 0)) * weights[k];
  return static_cast<double>(sum);
}

namespace {

// The best candidate, if it is better than none; the chance of its cluster is that of all its mentions.
CorefLink Choose(const CorefSearch& search, const std::vector<Candidate>& candidates, const std::vector<double>& scores, double none) {
  const auto best = std::max_element(scores.begin(), scores.end());
  const bool linked = best != scores.end() && *best > none;
  const double top = linked ? *best : none;
  CorefLink link;
  if (linked) link.antecedent = static_cast<int>(candidates[static_cast<size_t>(best - scores.begin())].mention);
  double all = std::exp(none - top), chosen = linked ? 0 : all;
  for (size_t c = 0; c < scores.size(); ++c) {
    const double share = std::exp(scores[c] - top);
    all += share;
    if (linked && search.cluster_of()[candidates[c].mention] == search.cluster_of()[static_cast<size_t>(link.antecedent)]) chosen += share;
  }
  link.probability = chosen / all;
  return link;
}

}  // namespace

std::vector<CorefLink> CorefRanker::LinkMentions(const CorefDocument& document, double bias) const {
  const size_t units = features_.label_count(), stride = (units + 15) / 16 * 16;
  CorefSearch search(document);
  std::vector<CorefLink> links(document.mentions().size());
  std::vector<int16_t> antecedents;  // hidden sums of each mention's own features as an antecedent
  antecedents.reserve(links.size() * stride);
  std::vector<Candidate> candidates;
  std::vector<double> scores;
  FeatureList list;
  Hidden own, pair;
  for (size_t m = 0; m < links.size(); ++m) {
    const SeenBefore seen = search.Seen(m);
    list.Clear();
    AddNewFeatures(document, m, seen, list);
    features_.Score(list.span(), own.data());
    const double none = Output(own.data(), none_);
    list.Clear();
    AddAnaphorFeatures(document, m, seen, list);
    features_.Score(list.span(), own.data());
    search.FindCandidates(m, candidates);
    if (search.IsTaken(m)) candidates.clear();
    std::erase_if(candidates, [&](const Candidate& c) { return search.IsTaken(c.mention); });
    scores.clear();
    for (const Candidate& candidate : candidates) {
      list.Clear();
      AddPairFeatures(document, m, candidate.mention, candidate.place, list);
      AddClusterFeatures(document, m, candidate.mention, search.ClusterOf(candidate.mention), list);
      features_.Score(list.span(), pair.data());
      const int16_t* const other = antecedents.data() + candidate.mention * stride;
      for (size_t k = 0; k < units; ++k) pair[k] = static_cast<int16_t>(pair[k] + own[k] + other[k]);
      scores.push_back(Output(pair.data(), link_) + bias);
    }
    links[m] = Choose(search, candidates, scores, none);
    search.Link(m, links[m].antecedent);
    links[m].cluster = search.cluster_of()[m];
    list.Clear();
    AddAntecedentFeatures(document, m, list);
    features_.Score(list.span(), own.data());
    antecedents.insert(antecedents.end(), own.begin(), own.begin() + static_cast<std::ptrdiff_t>(stride));
  }
  return links;
}

}  // namespace dossier::ingest
