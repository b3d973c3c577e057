// An article in, facts or quads out: the one header that the shell needs of ingest.
//
//   ASSIGN_OR_RETURN(auto pipeline, Pipeline::Create(ModelKind::kFast));
//   ASSIGN_OR_RETURN(Analysis analysis, pipeline->Analyze(document));
//   ASSIGN_OR_RETURN(IngestReport report, pipeline->Ingest(document, *store, options));      // one atomic commit
//
// A Pipeline is immutable after Create() and may be used from several threads. The same text and options give the same quads, byte for
// byte. Ingesting a text that the store already holds changes nothing and says so.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/store/store.h"
#include "ingest/fact/fact.h"
#include "ingest/parse/parser.h"

namespace dossier::ingest {

struct Analysis {
  std::vector<Sentence> sentences;
  std::vector<std::vector<Proposition>> propositions;  // by sentence
  EntityTable entities;
  EntityIris iris;
  std::vector<Fact> facts;
};

struct IngestOptions {
  std::string date;     // ISO 8601 document date; overrides the document's
  std::string source;   // URL; overrides the document's
  bool assert_attributed = true;   // false: --assert=narrator
  std::string recorded_at;         // xsd:dateTime of the ingestion activity; empty: none is recorded (deterministic output)
};

struct IngestReport {
  std::string document_iri;
  bool already_present = false;
  size_t sentences = 0, words = 0, facts = 0, entities = 0;
  uint64_t quads_added = 0;
};

class Pipeline {
 public:
  static absl::StatusOr<std::unique_ptr<Pipeline>> Create(ModelKind model);
  virtual ~Pipeline() = default;

  // Everything up to facts, without a database.
  virtual absl::StatusOr<Analysis> Analyze(const Document& document) const = 0;
  // Facts as quads (what Ingest stores).
  virtual absl::StatusOr<std::vector<graph::Quad>> ToQuads(const Document& document, const Analysis& analysis,
                                                           const IngestOptions& options) const = 0;
  virtual absl::StatusOr<IngestReport> Ingest(const Document& document, graph::Store& store, const IngestOptions& options) const = 0;
  virtual const Parser& parser() const = 0;
};

}  // namespace dossier::ingest
