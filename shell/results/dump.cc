#include "shell/results/dump.h"

#include "graph/canon/quad_reader.h"
#include "graph/model/vocabulary.h"

namespace dossier::shell {
namespace {

using graph::RdfFormat;

constexpr size_t kChunk = 64 << 10;

std::vector<std::pair<std::string, std::string>> Prefixes() {
  std::vector<std::pair<std::string, std::string>> prefixes;
  for (const auto& [prefix, ns] : graph::kDefaultPrefixes) prefixes.emplace_back(prefix, ns);
  return prefixes;
}

}  // namespace

absl::Status Dump(const graph::Snapshot& snapshot, RdfFormat format, const std::atomic<bool>* cancelled,
                  const std::function<absl::Status(std::string_view)>& sink) {
  const bool turtle = format == RdfFormat::kTurtle || format == RdfFormat::kTriG;
  const bool all_graphs = format == RdfFormat::kNQuads || format == RdfFormat::kTriG;
  graph::TurtleWriter writer(Prefixes(), format == RdfFormat::kTriG);
  graph::IdPattern pattern;
  if (all_graphs) pattern.graphs = graph::IdPattern::Graphs::kAny;
  // TriG groups by graph, so it wants graphs together.
  const graph::Order order = format == RdfFormat::kTriG ? graph::Order::kGspo : graph::Order::kSpo;
  std::string text;
  const absl::Status status = graph::EachQuad(snapshot, pattern, order, cancelled, [&](const graph::IdQuad&, const graph::Quad& quad) -> absl::Status {
    if (turtle) {
      writer.Add(quad, text);
    } else {
      graph::AppendNQuad(quad, text);
    }
    if (text.size() < kChunk) return absl::OkStatus();
    RETURN_IF_ERROR(sink(text));
    text.clear();
    return absl::OkStatus();
  });
  RETURN_IF_ERROR(status);
  if (turtle) writer.Finish(text);
  return sink(text);
}

}  // namespace dossier::shell
