#include "tests/server/support/fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "graph/base/strings.h"
#include "server/http/message.h"

namespace dossier::server {
namespace {

constexpr int kReadTimeoutMs = 20'000;

}  // namespace

Client::Client(uint16_t port) {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Close();
}

Client::~Client() { Close(); }

void Client::Close() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

void Client::Abort() {
  const linger reset{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  Close();
}

void Client::CloseSending() { shutdown(socket_, SHUT_WR); }

bool Client::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool Client::Fill() {
  pollfd wait{socket_, POLLIN, 0};
  if (poll(&wait, 1, kReadTimeoutMs) != 1) return false;
  char bytes[1 << 16];
  const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
  ended_ = got == 0;
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(got));
  return true;
}

Answer Client::Read(bool head) {
  Answer answer;
  size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return answer;
  }
  const std::string text = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  if (text.starts_with("HTTP/1.")) answer.status = std::stoi(text.substr(9, 3));
  for (size_t at = text.find("\r\n") + 2; at < text.size();) {
    const size_t stop = text.find("\r\n", at), colon = text.find(": ", at);
    answer.fields[LowerAscii(text.substr(at, colon - at))] = text.substr(colon + 2, stop - colon - 2);
    at = stop + 2;
  }
  if (head || answer.status == 204 || answer.status < 200) {
    answer.complete = true;
    return answer;
  }
  if (answer.Field("transfer-encoding") == "chunked") {
    for (;;) {
      while ((end = buffer_.find("\r\n")) == std::string::npos) {
        if (!Fill()) return answer;
      }
      const size_t size = std::stoul(buffer_.substr(0, end), nullptr, 16);
      while (buffer_.size() < end + 2 + size + 2) {
        if (!Fill()) return answer;
      }
      answer.body += buffer_.substr(end + 2, size);
      buffer_.erase(0, end + 2 + size + 2);
      if (size == 0) break;
    }
    answer.complete = true;
  } else if (!answer.Field("content-length").empty()) {
    const size_t size = std::stoul(answer.Field("content-length"));
    while (buffer_.size() < size) {
      if (!Fill()) return answer;
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    answer.complete = true;
  } else {
    while (Fill()) continue;
    answer.body = std::move(buffer_);
    buffer_.clear();
    answer.complete = ended_;
  }
  return answer;
}

bool Client::IsClosed(std::chrono::milliseconds within) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd wait{socket_, POLLIN, 0};
    if (left <= 0 || poll(&wait, 1, static_cast<int>(left)) != 1) return false;
    char bytes[4096];
    if (recv(socket_, bytes, sizeof bytes, 0) <= 0) return true;
  }
}

std::string Message(std::string_view method, std::string_view target, std::string_view fields, std::string_view body) {
  std::string length;
  if (!body.empty() || method == "POST" || method == "PUT") length = Cat("Content-Length: ", body.size(), "\r\n");
  return Cat(method, " ", target, " HTTP/1.1\r\nHost: localhost\r\n", length, fields, "\r\n", body);
}

void ServerTest::SetUp() {
  options_.port = 0;
  options_.update_access = UpdateAccess::kOpen;
  std::string name = (std::filesystem::temp_directory_path() / "dossier-server-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  directory_ = name;
  auto store = graph::Store::Open((directory_ / "db").string(), {});
  ASSERT_TRUE(store.ok()) << store.status().ToString();
  store_ = *std::move(store);
  Start();
}

void ServerTest::TearDown() {
  server_.reset();
  store_.reset();
  std::filesystem::remove_all(directory_);
}

void ServerTest::Start() {
  server_.reset();
  auto server = Server::Start(*store_, options_);
  ASSERT_TRUE(server.ok()) << server.status().ToString();
  server_ = *std::move(server);
}

Answer ServerTest::Do(std::string_view method, std::string_view target, std::string_view fields, std::string_view body) {
  Client client(server_->port());
  client.Send(Message(method, target, fields, body));
  return client.Read(method == "HEAD");
}

Answer ServerTest::Query(std::string_view sparql, std::string_view accept) {
  return Do("POST", "/query", Cat("Content-Type: application/sparql-query\r\nAccept: ", accept, "\r\n"), sparql);
}

Answer ServerTest::Update(std::string_view sparql) { return Do("POST", "/update", "Content-Type: application/sparql-update\r\n", sparql); }

bool ServerTest::Ask(std::string_view sparql) { return Query(sparql).body.find("true") != std::string::npos; }

std::string ServerTest::Metric(const std::string& name) {
  const std::string text = Do("GET", "/metrics").body;
  const size_t at = text.find("\ndossier_" + name + " ");
  if (at == std::string::npos) return "";
  const size_t begin = at + 10 + name.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

void ServerTest::AddTriples(int count) {
  std::string update = "INSERT DATA {";
  for (int i = 0; i < count; ++i) Append(update, " <urn:x:s", i, "> <urn:x:p> <urn:x:o", i, "> .");
  ASSERT_EQ(Update(update + "}").status, 204);
}

namespace {
size_t EntriesOf(const char* directory) {
  size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++count;
  return count;
}
}  // namespace

size_t OpenFiles() { return EntriesOf("/proc/self/fd"); }
size_t Threads() { return EntriesOf("/proc/self/task"); }

bool Eventually(const std::function<bool()>& holds, std::chrono::milliseconds within) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace dossier::server
