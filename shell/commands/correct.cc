// merge, split, same, alias, conflicts: what people do about who is who and what contradicts what.
#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "ingest/map/corrections.h"
#include "ingest/read/reader.h"
#include "shell/commands/command.h"
#include "shell/evidence/labels.h"
#include "shell/exit_code.h"
#include "shell/results/conflicts.h"
#include "shell/results/same.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxConflicts = 200;
constexpr size_t kMaxAliasFile = size_t{16} << 20;

struct Options {
  std::string database, a, b, file;
  std::vector<std::string> documents;
};

int Print(const absl::StatusOr<std::string>& text) {
  if (!text.ok()) return Fail(text.status());
  const absl::Status status = WriteOutput(*text);
  return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
}

absl::StatusOr<std::string> Merge(Session& session, const Options& options) {
  const auto snapshot = session.store().GetSnapshot();
  ASSIGN_OR_RETURN(const std::string a, EntityOf(*snapshot, options.a));
  ASSIGN_OR_RETURN(const std::string b, EntityOf(*snapshot, options.b));
  ASSIGN_OR_RETURN(const ingest::CorrectionReport report, ingest::MergeEntities(session.store(), a, b));
  return Cat(ShortIri(b), " is now ", ShortIri(report.entity), " (", report.removed, " statements rewritten)\n");
}

// "doc:4f1c...", the IRI, or its hash.
std::string DocumentOf(const std::string& text) {
  if (text.starts_with("urn:")) return text;
  return Cat("urn:dossier:document/", text.starts_with("doc:") ? text.substr(4) : text);
}

absl::StatusOr<std::string> Split(Session& session, const Options& options) {
  const auto snapshot = session.store().GetSnapshot();
  ASSIGN_OR_RETURN(const std::string a, EntityOf(*snapshot, options.a));
  if (!options.documents.empty()) {
    std::vector<std::string> documents;
    for (const std::string& document : options.documents) documents.push_back(DocumentOf(document));
    ASSIGN_OR_RETURN(const ingest::CorrectionReport report, ingest::SplitDocuments(session.store(), a, documents));
    return Cat("what these documents say of ", ShortIri(a), " is now about ", ShortIri(report.entity), "\n");
  }
  ASSIGN_OR_RETURN(const std::string b, EntityOf(*snapshot, options.b));
  RETURN_IF_ERROR(ingest::SplitEntities(session.store(), a, b).status());
  return Cat(ShortIri(a), " and ", ShortIri(b), " are two from now on\n");
}

absl::StatusOr<std::string> Alias(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const size_t count, LoadAliases(session, options.file));
  return Cat(count, count == 1 ? " alias\n" : " aliases\n");
}

void AddDatabase(CLI::App* command, Options& options) {
  command->add_option("DB", options.database, "Database folder")->required();
}

void SetAction(CLI::App* command, const std::shared_ptr<Options>& options, bool write, Action& action,
               absl::StatusOr<std::string> (*run)(Session&, const Options&)) {
  command->callback([=, &action] {
    action = [=](const CommandContext&) {
      return WithSession(options->database, write, [&](Session& session) { return Print(run(session, *options)); });
    };
  });
}

void SetReport(CLI::App* command, const std::shared_ptr<Options>& options, Action& action,
               absl::StatusOr<std::string> (*run)(const graph::Snapshot&, const TableOptions&)) {
  command->callback([=, &action] {
    action = [=](const CommandContext& context) {
      return WithSession(options->database, /*write=*/false, [&](Session& session) {
        return Print(run(*session.store().GetSnapshot(), TableOptionsFor(context.terminal)));
      });
    };
  });
}

}  // namespace

absl::StatusOr<std::string> ConflictsText(const graph::Snapshot& snapshot, const TableOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<Conflict> conflicts, FindConflicts(snapshot, kMaxConflicts));
  return RenderConflicts(snapshot, conflicts, options);
}

absl::StatusOr<size_t> LoadAliases(Session& session, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadInput(file, kMaxAliasFile));
  if (bytes.size() > kMaxAliasFile) return ResourceExhausted(Cat(InputName(file), " is longer than 16 MiB"));
  const auto aliases = ingest::ParseAliases(bytes);
  if (!aliases.ok()) return Annotate(aliases.status(), InputName(file));
  RETURN_IF_ERROR(ingest::AddAliases(session.store(), *aliases).status());
  return aliases->size();
}

void AddCorrectionCommands(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* merge = app.add_subcommand("merge", "Two entities are one: B becomes A, also in articles to come");
  AddDatabase(merge, *options);
  merge->add_option("A", options->a, "The entity that stays: a name, ent:Name or IRI")->required();
  merge->add_option("B", options->b, "The entity that becomes A")->required();
  SetAction(merge, options, /*write=*/true, action, &Merge);

  CLI::App* split = app.add_subcommand("split", "Two entities are not one: undoes a merge, or tells A and B apart for good");
  AddDatabase(split, *options);
  split->add_option("A", options->a, "Entity: a name, ent:Name or IRI")->required();
  auto* other = split->add_option("B", options->b, "The other one");
  auto* documents = split->add_option("--documents", options->documents, "Documents (doc:HASH) that speak of another than A");
  split->callback([=, &action] {
    if (other->empty() == documents->empty()) throw CLI::ValidationError("split needs either B or --documents");
    action = [=](const CommandContext&) {
      return WithSession(options->database, /*write=*/true, [&](Session& session) { return Print(Split(session, *options)); });
    };
  });

  CLI::App* same = app.add_subcommand("same", "List entities that may be one");
  AddDatabase(same, *options);
  SetReport(same, options, action, &RenderSame);

  CLI::App* conflicts = app.add_subcommand("conflicts", "List facts that contradict each other, with their sentences");
  AddDatabase(conflicts, *options);
  SetReport(conflicts, options, action, &ConflictsText);

  CLI::App* alias = app.add_subcommand("alias", "Load who is called how: lines of name, tab, entity");
  AddDatabase(alias, *options);
  alias->add_option("FILE", options->file, "The file; - is standard input")->required();
  SetAction(alias, options, /*write=*/true, action, &Alias);
}

}  // namespace dossier::shell
