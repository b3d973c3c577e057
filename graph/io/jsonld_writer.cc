#include "graph/io/jsonld_writer.h"

#include "graph/base/json_text.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

void AppendNodeId(const Term& term, std::string& out) { AppendJsonString(term.is_blank() ? Cat("_:", term.value()) : term.value(), out); }

void AppendMember(std::string_view key, std::string_view value, std::string& out) {
  Append(out, ",\"", key, "\":");
  AppendJsonString(value, out);
}

void AppendObject(const Term& term, std::string& out) {
  if (!term.is_literal()) {
    out += "{\"@id\":";
    AppendNodeId(term, out);
  } else {
    out += "{\"@value\":";
    AppendJsonString(term.value(), out);
    if (!term.language().empty()) {
      AppendMember("@language", term.language(), out);
      if (term.direction() != Direction::kNone) AppendMember("@direction", term.direction() == Direction::kLtr ? "ltr" : "rtl", out);
    } else if (term.datatype() != xsd::kString) {
      AppendMember("@type", term.datatype(), out);
    }
  }
  out.push_back('}');
}

}  // namespace

bool JsonLdWriter::Continues(const Quad& quad) const {
  return in_node_ && quad.subject == last_.subject && quad.in_default_graph == last_.in_default_graph &&
         (quad.in_default_graph || quad.graph == last_.graph);
}

void JsonLdWriter::CloseNode(std::string& out) {
  if (in_node_) out += "]}";
  in_node_ = false;
  predicates_.clear();
}

void JsonLdWriter::CloseGraph(std::string& out) {
  CloseNode(out);
  if (in_graph_) out += "\n]}";
  in_graph_ = false;
}

absl::Status JsonLdWriter::Add(const Quad& quad, std::string& out) {
  for (const Term* term : {&quad.subject, &quad.object}) {
    if (term->is_triple()) return InvalidArgument(Cat("JSON-LD cannot express the triple term ", term->ToNTriples().substr(0, 200)));
  }
  const std::string& predicate = quad.predicate.value();
  if (Continues(quad) && quad.predicate == last_.predicate) {
    out.push_back(',');
  } else if (Continues(quad) && predicates_.insert(predicate).second) {
    out += "],";
    AppendJsonString(predicate, out);
    out += ":[";
  } else {
    const bool same_graph = in_graph_ && !quad.in_default_graph && quad.graph == last_.graph;
    same_graph ? CloseNode(out) : CloseGraph(out);
    out += started_ ? ",\n" : "[\n";
    started_ = true;
    if (!same_graph && !quad.in_default_graph) {
      out += "{\"@id\":";
      AppendNodeId(quad.graph, out);
      out += ",\"@graph\":[\n";
      in_graph_ = true;
    }
    out += "{\"@id\":";
    AppendNodeId(quad.subject, out);
    out.push_back(',');
    AppendJsonString(predicate, out);
    out += ":[";
    predicates_.insert(predicate);
    in_node_ = true;
  }
  AppendObject(quad.object, out);
  last_ = quad;
  return absl::OkStatus();
}

void JsonLdWriter::Finish(std::string& out) {
  CloseGraph(out);
  out += started_ ? "\n]\n" : "[]\n";
}

}  // namespace dossier::graph
