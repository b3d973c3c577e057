#include "shell/results/dump.h"

#include "graph/canon/quad_reader.h"
#include "graph/io/rdf_writer.h"

namespace dossier::shell {
namespace {

constexpr size_t kChunk = 64 << 10;

}  // namespace

absl::Status Dump(const graph::Snapshot& snapshot, graph::RdfFormat format, const std::atomic<bool>* cancelled,
                  const std::function<absl::Status(std::string_view)>& sink) {
  const auto writer = graph::RdfWriter::Create(format, graph::DefaultPrefixes());
  graph::IdPattern pattern;
  if (graph::HoldsGraphs(format)) pattern.graphs = graph::IdPattern::Graphs::kAny;
  // TriG and JSON-LD group by graph, so they want graphs together.
  const bool grouped = format == graph::RdfFormat::kTriG || format == graph::RdfFormat::kJsonLd;
  const graph::Order order = grouped ? graph::Order::kGspo : graph::Order::kSpo;
  std::string text;
  const auto add = [&](const graph::IdQuad&, const graph::Quad& quad) -> absl::Status {
    RETURN_IF_ERROR(writer->Add(quad, text));
    if (text.size() < kChunk) return absl::OkStatus();
    const absl::Status written = sink(text);
    text.clear();
    return written;
  };
  RETURN_IF_ERROR(graph::EachQuad(snapshot, pattern, order, cancelled, add));
  writer->Finish(text);
  return sink(text);
}

}  // namespace dossier::shell
