// The evidence of facts: what a reifier says about the sentence, document, certainty and circumstances of one mention.
//
//   ASSIGN_OR_RETURN(std::vector<Evidence> evidence, LoadEvidence(snapshot, reifiers));
//   StyledText sentence = MarkSpans(evidence[0], labels);        // subject, predicate and object marked
//   ASSIGN_OR_RETURN(auto reifiers, FindReifiers(snapshot, row));     // the facts behind a row of any query
//
// Plain values. Errors are the store's; incomplete or ill-typed evidence (somebody loaded odd RDF) gives empty fields, never an error.
// Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "graph/store/store.h"
#include "shell/evidence/labels.h"
#include "shell/render/styled_text.h"

namespace dossier::shell {

struct Qualifier {
  std::string role;      // local name in dos: "requestedBy", "time", "q_over"
  graph::Term value;
};

struct Evidence {
  graph::Term reifier;
  graph::Triple fact;
  bool asserted = false;         // the triple itself is in the default graph
  bool inferred = false;
  double confidence = 0;
  std::string rule, phrase;
  std::string polarity, modality;              // empty when plainly stated
  std::vector<graph::Term> attributed_to;
  std::vector<Qualifier> qualifiers;           // by role
  std::string time_begin, time_end;            // first and last day of dos:time, where known
  std::string time_phrase, duration;           // the words of an exact dos:time; xsd:duration

  std::string sentence;                        // as it stands in the document
  std::string sentence_iri;
  SourceSpan sentence_span;                    // bytes of the document
  std::optional<SourceSpan> subject_span, predicate_span, object_span;   // bytes of `sentence`
  std::string document_iri, title, date, source;
};

// One per reifier that reifies a triple, in the order of `reifiers`; others are left out. A reifier of several triples gives several.
absl::StatusOr<std::vector<Evidence>> LoadEvidence(const graph::Snapshot& snapshot, absl::Span<const graph::Term> reifiers);

// The reifiers behind the terms of a result row: those in the row, those of triple terms in it, and those of facts that join two of its
// terms (or, when nothing joins, have its only entity as an end), at most `limit`.
absl::StatusOr<std::vector<graph::Term>> FindReifiers(const graph::Snapshot& snapshot, absl::Span<const graph::Term> row,
                                                      size_t limit);

// The sentence with subject, predicate and object marked: by the offsets of the evidence; where it has none, where the words are found.
StyledText MarkSpans(const Evidence& evidence, const Labels& labels);
// "2020-11-23 to 2020-11-29", "since 2020-07-01", "until 2025-12-31": the interval of the fact's time, where it is more than dos:time says.
std::string TimeInterval(const Evidence& evidence);
// "requested by": a role as people read it.
std::string RoleLabel(std::string_view role);
// Why the fact is not asserted ("denied", "possible", ...); empty when it is.
std::string WhyNotAsserted(const Evidence& evidence);
// "“Has Russia …”, 2020-11-29": the document as it is cited.
std::string Citation(const Evidence& evidence);

}  // namespace dossier::shell
