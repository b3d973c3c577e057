#include "shell/question/translate.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "shell/evidence/labels.h"
#include "shell/question/role_query.h"
#include "shell/question/translator.h"
#include "shell/question/verb_forms.h"
#include "shell/question/word_match.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxFacts = 500;
constexpr std::string_view kRelationsOnly = "    FILTER(STRSTARTS(STR(?relation), STR(rel:)))\n";

std::string Joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) Append(out, out.empty() ? "" : separator, part);
  return out;
}

// "the Russian president", "Turkey's president", "a member of NATO": a role, not a name.
bool IsDescription(std::string_view text) {
  const std::string_view bare = WithoutDeterminer(text);
  return bare.size() != text.size() || text.find("'s ") != std::string_view::npos || (bare[0] >= 'a' && bare[0] <= 'z');
}

// The looser readings that can find something the strict one does not.
void AddFallbacks(const Question& question, const QuestionKnowledge& knowledge, std::string_view today, Translation& translation) {
  if (question.ask == Question::Ask::kWhether || question.ask == Question::Ask::kTimes) return;
  const auto add = [&](Strictness strictness, std::string_view note) {
    auto looser = Translator(question, knowledge, today, strictness).Run();
    if (!looser.ok() || looser->sparql == translation.sparql) return;
    if (!translation.fallbacks.empty() && translation.fallbacks.back().sparql == looser->sparql) return;
    translation.fallbacks.push_back({looser->sparql, std::string(note), strictness == Strictness::kClaims});
    if (translation.answer_title.empty()) translation.answer_title = looser->answer_title;
  };
  if (question.form == Question::Form::kEntity && translation.role) {
    add(Strictness::kWords, "Nobody is said to be that; this is what is called so:");
  }
  const bool events = question.form == Question::Form::kEvents && !question.obliques.empty();
  if (question.form != Question::Form::kClause && !events) return;
  add(Strictness::kWords, "Not in these words; facts that hold the words of the question:");
  if (events) return;
  const bool circumstances = std::any_of(question.obliques.begin(), question.obliques.end(),
                                         [](const QuestionOblique& o) { return o.argument.named(); });
  if (circumstances) add(Strictness::kWithoutCircumstances, "Nothing with all these circumstances; without them:");
  add(Strictness::kClaims, "No fact says so; claims that hold the words of the question:");
}

}  // namespace

std::string IriList(const std::vector<std::string>& iris) {
  std::vector<std::string> out;
  for (const std::string& iri : iris) out.push_back(ShortIri(iri));
  return Joined(out, ", ");
}

absl::StatusOr<Translation> Translator::Run() {
  if (question_.form == Question::Form::kClause) {
    RETURN_IF_ERROR(Clause());
  } else if (question_.form == Question::Form::kList) {
    RETURN_IF_ERROR(Role(question_.noun, question_.object.text, /*with_descriptions=*/true));
    if (body_.empty()) return InvalidArgument("list what? Try: list the people; list the presidents of NAME");
  } else if (question_.form == Question::Form::kEvents && !question_.object.named()) {
    RETURN_IF_ERROR(Events());
  } else {
    RETURN_IF_ERROR(About());
  }
  translation_.sparql = Cat("SELECT DISTINCT ?fact ?who ?relation ?whom ?answer ?asserted\nWHERE {\n", body_,
                           "  BIND(EXISTS { ?who ?relation ?whom } AS ?asserted)\n", "}\n",
                           "ORDER BY DESC(?asserted) DESC(?confidence) ?fact\nLIMIT ", kMaxFacts);
  translation_.answer_title = answer_title_;
  return translation_;
}

// "what happened in Tehran", "what happened in October": the facts that have it as a circumstance, and those that lead there (arrive_in).
absl::Status Translator::Events() {
  RETURN_IF_ERROR(LookUpObliques());
  std::string block = Cat(kFactPattern, kRelationsOnly);
  for (size_t i = 0; i < question_.obliques.size(); ++i) block += QualifierPattern(i);
  std::vector<std::string> blocks = {std::move(block)};
  for (size_t i = 0; i < question_.obliques.size(); ++i) {
    if (!obliques_[i] || obliques_[i]->iris.empty()) continue;
    std::string there = Cat("    ", ValuesOf("whom", obliques_[i]->iris), "\n", kFactPattern, kRelationsOnly,
                            "    FILTER(STRENDS(STR(?relation), \"_", question_.obliques[i].preposition, "\"))\n");
    for (size_t other = 0; other < question_.obliques.size(); ++other) {
      if (other != i) there += QualifierPattern(other);
    }
    blocks.push_back(std::move(there));
  }
  AddBlocks(blocks);
  return absl::OkStatus();
}

// "who is NAME", "what happened to NAME", "tell me about NAME".
absl::Status Translator::About() {
  const std::string& text = question_.object.text;
  const bool description = question_.form == Question::Form::kEntity && IsDescription(text);
  if (description && strictness_ == Strictness::kStrict) {
    const size_t of = text.find(" of ");
    RETURN_IF_ERROR(Role(text.substr(0, of), of == std::string::npos ? "" : std::string_view(text).substr(of + 4), false));
    if (!body_.empty()) return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const Name name, LookUp(text));
  if (name.iris.empty()) return NoSuchName(text);
  const std::string subject = Cat("    ", ValuesOf("who", name.iris), "\n");
  const std::string object = Cat("    ", ValuesOf("whom", name.iris), "\n");
  const std::string properties =
      Cat(subject, "    VALUES ?relation { rdf:type skos:altLabel schema:jobTitle schema:affiliation rel:be }\n",
          "    ?who ?relation ?whom .\n    OPTIONAL { ?fact rdf:reifies <<( ?who ?relation ?whom )>> ; dos:confidence ?confidence }\n");
  switch (question_.form) {
    case Question::Form::kEntity: AddBlocks({properties}); break;
    case Question::Form::kEvents:
      AddBlocks({Cat(object, kFactPattern, kRelationsOnly),
                 Cat(subject, "    VALUES ?whom { dos:NoObject }\n", kFactPattern, kRelationsOnly)});
      break;
    default:
      AddBlocks({properties, Cat(subject, kFactPattern, kRelationsOnly), Cat(object, kFactPattern, kRelationsOnly)});
      break;
  }
  return absl::OkStatus();
}

absl::Status Translator::Role(std::string_view noun, std::string_view of, bool with_descriptions) {
  ASSIGN_OR_RETURN(const std::vector<std::string> blocks, RoleBlocks(noun, of, with_descriptions, knowledge_));
  AddBlocks(blocks);
  translation_.role = !blocks.empty();
  return absl::OkStatus();
}

absl::Status Translator::Clause() {
  MergeOf();
  AskForPlace();
  ASSIGN_OR_RETURN(subject_, LookUpArgument(question_.subject));
  ASSIGN_OR_RETURN(object_, LookUpArgument(question_.object));
  if (subject_ && subject_->iris.empty() && strictness_ == Strictness::kStrict) return NoSuchName(question_.subject.text);
  RETURN_IF_ERROR(LookUpObliques());
  if (strictness_ == Strictness::kClaims) {
    AddBlocks({ClaimsBlock()});
    return absl::OkStatus();
  }
  const std::vector<std::string> blocks = ClauseBlocks();
  if (blocks.empty()) return NoSuchRelation();
  AddBlocks(blocks);
  Circumstance();
  return absl::OkStatus();
}

// "where is X": what "be in", "be at" and the like lead to.
void Translator::AskForPlace() {
  if (question_.verb != "be" || question_.ask != Question::Ask::kPlace) return;
  question_.ask = Question::Ask::kEnds;
  question_.object.kind = QuestionArgument::Kind::kAskedThing;
}

// "attacked the Ministry of Defense": when the whole is a name, "of Defense" is no argument of the verb.
void Translator::MergeOf() {
  if (question_.obliques.empty() || !question_.object.named()) return;
  const QuestionOblique& first = question_.obliques.front();
  if (!first.argument.named()) return;
  const std::string whole = Cat(question_.object.text, " ", first.preposition, " ", first.argument.text);
  const auto found = knowledge_.EntitiesNamed(WithoutDeterminer(whole));
  if (!found.ok() || found->empty()) return;
  question_.object.text = whole;
  question_.obliques.erase(question_.obliques.begin());
}

absl::Status Translator::LookUpObliques() {
  for (const QuestionOblique& oblique : question_.obliques) {
    ASSIGN_OR_RETURN(std::optional<Name> name, LookUpArgument(oblique.argument));
    obliques_.push_back(std::move(name));
  }
  return absl::OkStatus();
}

absl::StatusOr<Translator::Name> Translator::LookUp(std::string_view text) {
  std::string_view bare = WithoutDeterminer(text);
  if (bare.ends_with("'s")) bare.remove_suffix(2);
  ASSIGN_OR_RETURN(std::vector<std::string> iris, knowledge_.EntitiesNamed(bare));
  if (iris.empty()) translation_.unknown_names.emplace_back(bare);
  return Name{std::string(bare), std::move(iris)};
}

absl::StatusOr<std::optional<Translator::Name>> Translator::LookUpArgument(const QuestionArgument& argument) {
  if (!argument.named()) return std::optional<Name>();
  if (argument.clause) return std::optional<Name>(Name{argument.text, {}});
  ASSIGN_OR_RETURN(Name name, LookUp(argument.text));
  return std::optional<Name>(std::move(name));
}

void Translator::AddBlocks(const std::vector<std::string>& blocks) {
  for (size_t i = 0; i < blocks.size(); ++i) Append(body_, i == 0 ? "  {\n" : "  UNION {\n", blocks[i], "  }\n");
}

absl::Status Translator::NoSuchName(std::string_view text) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> near, knowledge_.NamesNear(WithoutDeterminer(text)));
  std::string message = Cat("nothing in the database is called \"", text, "\"");
  if (!near.empty()) Append(message, "; there is: ", Joined(near, ", "));
  return NotFound(message);
}

absl::Status Translator::NoSuchRelation() const {
  const std::string lemma = LemmaCandidates(question_.verb).front();
  const std::vector<std::string> near = knowledge_.RelationsNear(lemma);
  std::string message = Cat("no fact in the database says \"", question_.verb, "\", nor a verb that means the same");
  if (!near.empty()) Append(message, "; relations near it: ", Joined(near, ", "));
  // What is known about those the question names helps more than verbs that look alike.
  for (const QuestionArgument* argument : {&question_.subject, &question_.object}) {
    if (!argument->named() || argument->clause) continue;
    ASSIGN_OR_RETURN(const std::vector<std::string> known, knowledge_.RelationsAbout(WithoutDeterminer(argument->text)));
    if (!known.empty()) Append(message, "; of ", argument->text, " it knows: ", Joined(known, ", "));
  }
  return NotFound(message);
}

std::string SparqlString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

absl::StatusOr<Translation> Translate(const Question& question, const QuestionKnowledge& knowledge, std::string_view today) {
  absl::StatusOr<Translation> strict = Translator(question, knowledge, today, Strictness::kStrict).Run();
  if (!strict.ok() && !absl::IsNotFound(strict.status())) return strict.status();
  Translation translation = strict.ok() ? *std::move(strict) : Translation();
  if (!strict.ok()) translation.error = MessageOf(strict.status());
  AddFallbacks(question, knowledge, today, translation);
  if (!strict.ok() && translation.fallbacks.empty()) return strict.status();
  return translation;
}

}  // namespace dossier::shell
