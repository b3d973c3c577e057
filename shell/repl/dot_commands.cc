#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/results/writer.h"
#include "shell/exit_code.h"
#include "shell/question/render_answer.h"
#include "shell/repl/repl.h"
#include "shell/results/dump.h"
#include "shell/results/same.h"
#include "shell/results/stats.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxShownEvidence = 20;

int Usage(std::string_view text) {
  std::fprintf(stderr, "dossier: usage: %s\n", std::string(text).c_str());
  return kExitError;
}

}  // namespace

std::vector<std::string> SplitArguments(std::string_view text) {
  std::vector<std::string> words;
  for (size_t i = 0; i < text.size();) {
    if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n') {
      ++i;
      continue;
    }
    std::string word;
    for (; i < text.size() && text[i] != ' ' && text[i] != '\t' && text[i] != '\n'; ++i) {
      if (text[i] != '"' && text[i] != '\'') {
        word += text[i];
        continue;
      }
      const size_t close = std::min(text.find(text[i], i + 1), text.size());
      word += text.substr(i + 1, close - i - 1);
      i = close;
      if (i == text.size()) break;
    }
    words.push_back(std::move(word));
  }
  return words;
}

const std::vector<Repl::DotCommand>& Repl::Commands() {
  static const std::vector<DotCommand>* const commands = new std::vector<DotCommand>{
      {".help", "", "this list", &Repl::Help},
      {".ingest", "FILE...", "read articles into the database", &Repl::Ingest},
      {".load", "FILE...", "load RDF files", &Repl::Load},
      {".why", "N", "the sentences behind row N of the last result", &Repl::Why},
      {".same?", "", "entities that may be one (dossier merge, dossier split)", &Repl::Same},
      {".conflicts", "", "facts that contradict each other, with their sentences", &Repl::Conflicts},
      {".explain", "QUERY or QUESTION", "how it is understood and the plan it becomes", &Repl::Explain},
      {".sparql", "QUESTION", "the SPARQL query a question becomes", &Repl::Sparql},
      {".prefixes", "", "the prefixes that queries may use", &Repl::Prefixes},
      {".stats", "", "what the database holds", &Repl::ShowStats},
      {".dump", "[FILE]", "all statements as N-Quads", &Repl::DumpTo},
      {".mode", "table|box|json|csv|tsv|xml", "how results are printed", &Repl::Mode},
      {".timeout", "SECONDS", "stop queries after so long (0: never)", &Repl::Timeout},
      {".quit", "", "leave (also Ctrl-D)", &Repl::Quit},
  };
  return *commands;
}

int Repl::RunCommand(const std::string& statement) {
  std::vector<std::string> words = SplitArguments(statement);
  const std::string name = words.front();
  words.erase(words.begin());
  const size_t after = statement.find_first_not_of(" \t", name.size());
  rest_ = after == std::string::npos ? "" : statement.substr(after);
  if (name == ".exit") return Quit(words);
  for (const DotCommand& command : Commands()) {
    if (name == command.name) return (this->*command.handler)(words);
  }
  std::fprintf(stderr, "dossier: there is no command %s; .help lists them\n", name.c_str());
  return kExitError;
}

int Repl::Help(const std::vector<std::string>&) {
  for (const DotCommand& command : Commands()) {
    std::string head = Cat(command.name, command.arguments.empty() ? "" : " ", command.arguments);
    head.resize(std::max<size_t>(head.size(), 36), ' ');
    std::printf("  %s  %s\n", head.c_str(), std::string(command.help).c_str());
  }
  std::fputs(
      "Questions: who dismissed whom; who dismissed NAME; whom did NAME dismiss; who was dismissed by NAME; who said what;\n"
      "  what did NAME say about NAME; who met with NAME; when did NAME meet NAME; who is NAME; what happened to NAME; what happened in PLACE.\n"
      "SPARQL: starts with SELECT, ASK, CONSTRUCT, DESCRIBE or PREFIX; over several lines it ends with ; or an empty line.\n",
      stdout);
  return kExitOk;
}

int Repl::Ingest(const std::vector<std::string>& arguments) {
  return arguments.empty() ? Usage(".ingest FILE...") : IngestFiles(session_, arguments, context_);
}

int Repl::Load(const std::vector<std::string>& arguments) {
  return arguments.empty() ? Usage(".load FILE...") : LoadFiles(session_, arguments, context_);
}

int Repl::Why(const std::vector<std::string>& arguments) {
  size_t number = 0;
  const std::string text = arguments.empty() ? "1" : arguments.front();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || arguments.size() > 1) return Usage(".why N");
  if (shown_.empty()) return Fail(InvalidArgument("there is no result yet to ask about"));
  if (number < 1 || number > shown_.size()) {
    return Fail(InvalidArgument(Cat("the last result has rows 1 to ", shown_.size())));
  }
  const absl::Status status = PrintWhy(shown_[number - 1]);
  return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
}

absl::Status Repl::PrintWhy(const ShownRow& row) {
  const std::shared_ptr<const graph::Snapshot> snapshot = session_.store().GetSnapshot();
  std::vector<graph::Term> reifiers = row.reifiers;
  if (reifiers.empty()) {
    ASSIGN_OR_RETURN(reifiers, FindReifiers(*snapshot, row.terms, kMaxShownEvidence + 1));
  }
  ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, LoadEvidence(*snapshot, reifiers));
  if (evidence.empty()) {
    std::fputs("No sentence is known behind this row.\n", stdout);
    return absl::OkStatus();
  }
  Labels labels(*snapshot);
  std::vector<graph::Term> terms;
  for (const Evidence& e : evidence) {
    terms.insert(terms.end(), {e.fact.subject, e.fact.predicate, e.fact.object});
    terms.insert(terms.end(), e.attributed_to.begin(), e.attributed_to.end());
    for (const Qualifier& qualifier : e.qualifiers) terms.push_back(qualifier.value);
  }
  RETURN_IF_ERROR(labels.Load(terms));
  for (size_t i = 0; i < std::min(evidence.size(), kMaxShownEvidence); ++i) {
    std::fputs(RenderEvidence(evidence[i], labels, i + 1, Layout()).c_str(), stdout);
  }
  if (evidence.size() > kMaxShownEvidence) std::fputs("... and more\n", stdout);
  return absl::OkStatus();
}

absl::Status Repl::ExplainSparql(const std::string& text) {
  auto result = session_.engine().Run(text, Limits());
  if (!result.ok()) {
    FailAt(result.status(), text, "query");
    return absl::OkStatus();
  }
  return WriteOutput((*result)->Explain());
}

int Repl::Explain(const std::vector<std::string>&) {
  if (rest_.empty()) return Usage(".explain QUERY or QUESTION");
  absl::Status status;
  if (KindOf(rest_) == StatementKind::kSparql) {
    status = ExplainSparql(rest_);
  } else {
    const auto answer = TranslateQuestion(*session_.store().GetSnapshot(), rest_);
    if (!answer.ok()) return Fail(answer.status());
    std::printf("understood as: %s\n\n%s\n\n", ToString(answer->question).c_str(), answer->translation.sparql.c_str());
    status = ExplainSparql(answer->translation.sparql);
  }
  return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
}

int Repl::Sparql(const std::vector<std::string>&) {
  if (rest_.empty()) return Usage(".sparql QUESTION");
  const auto answer = TranslateQuestion(*session_.store().GetSnapshot(), rest_);
  if (!answer.ok()) return Fail(answer.status());
  std::printf("%s\n", answer->translation.sparql.c_str());
  return kExitOk;
}

int Repl::Prefixes(const std::vector<std::string>&) {
  for (const auto& [prefix, iri] : graph::kDefaultPrefixes) {
    std::string name = Cat(prefix, ":");
    name.resize(std::max<size_t>(name.size(), 9), ' ');
    std::printf("%s %s\n", name.c_str(), std::string(iri).c_str());
  }
  return kExitOk;
}

int Repl::ShowStats(const std::vector<std::string>&) {
  const auto text = RenderStats(*session_.store().GetSnapshot(), Layout());
  if (!text.ok()) return Fail(text.status());
  std::fputs(text->c_str(), stdout);
  return kExitOk;
}

int Repl::Same(const std::vector<std::string>&) {
  const auto text = RenderSame(*session_.store().GetSnapshot(), Layout());
  if (!text.ok()) return Fail(text.status());
  std::fputs(text->c_str(), stdout);
  return kExitOk;
}

int Repl::Conflicts(const std::vector<std::string>&) {
  const auto text = ConflictsText(*session_.store().GetSnapshot(), Layout());
  if (!text.ok()) return Fail(text.status());
  std::fputs(text->c_str(), stdout);
  return kExitOk;
}

int Repl::DumpTo(const std::vector<std::string>& arguments) {
  if (arguments.size() > 1) return Usage(".dump [FILE]");
  const std::shared_ptr<const graph::Snapshot> snapshot = session_.store().GetSnapshot();
  if (arguments.empty()) {
    const absl::Status status = Dump(*snapshot, graph::RdfFormat::kNQuads, context_.cancelled, WriteOutput);
    return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
  }
  std::FILE* file = std::fopen(arguments[0].c_str(), "wb");
  if (file == nullptr) return Fail(InvalidArgument(Cat("cannot write ", arguments[0])));
  absl::Status status = Dump(*snapshot, graph::RdfFormat::kNQuads, context_.cancelled, [&](std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size()
               ? absl::OkStatus()
               : absl::UnavailableError("the disk is full or gone");
  });
  if (std::fclose(file) != 0 && status.ok()) status = absl::UnavailableError("the disk is full or gone");
  if (!status.ok()) return Fail(Annotate(status, arguments[0]));
  std::printf("wrote %s\n", arguments[0].c_str());
  return kExitOk;
}

int Repl::Mode(const std::vector<std::string>& arguments) {
  if (arguments.size() != 1) {
    std::printf("mode: %s\n", mode_.c_str());
    return kExitOk;
  }
  if (arguments[0] != "table" && arguments[0] != "box" && !query::ResultFormatOfName(arguments[0])) {
    return Usage(".mode table|box|json|csv|tsv|xml|ttl|nt|nq|trig|rdf|jsonld");
  }
  mode_ = arguments[0];
  return kExitOk;
}

int Repl::Timeout(const std::vector<std::string>& arguments) {
  double seconds = -1;
  if (arguments.size() == 1) {
    const auto [end, error] = std::from_chars(arguments[0].data(), arguments[0].data() + arguments[0].size(), seconds);
    if (error != std::errc() || end != arguments[0].data() + arguments[0].size()) seconds = -1;
  }
  if (!(seconds >= 0 && seconds < 1e9)) return Usage(".timeout SECONDS");
  timeout_ = seconds;
  return kExitOk;
}

int Repl::Quit(const std::vector<std::string>&) {
  quit_ = true;
  return kExitOk;
}

}  // namespace dossier::shell
