#include <CLI/CLI.hpp>

#include <sys/stat.h>

#include <cstdio>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/iri.h"
#include "graph/store/bulk_load.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/render/progress.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr uint64_t kCheckEvery = 1024;
constexpr size_t kMaxStandardInput = size_t{4} << 30;

struct Options {
  std::string database, format, graph;
  std::vector<std::string> files;
  uint64_t batch = 0;
  uint64_t memory_mb = 0;  // 0: as BulkLoadOptions
  int threads = 0;
};

struct Loaded {
  uint64_t read = 0, inserted = 0, parts = 1;
};

// Different for each file and version of it, the same when the file is loaded again: so that files do not share blank nodes, and
// loading one twice changes nothing. FNV-1a, because the labels end up on disk.
std::string BlankNodePrefix(const std::string& path) {
  struct stat info {};
  std::string key = path;
  if (stat(path.c_str(), &info) == 0) Append(key, "|", info.st_size, "|", info.st_mtim.tv_sec, "|", info.st_mtim.tv_nsec);
  uint64_t hash = 14695981039346656037ull;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  char text[32];
  std::snprintf(text, sizeof text, "f%012llx.", static_cast<unsigned long long>(hash >> 16));
  return text;
}

absl::StatusOr<graph::RdfFormat> FormatOf(const Options& options, const std::string& file) {
  if (!options.format.empty()) {
    if (const auto format = graph::FormatOfName(options.format)) return *format;
    return InvalidArgument(Cat("there is no RDF format \"", options.format, "\"; formats are ttl, nt, nq, trig, rdf, jsonld"));
  }
  if (const auto format = graph::FormatOfPath(file)) return *format;
  if (file == "-") return InvalidArgument("standard input needs --format (ttl, nt, nq, trig, rdf or jsonld)");
  return InvalidArgument(Cat(file, ": the ending does not tell the format; give --format (ttl, nt, nq, trig, rdf or jsonld)"));
}

std::string BaseOf(const std::string& file) { return file == "-" ? "" : Cat("file://", file.starts_with("/") ? "" : "/", file); }

// Through transactions: standard input, and --batch.
class Loader {
 public:
  Loader(const Options& options, Session& session, const CommandContext& context)
      : options_(options), session_(session), context_(context) {}

  // One transaction a file, or one every `batch` quads.
  absl::StatusOr<Loaded> LoadFile(const std::string& file) {
    inserted_ = read_ = in_batch_ = 0;
    ASSIGN_OR_RETURN(const graph::RdfFormat format, FormatOf(options_, file));
    const graph::RdfReadOptions read{format, BaseOf(file), BlankNodePrefix(file)};
    transaction_ = session_.store().Begin();
    const auto sink = [this](graph::Quad quad) { return Add(std::move(quad)); };
    absl::Status status;
    if (file == "-") {
      ASSIGN_OR_RETURN(const std::string text, ReadInput(file, kMaxStandardInput));
      if (text.size() > kMaxStandardInput) return ResourceExhausted("standard input is longer than 4 GiB; load it from a file");
      status = graph::ReadRdf(text, read, sink);
    } else {
      status = graph::ReadRdfFile(file, read, sink);
    }
    if (status.ok()) status = Commit(false);
    transaction_.reset();
    if (!status.ok()) return status;
    return Loaded{read_, inserted_, 1};
  }

 private:
  absl::Status Add(graph::Quad quad) {
    if (read_ % kCheckEvery == 0 && context_.cancelled->load()) return Cancelled("interrupted");
    if (!options_.graph.empty() && quad.in_default_graph) {
      quad.in_default_graph = false;
      quad.graph = graph::Term::Iri(options_.graph);
    }
    ++read_;
    RETURN_IF_ERROR(transaction_->Insert(quad));
    return ++in_batch_ == options_.batch ? Commit(true) : absl::OkStatus();
  }

  absl::Status Commit(bool more) {
    RETURN_IF_ERROR(transaction_->Commit());
    inserted_ += transaction_->changed().inserted;
    in_batch_ = 0;
    transaction_.reset();  // the next one waits for this one to be gone
    if (more) transaction_ = session_.store().Begin();
    return absl::OkStatus();
  }

  const Options& options_;
  Session& session_;
  const CommandContext& context_;
  std::unique_ptr<graph::Transaction> transaction_;
  uint64_t inserted_ = 0, read_ = 0, in_batch_ = 0;
};

// Through sorted runs, on all processors.
absl::StatusOr<Loaded> LoadInBulk(const Options& options, Session& session, const std::string& file, const CommandContext& context) {
  ASSIGN_OR_RETURN(const graph::RdfFormat format, FormatOf(options, file));
  const graph::BulkLoadFile source{file, format, BaseOf(file), BlankNodePrefix(file), options.graph};
  graph::BulkLoadOptions bulk;
  if (options.memory_mb > 0) bulk.memory_bytes = options.memory_mb << 20;
  bulk.threads = options.threads;
  bulk.cancelled = context.cancelled;
  if (context.terminal.error) {
    bulk.progress = [&file](const graph::BulkLoadProgress& progress) {
      std::fprintf(stderr, "\rload %s: %s, %s statements\x1b[K", file.c_str(), progress.stage, ShortNumber(static_cast<double>(progress.quads)).c_str());
      std::fflush(stderr);
    };
  }
  const auto result = graph::BulkLoad(session.store(), {&source, 1}, bulk);
  if (context.terminal.error) std::fputs("\r\x1b[K", stderr);
  if (!result.ok()) return result.status();
  return Loaded{result->read, result->inserted, result->parts};
}

// A syntax error shows its place by number: the file may be too long to show the line.
int FailInFile(const absl::Status& status, const std::string& file) {
  const auto position = PositionOf(status);
  std::fprintf(stderr, "%s%s: error: %s\n", InputName(file).c_str(),
               position ? Cat(":", position->line, ":", position->column).c_str() : "", MessageOf(status).c_str());
  return ExitCodeOf(status);
}

int LoadInto(Session& session, const Options& options, const CommandContext& context) {
  Progress progress(context.terminal, "load", options.files.size(), "files");
  int code = kExitOk;
  for (const std::string& file : options.files) {
    const bool bulk = file != "-" && options.batch == 0;
    const auto loaded = bulk ? LoadInBulk(options, session, file, context) : Loader(options, session, context).LoadFile(file);
    progress.Advance();
    progress.Clear();
    if (loaded.ok()) {
      const std::string parts = loaded->parts > 1 ? Cat(", in ", loaded->parts, " parts") : "";
      std::printf("%s: %llu statements, %llu of them new%s\n", InputName(file).c_str(), static_cast<unsigned long long>(loaded->read),
                  static_cast<unsigned long long>(loaded->inserted), parts.c_str());
      continue;
    }
    code = FailInFile(loaded.status(), file);
    if (code == kExitInterrupted || code == kExitDatabase) break;
  }
  return code;
}

int RunLoad(const Options& options, const CommandContext& context) {
  if (!options.graph.empty() && !graph::IsAbsoluteIri(options.graph)) {
    return Fail(InvalidArgument(Cat("--graph wants an absolute IRI, not \"", options.graph, "\"")));
  }
  return WithSession(options.database, /*write=*/true, [&](Session& session) { return LoadInto(session, options, context); });
}

}  // namespace

int LoadFiles(Session& session, const std::vector<std::string>& files, const CommandContext& context) {
  Options options;
  options.files = files;
  return LoadInto(session, options, context);
}

void AddLoadCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("load", "Load RDF files (.ttl .nt .nq .trig .rdf .jsonld, also .gz and .zst; - is standard input)");
  command->add_option("DB", options->database, "Database folder; created when missing")->required();
  command->add_option("FILE", options->files, "RDF files; each is loaded wholly or not at all")->required();
  command->add_option("--format", options->format, "ttl, nt, nq, trig, rdf (RDF/XML) or jsonld; otherwise by the file's ending");
  command->add_option("--graph", options->graph, "Put the files' default graph into the named graph with this IRI");
  command->add_option("--batch", options->batch,
                      "Commit every so many statements in transactions of their own; an error then keeps what was committed");
  command->add_option("--memory", options->memory_mb, "MiB for the load's tables; larger files are loaded in parts (default 1536)")
      ->check(CLI::Range(uint64_t{16}, uint64_t{1} << 20));
  command->add_option("--threads", options->threads, "Threads that parse; default: one for each processor")->check(CLI::Range(1, 64));
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunLoad(*options, context); }; });
}

}  // namespace dossier::shell
