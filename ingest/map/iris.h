// IRIs of documents, sentences, relations and entities. The forms are specified in docs/vocabulary.md.
//
//   const std::string document = DocumentIri(text);                       // urn:dossier:document/<32 hex
//   digits> const EntityIris iris = MintEntityIris(table, DocumentHash(text));    //
//   urn:dossier:entity/Angela_Merkel
//
// Pure functions of their arguments, thread-safe; nothing fails. Every result is a valid absolute IRI
// whatever the names hold: names are brought to NFC, white space becomes "_", and what an IRI may not hold,
// or a prefixed name would have to escape, is percent-encoded.
#pragma once

#include <string>
#include <string_view>

#include "ingest/fact/fact.h"

namespace dossier::ingest {

// The first 128 bits of the SHA-256 of `text`, in hexadecimal.
std::string DocumentHash(std::string_view text);
std::string DocumentIri(std::string_view hash);
// RFC 5147 fragment of the document: bytes [begin, end) of the input.
std::string SentenceIri(std::string_view hash, SourceSpan span);
// The `number`-th fact ("fact") or title ("title") of the document: the reifier.
std::string ReifierIri(std::string_view hash, std::string_view kind, size_t number);
std::string RelationIri(std::string_view relation);
// `name` as the last part of an IRI.
std::string LocalName(std::string_view name);
// The IRI a named entity gets when nothing else is known: by its canonical name.
std::string NamedEntityIri(std::string_view name);

// The entity that a user means: an IRI (in <> or not), "ent:Name", else the name.
std::string EntityIriOf(std::string_view text);
// The name in an entity's IRI: "Recep Tayyip Erdoğan"; the whole IRI when it is none of ours.
std::string NameInIri(std::string_view iri);

// One IRI for every entity, all different. Names give names ("ent:Angela_Merkel"); a name that two kinds of
// thing share within the document gets its type behind it; descriptions get a piece of the document's hash
// ("ent:old_bridge.4f1c2a").
EntityIris MintEntityIris(const EntityTable& entities, std::string_view document_hash);

// `text` with every byte that is not UTF-8 replaced by U+FFFD, so that it can stand in a literal.
std::string CleanUtf8(std::string_view text);
// `name` for comparison across documents: lower case without diacritics and punctuation, single spaces
// ("recep tayyip erdogan").
std::string NameKey(std::string_view name);

}  // namespace dossier::ingest
