#include "ingest/pipeline.h"

#include <utility>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/entity/coref_ranker.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/confidence.h"
#include "ingest/fact/tree_repair.h"
#include "ingest/map/identity.h"
#include "ingest/map/iris.h"
#include "ingest/map/mapper.h"
#include "ingest/map/vocabulary.h"
#include "ingest/text/tokenizer.h"

namespace dossier::ingest {
namespace {

using graph::Term;
using graph::TermId;

class PipelineOfParser : public Pipeline {
 public:
  PipelineOfParser(std::unique_ptr<Parser> parser, std::unique_ptr<CorefRanker> ranker)
      : parser_(std::move(parser)), ranker_(std::move(ranker)), lexicon_(Lexicon::Default()) {}

  absl::StatusOr<Analysis> Analyze(const Document& document) const override {
    Analysis analysis;
    analysis.sentences = SplitAndTokenize(document);
    parser_->ParseAll(absl::MakeSpan(analysis.sentences));
    for (Sentence& sentence : analysis.sentences) RepairSentence(sentence);
    analysis.propositions.reserve(analysis.sentences.size());
    for (const Sentence& sentence : analysis.sentences)
      analysis.propositions.push_back(ExtractPropositions(sentence));
    analysis.entities = ResolveEntities(analysis.sentences, lexicon_, ranker_.get());
    analysis.iris = MintEntityIris(analysis.entities, DocumentHash(document.text));
    analysis.facts = BuildFacts(analysis.sentences, analysis.propositions, analysis.entities, lexicon_);
    CalibrateFacts(parser_->Name(), analysis.sentences, analysis.facts);
    return analysis;
  }

  absl::StatusOr<std::vector<graph::Quad>> ToQuads(const Document& document, const Analysis& analysis,
                                                   const IngestOptions& options) const override {
    return MapToQuads({document, analysis, options, parser_->Name()});
  }

  absl::StatusOr<IngestReport> Ingest(const Document& document, graph::Store& store,
                                      const IngestOptions& options) const override {
    IngestReport report;
    report.document_iri = DocumentIri(DocumentHash(document.text));
    ASSIGN_OR_RETURN(report.already_present, IsPresent(report.document_iri, *store.GetSnapshot()));
    if (report.already_present) return report;
    ASSIGN_OR_RETURN(Analysis analysis, Analyze(document));

    // The transaction comes first: it keeps other writers out, and its snapshot is the state it changes.
    const std::unique_ptr<graph::Transaction> transaction = store.Begin();
    const std::shared_ptr<const graph::Snapshot> snapshot = transaction->GetSnapshot();
    ASSIGN_OR_RETURN(report.already_present, IsPresent(report.document_iri, *snapshot));
    if (report.already_present) {
      RETURN_IF_ERROR(transaction->Commit());  // waits until it is on disk
      return report;
    }
    ASSIGN_OR_RETURN(const Corrections corrections, Corrections::Load(*snapshot));
    RETURN_IF_ERROR(ReuseKnownEntities(analysis.entities, *snapshot, corrections, analysis.iris));
    ASSIGN_OR_RETURN(std::vector<graph::Quad> quads, ToQuads(document, analysis, options));
    corrections.Apply(report.document_iri, quads);
    for (const graph::Quad& quad : quads) RETURN_IF_ERROR(transaction->Insert(quad));
    RETURN_IF_ERROR(transaction->Commit());

    report.sentences = analysis.sentences.size();
    for (const Sentence& sentence : analysis.sentences) report.words += sentence.tokens.size();
    report.facts = analysis.facts.size();
    for (const Entity& entity : analysis.entities.entities) report.entities += entity.named ? 1 : 0;
    report.quads_added = transaction->changed().inserted;
    return report;
  }

  const Parser& parser() const override { return *parser_; }

 private:
  static absl::StatusOr<bool> IsPresent(const std::string& document_iri, const graph::Snapshot& snapshot) {
    graph::IdPattern pattern;
    ASSIGN_OR_RETURN(pattern.subject, snapshot.Find(Term::Iri(document_iri)));
    ASSIGN_OR_RETURN(pattern.predicate, snapshot.Find(Term::Iri(std::string(graph::rdf::kType))));
    ASSIGN_OR_RETURN(pattern.object, snapshot.Find(Term::Iri(std::string(vocab::kContext))));
    if (pattern.subject.is_unbound() || pattern.predicate.is_unbound() || pattern.object.is_unbound())
      return false;
    ASSIGN_OR_RETURN(const uint64_t count, snapshot.Count(pattern, 1));
    return count > 0;
  }

  const std::unique_ptr<Parser> parser_;
  const std::unique_ptr<CorefRanker> ranker_;
  const Lexicon& lexicon_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipeline>> Pipeline::Create(ModelKind model) {
  ASSIGN_OR_RETURN(std::unique_ptr<Parser> parser, Parser::Load(model));
  ASSIGN_OR_RETURN(std::unique_ptr<CorefRanker> ranker, CorefRanker::Load());
  return std::make_unique<PipelineOfParser>(std::move(parser), std::move(ranker));
}

}  // namespace dossier::ingest
