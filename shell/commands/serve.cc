#include <CLI/CLI.hpp>

#include <charconv>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

#include "graph/base/strings.h"
#include "net/alias_remote.h"
#include "net/remote_client.h"
#include "server/server.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxTokenFile = 4096;
constexpr size_t kMinToken = 16;

struct Options {
  std::string database, bind = "127.0.0.1:7878", token_file, log;
  bool allow_update = false, read_only = false, no_prefixes = false;
  std::vector<std::string> cors, hosts, services, aliases, loads;
  double timeout = 60;
  uint64_t memory_mb = 1024, max_body_mb = 64, max_header_kb = 32;
  size_t max_queries = 4, max_waiting = 64, max_connections = 512;
};

// "127.0.0.1:7878", "[::1]:7878", or ":7878" for loopback.
absl::Status ParseBind(const std::string& bind, server::ServerOptions& options) {
  const size_t colon = bind.rfind(':');
  if (colon == std::string::npos) return InvalidArgument(Cat("--bind wants ADDRESS:PORT, not \"", bind, "\""));
  std::string_view address = std::string_view(bind).substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  options.address = address.empty() ? "127.0.0.1" : address == "localhost" ? "127.0.0.1" : std::string(address);
  const char* begin = bind.data() + colon + 1;
  const char* end = bind.data() + bind.size();
  const auto [rest, error] = std::from_chars(begin, end, options.port);
  if (error != std::errc() || rest != end) return InvalidArgument(Cat("\"", bind.substr(colon + 1), "\" is no port"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  ASSIGN_OR_RETURN(std::string token, ReadInput(path, kMaxTokenFile));
  while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
  if (token.size() < kMinToken || token.size() > kMaxTokenFile) {
    return InvalidArgument(Cat(path, " has to hold a token of at least ", kMinToken, " characters (openssl rand -hex 32 makes one)"));
  }
  return token;
}

absl::StatusOr<server::ServerOptions> ServerOptionsOf(const Options& options) {
  server::ServerOptions server;
  RETURN_IF_ERROR(ParseBind(options.bind, server));
  if (options.allow_update) server.update_access = server::UpdateAccess::kOpen;
  if (!options.token_file.empty()) {
    ASSIGN_OR_RETURN(server.update_token, ReadToken(options.token_file));
    server.update_access = server::UpdateAccess::kToken;
  }
  server.cors_origins = options.cors;
  server.hosts = options.hosts;
  server.access_log = options.log;
  server.default_prefixes = !options.no_prefixes;
  server.query_timeout = std::chrono::milliseconds(static_cast<int64_t>(options.timeout * 1000));
  server.query_memory = options.memory_mb << 20;
  server.max_body_bytes = options.max_body_mb << 20;
  server.max_buffered_bytes = std::max(server.max_buffered_bytes, 2 * server.max_body_bytes);
  server.max_header_bytes = options.max_header_kb << 10;
  server.max_queries = options.max_queries;
  server.max_waiting = options.max_waiting;
  server.max_connections = options.max_connections;
  return server;
}

// The way out for SERVICE or LOAD; nothing when nothing is allowed. Entries that begin with '/' are folders.
absl::StatusOr<std::unique_ptr<net::RemoteClient>> RemoteFor(const std::vector<std::string>& entries) {
  if (entries.empty()) return nullptr;
  net::RemoteOptions remote;
  for (const std::string& entry : entries) (entry.starts_with('/') ? remote.load_folders : remote.allow).push_back(entry);
  return net::RemoteClient::Create(std::move(remote));
}

bool IsLoopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

// SIGINT and SIGTERM are taken by sigwait() here instead of the usual handler, in all threads made from now on.
class SignalWait {
 public:
  SignalWait() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~SignalWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalWait(const SignalWait&) = delete;

  void Wait() {
    int signal = 0;
    sigwait(&set_, &signal);
  }
  // Whether another one came since; returns after `limit` at the latest.
  bool WaitFor(std::chrono::milliseconds limit) {
    const timespec time{limit.count() / 1000, (limit.count() % 1000) * 1'000'000};
    return sigtimedwait(&set_, nullptr, &time) > 0;
  }

 private:
  sigset_t set_, before_;
};

int Serve(const server::ServerOptions& options, Session& session, SignalWait& signals) {
  auto server = server::Server::Start(session.store(), options);
  if (!server.ok()) return Fail(server.status());
  const bool v6 = options.address.find(':') != std::string::npos;
  std::printf("listening on http://%s%s%s:%u/\n", v6 ? "[" : "", options.address.c_str(), v6 ? "]" : "", (*server)->port());
  std::fflush(stdout);
  signals.Wait();
  std::fputs("dossier: stopping; again to stop at once\n", stderr);
  std::atomic<bool> stopped{false};
  std::thread impatience([&] {
    while (!stopped && !signals.WaitFor(std::chrono::milliseconds(50))) continue;
    (*server)->Hurry();
  });
  (*server)->Stop();
  stopped = true;
  impatience.join();
  server->reset();
  return kExitOk;
}

int WrongUsage(const absl::Status& status) {
  Fail(status);
  return kExitUsage;
}

int RunServe(const Options& options) {
  auto server = ServerOptionsOf(options);
  if (!server.ok()) return WrongUsage(server.status());
  const auto service = RemoteFor(options.services), load = RemoteFor(options.loads);
  if (!service.ok()) return WrongUsage(service.status());
  if (!load.ok()) return WrongUsage(load.status());
  server->service = service->get();
  std::unique_ptr<net::AliasRemote> aliases;
  if (!options.aliases.empty() && *service != nullptr) {
    auto made = net::AliasRemote::Create(options.aliases, **service);
    if (!made.ok()) return WrongUsage(made.status());
    aliases = *std::move(made);
    server->service = aliases.get();
  }
  server->load = load->get();
  const bool writes = server->update_access != server::UpdateAccess::kOff;
  if (server->update_access == server::UpdateAccess::kOpen && !IsLoopback(server->address)) {
    std::fprintf(stderr, "dossier: warning: whoever reaches %s may change and delete everything; --update-token-file asks for a token\n",
                 options.bind.c_str());
  }
  SignalWait signals;  // before the database opens, which starts threads
  return WithSession(options.database, writes, [&](Session& session) { return Serve(*server, session, signals); });
}

}  // namespace

void AddServeCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("serve", "Answer SPARQL over HTTP (SPARQL Protocol, Graph Store Protocol)");
  command->add_option("DB", options->database, "Database folder; created when missing if data may be changed")->required();
  command->add_option("--bind", options->bind, "ADDRESS:PORT to listen on; port 0 takes a free one")->capture_default_str();
  auto* update = command->add_flag("--allow-update", options->allow_update, "Whoever reaches the port may change data");
  auto* token = command->add_option("--update-token-file", options->token_file,
                                    "Who sends the token in this file (Authorization: Bearer TOKEN) may change data")->excludes(update);
  command->add_flag("--read-only", options->read_only, "Nobody may change data (the default, said aloud)")->excludes(update)->excludes(token);
  command->add_option("--cors", options->cors, "Let web pages of this origin (https://example.org, or *) use the server")->allow_extra_args(false);
  command->add_option("--host", options->hosts, "Answer only requests for this host name (repeatable)")->allow_extra_args(false);
  command->add_option("--allow-service", options->services, "Let SERVICE reach this host, host:port or URL (repeatable; * is all that is public)")
      ->allow_extra_args(false);
  command->add_option("--service-alias", options->aliases, "NAME=URL: SERVICE <NAME> goes to this URL, which has to be allowed (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--allow-load", options->loads, "Let LOAD read from this host, host:port, URL, or /folder with all below it (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--log", options->log, "Append a line for every answer to this file (Common Log Format, and seconds)");
  command->add_flag("--no-prefixes", options->no_prefixes, "Know no prefixes but those a query declares");
  command->add_option("--timeout", options->timeout, "Seconds a request may take")->check(CLI::Range(0.001, 1e6))->capture_default_str();
  command->add_option("--memory", options->memory_mb, "MiB a request may use")->check(CLI::Range(1, 1 << 20))->capture_default_str();
  command->add_option("--max-queries", options->max_queries, "Queries that run at a time")->check(CLI::Range(1, 1024))->capture_default_str();
  command->add_option("--max-waiting", options->max_waiting, "Requests that wait for their turn; more are told 503")
      ->check(CLI::Range(0, 1 << 20))->capture_default_str();
  command->add_option("--max-connections", options->max_connections, "Open connections")->check(CLI::Range(1, 1 << 20))->capture_default_str();
  command->add_option("--max-body", options->max_body_mb, "MiB of a request's body")->check(CLI::Range(1, 1 << 16))->capture_default_str();
  command->add_option("--max-header", options->max_header_kb, "KiB of a request's head")->check(CLI::Range(1, 1024))->capture_default_str();
  command->callback([options, &action] { action = [options](const CommandContext&) { return RunServe(*options); }; });
}

}  // namespace dossier::shell
