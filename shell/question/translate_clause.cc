// The blocks of a clause's query.
#include <algorithm>
#include <iterator>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "shell/question/role_query.h"
#include "shell/question/time_filter.h"
#include "shell/question/translator.h"
#include "shell/question/verb_forms.h"
#include "shell/question/word_match.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

void AddNew(std::vector<std::string> from, std::vector<std::string>& iris) {
  for (std::string& iri : from) {
    if (std::find(iris.begin(), iris.end(), iri) == iris.end()) iris.push_back(std::move(iri));
  }
}

template <size_t N>
bool AnyOf(const std::vector<std::string>& lemmas, const std::string_view (&verbs)[N]) {
  return std::any_of(std::begin(verbs), std::end(verbs),
                     [&](std::string_view verb) { return std::find(lemmas.begin(), lemmas.end(), verb) != lemmas.end(); });
}

std::string Named(std::string_view lemma, std::string_view preposition) {
  return preposition.empty() ? std::string(lemma) : Cat(lemma, "_", preposition);
}

// "the deep concern" -> "concern".
std::string LastWord(std::string_view text) {
  const std::string lower = Lower(text);
  return lower.substr(lower.rfind(' ') + 1);
}

}  // namespace

std::vector<std::string> Translator::Relations(std::string_view preposition) const {
  std::vector<std::string> iris;
  for (const std::string& lemma : LemmaCandidates(question_.verb)) AddNew(knowledge_.RelationsOf(Named(lemma, preposition)), iris);
  return iris;
}

std::vector<std::string> Translator::RelationsWith(std::initializer_list<std::string_view> prepositions) const {
  std::vector<std::string> iris;
  for (const std::string_view preposition : prepositions) AddNew(Relations(preposition), iris);
  return iris;
}

std::vector<std::string> Translator::SwappedRelations(std::string_view preposition) const {
  std::vector<std::string> iris;
  for (const std::string& lemma : LemmaCandidates(question_.verb)) {
    AddNew(knowledge_.SwappedRelationsOf(Named(lemma, preposition)), iris);
  }
  return iris;
}

// Who "said" something may have noted, warned or told it.
std::vector<std::string> Translator::WiderSpeech() const {
  constexpr std::string_view kGeneral[] = {"say", "state", "claim", "comment", "remark", "think", "talk", "speak"};
  return AnyOf(LemmaCandidates(question_.verb), kGeneral) ? knowledge_.SpeechRelations() : std::vector<std::string>{};
}

// A prepositional argument is a qualifier of the fact, and where the verb has no other object it is the object of a relation of its own:
// "reported to Ankara" is report_to.
std::vector<std::string> Translator::ClauseBlocks() {
  std::vector<std::string> blocks;
  const auto add = [&](const std::vector<std::string>& relations, const QuestionArgument& object, const std::optional<Name>& name,
                       size_t first_oblique) {
    if (!relations.empty()) blocks.push_back(Block(relations, object, name, first_oblique));
  };
  AddRequest(blocks);
  const bool open_object = question_.object.kind == QuestionArgument::Kind::kOpen;
  if (question_.verb == "be" && question_.object.asked() && question_.subject.named()) {
    add(RelationsWith({"in", "at", "on", "near", "inside"}), question_.object, object_, 0);
    for (std::string& block : blocks) block += "    BIND(?whom AS ?answer)\n";
    answer_title_ = "where";
    return blocks;
  }
  add(Relations(""), question_.object, object_, 0);
  if (!question_.obliques.empty() && open_object) {
    const QuestionOblique& first = question_.obliques.front();
    add(Relations(first.preposition), first.argument, obliques_.front(), 1);
    // "met with X" and "met X" are one.
    if (first.preposition == "with") add(Relations(""), first.argument, obliques_.front(), 1);
    AddSwapped(first.preposition, first.argument, obliques_.front(), 1, blocks);
  } else if (!open_object) {
    add(Relations("with"), question_.object, object_, 0);
    AddSwapped("", question_.object, object_, 0, blocks);
    AddSwapped("with", question_.object, object_, 0, blocks);
    AddLightVerb(blocks);
    AddPrepositional(blocks);
  }
  if (const auto speech = WiderSpeech(); !speech.empty() && (question_.object.asked() || question_.object.clause || open_object)) {
    blocks.push_back(Cat(Block(speech, question_.object, object_, 0), "    FILTER(isLiteral(?whom))\n"));
  }
  return blocks;
}

// Claims whose words hold the verb, in a sentence that holds the names.
std::string Translator::ClaimsBlock() const {
  std::string names;
  for (const QuestionArgument* argument : {&question_.subject, &question_.object}) {
    if (argument->named()) Append(names, " ", argument->text);
  }
  for (const QuestionOblique& oblique : question_.obliques) {
    if (oblique.argument.named()) Append(names, " ", oblique.argument.text);
  }
  std::string out = Cat(kFactPattern, "    FILTER(isLiteral(?whom) && ", WordsTest("LCASE(STR(?whom))", question_.verb), ")\n",
                        "    ?fact prov:wasDerivedFrom/nif:anchorOf ?sentence .\n    FILTER(", WordsTest("LCASE(?sentence)", names), ")\n");
  if (question_.ask == Question::Ask::kSource) out += "    BIND(?who AS ?answer)\n";
  return out;
}

// Relations that say the same the other way round: "X works for Y" for "Y employs X".
void Translator::AddSwapped(std::string_view preposition, const QuestionArgument& object, const std::optional<Name>& name,
                            size_t first_oblique, std::vector<std::string>& blocks) {
  const std::vector<std::string> relations = SwappedRelations(preposition);
  if (relations.empty() || question_.subject.kind == QuestionArgument::Kind::kOpen) return;
  std::string block = EndsBlock(relations, {object, name}, {question_.subject, subject_}, first_oblique);
  if (question_.subject.asked() != object.asked()) {
    // The asked end is the other column.
    Append(block, "    BIND(?", question_.subject.asked() ? "whom" : "who", " AS ?answer)\n");
    translation_.swapped = true;
  }
  blocks.push_back(std::move(block));
}

// "play a role in X" is play_role_in.
void Translator::AddLightVerb(std::vector<std::string>& blocks) {
  if (!question_.object.named() || question_.object.clause || question_.obliques.empty()) return;
  const QuestionOblique& first = question_.obliques.front();
  const std::string noun = LastWord(question_.object.text);
  std::vector<std::string> relations;
  for (const std::string& lemma : LemmaCandidates(question_.verb)) {
    AddNew(knowledge_.RelationsOf(Cat(lemma, "_", noun, "_", first.preposition)), relations);
  }
  if (!relations.empty()) blocks.push_back(Block(relations, first.argument, obliques_.front(), 1));
}

// "sold arms to X" may be sell_to with the arms as a circumstance or in its words.
void Translator::AddPrepositional(std::vector<std::string>& blocks) {
  if (question_.object.clause || question_.obliques.empty()) return;
  const QuestionOblique& first = question_.obliques.front();
  const std::vector<std::string> relations = Relations(first.preposition);
  if (relations.empty()) return;
  std::string block = Block(relations, first.argument, obliques_.front(), 1);
  if (question_.object.asked()) {
    block += "    ?fact dos:q_object ?answer .\n";
    answer_title_ = "what";
  } else if (question_.object.named()) {
    Append(block, "    ?fact dos:q_object|dos:phrase ?thing . OPTIONAL { ?thing rdfs:label ?thingLabel }\n    FILTER(",
           WordsTest("LCASE(COALESCE(STR(?thingLabel), STR(?thing)))", object_->text), ")\n");
  }
  blocks.push_back(std::move(block));
}

// "who requested the dismissal of X": the requester of X's being dismissed.
void Translator::AddRequest(std::vector<std::string>& blocks) {
  constexpr std::string_view kRequests[] = {"request", "demand", "order", "urge", "ask", "seek"};
  if (!AnyOf(LemmaCandidates(question_.verb), kRequests) || !question_.object.named() || question_.obliques.empty() ||
      !question_.subject.asked() || question_.obliques.front().preposition != "of" || !obliques_.front() ||
      obliques_.front()->iris.empty()) {
    return;
  }
  const std::string_view verb = ingest::Lexicon::Default().NominalVerb(LastWord(question_.object.text));
  const std::vector<std::string> relations = verb.empty() ? std::vector<std::string>{} : knowledge_.RelationsOf(verb);
  if (relations.empty()) return;
  blocks.push_back(Cat("    ", ValuesOf("relation", relations), "\n    ", ValuesOf("whom", obliques_.front()->iris), "\n", kFactPattern,
                       "    ?fact dos:requestedBy ?answer .\n"));
  answer_title_ = "who";
}

// One way the graph may put it: the facts of `relations` with `object`; obliques from `first_oblique` on are qualifiers.
std::string Translator::Block(const std::vector<std::string>& relations, const QuestionArgument& object, const std::optional<Name>& name,
                              size_t first_oblique) {
  return EndsBlock(relations, {question_.subject, subject_}, {object, name}, first_oblique);
}

std::string Translator::EndsBlock(const std::vector<std::string>& relations, const End& who, const End& whom, size_t first_oblique) {
  std::string out = Cat("    ", ValuesOf("relation", relations), "\n", NameValues("who", who), NameValues("whom", whom), kFactPattern);
  if (whom.argument.asked()) Append(out, "    FILTER(?whom != dos:NoObject)\n");
  if (whom.argument.kind == QuestionArgument::Kind::kAskedPerson) Append(out, "    FILTER(!isLiteral(?whom))\n");
  Append(out, NameFilter("who", who), NameFilter("whom", whom));
  if (question_.negated) Append(out, "    ?fact dos:polarity dos:negative .\n");
  if (!question_.noun.empty()) out += NounFilter(who.argument.asked() ? "who" : "whom");
  for (size_t i = first_oblique; i < question_.obliques.size(); ++i) out += QualifierPattern(i);
  return out;
}

// Somebody's name is not loosened: "Anna Berg" is not Anna Bergh.
bool Translator::ByWords(const End& end) const {
  if (!end.name || end.name->iris.empty()) return end.name.has_value();
  const std::vector<Word> words = SplitWords(end.name->text);
  const bool name = std::all_of(words.begin(), words.end(), [](const Word& word) { return word.capital; });
  return strictness_ != Strictness::kStrict && !end.argument.quoted && !name;
}

std::string Translator::NameValues(std::string_view variable, const End& end) const {
  if (!end.name || ByWords(end)) return "";
  return Cat("    ", ValuesOf(variable, end.name->iris), "\n");
}

// Where no entity is known by that name: what holds its words.
std::string Translator::NameFilter(std::string_view variable, const End& end) const {
  if (!ByWords(end)) return "";
  std::string test = WordsTest(Cat("LCASE(COALESCE(STR(?", variable, "Label), STR(?", variable, ")))"), end.name->text);
  if (!end.name->iris.empty()) test = Cat("?", variable, " IN (", IriList(end.name->iris), ") || (", test, ")");
  return Cat("    OPTIONAL { ?", variable, " rdfs:label ?", variable, "Label }\n    FILTER(", test, ")\n");
}

std::string Translator::QualifierPattern(size_t i) {
  const QuestionOblique& oblique = question_.obliques[i];
  const size_t number = i + 1;
  if (oblique.argument.asked()) {
    answer_title_ = Cat(oblique.preposition, oblique.argument.kind == QuestionArgument::Kind::kAskedPerson ? " whom" : " what");
    return Cat("    ?fact dos:q_", oblique.preposition, " ?answer .\n");
  }
  // A time that the question gives is never left out: what happened at another time is no answer.
  const std::string time = oblique.argument.named() ? TimeTest(oblique.preposition, oblique.argument.text, today_) : "";
  if (!oblique.argument.named() || (strictness_ == Strictness::kWithoutCircumstances && time.empty())) return "";
  if (const auto requester = Requester(i)) return *requester;
  // "in October" is also said by a sentence that says October; "before 2018" is not by one that says 2018.
  const bool within = oblique.preposition == "in" || oblique.preposition == "on" || oblique.preposition == "during";
  if (strictness_ == Strictness::kWords && (time.empty() || within)) {
    return Cat("    ?fact prov:wasDerivedFrom/nif:anchorOf ?sentence", number, " .\n    FILTER(",
               WordsTest(Cat("LCASE(?sentence", number, ")"), oblique.argument.text), ")\n");
  }
  const Name& name = *obliques_[i];
  const std::string value = Cat("?value", number), label = Cat("?label", number), role = Cat("?role", number);
  std::string test = WordsTest(Cat("LCASE(COALESCE(STR(", label, "), STR(", value, ")))"), name.text);
  if (!name.iris.empty()) test = Cat(value, " IN (", IriList(name.iris), ") || (", test, ")");
  if (oblique.preposition == "about") {
    // What was said is about a thing when it speaks of it.
    return Cat("    OPTIONAL { ?fact dos:q_about ", value, " OPTIONAL { ", value, " rdfs:label ", label, " } }\n    FILTER((",
               WordsTest("LCASE(STR(?whom))", name.text), ") || ", test, ")\n");
  }
  const std::string filter = Cat("FILTER(STRSTARTS(STR(", role, "), STR(dos:)) && ", role, " NOT IN (dos:phrase, dos:rule) && (", test, "))");
  const std::string pattern = Cat("?fact ", role, " ", value, " .");
  const std::string labelled = Cat("OPTIONAL { ", value, " rdfs:label ", label, " }");
  if (!time.empty()) {
    return Cat("    OPTIONAL { ?fact dos:timeBegin ?begin }\n    OPTIONAL { ?fact dos:timeEnd ?end }\n    FILTER((", time,
               ") || EXISTS { ", pattern, " ", labelled, " ", filter, " })\n");
  }
  return Cat("    ", pattern, "\n    ", labelled, "\n    ", filter, "\n");
}

// "at Turkey's request", "at the request of Turkey".
std::optional<std::string> Translator::Requester(size_t i) {
  constexpr std::string_view kNouns[] = {"request", "behest", "insistence", "urging", "invitation"};
  const QuestionOblique& oblique = question_.obliques[i];
  if (oblique.preposition != "at" || !AnyOf({LastWord(oblique.argument.text)}, kNouns)) return std::nullopt;
  std::string name;
  if (const size_t possessive = oblique.argument.text.find("'s "); possessive != std::string::npos) {
    name = oblique.argument.text.substr(0, possessive);
  } else if (i + 1 < question_.obliques.size() && question_.obliques[i + 1].preposition == "of") {
    name = question_.obliques[i + 1].argument.text;
  }
  if (name.empty()) return std::nullopt;
  const auto iris = knowledge_.EntitiesNamed(WithoutDeterminer(name));
  std::string test = WordsTest("LCASE(STR(?requester))", name);
  if (iris.ok() && !iris->empty()) test = Cat("?requester IN (", IriList(*iris), ")");
  return Cat("    ?fact dos:requestedBy ?requester .\n    FILTER(", test, ")\n");
}

// "which countries", "how many ministers".
std::string Translator::NounFilter(std::string_view variable) const {
  if (const std::string_view type = ClassOfNoun(question_.noun); !type.empty()) return Cat("    ?", variable, " a ", type, " .\n");
  std::string_view stem = question_.noun;
  if (stem.size() > 3 && stem.ends_with("s") && !stem.ends_with("ss")) stem.remove_suffix(1);
  if (strictness_ != Strictness::kStrict && ingest::Lexicon::Default().IsPerson(LastWord(stem))) {
    return Cat("    ?", variable, " a ?kind FILTER(?kind IN (schema:Person, dos:Group))\n");
  }
  return Cat("    FILTER EXISTS { ?", variable, " rdfs:label|skos:altLabel|schema:jobTitle ?noun FILTER(CONTAINS(LCASE(STR(?noun)), ",
             SparqlString(stem), ")) }\n");
}

void Translator::Circumstance() {
  std::string_view path;
  switch (question_.ask) {
    case Question::Ask::kTime: path = "dos:time", answer_title_ = "when"; break;
    case Question::Ask::kPlace: path = "dos:place|dos:q_in|dos:q_at|dos:q_on|dos:q_near", answer_title_ = "where"; break;
    case Question::Ask::kReason: path = "dos:reason|dos:purpose", answer_title_ = "why"; break;
    case Question::Ask::kManner: path = "dos:manner|dos:instrument|dos:q_through|dos:q_by|dos:q_via", answer_title_ = "how"; break;
    case Question::Ask::kSource: path = "dos:attributedTo", answer_title_ = "according to"; break;
    default: return;
  }
  Append(body_, "  OPTIONAL { ?fact ", path, " ?answer }\n");
}

}  // namespace dossier::shell
