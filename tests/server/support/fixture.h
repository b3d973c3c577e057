// A server over a fresh store on a free loopback port, and a client that sends exactly the bytes it is told.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "graph/store/store.h"
#include "server/server.h"

namespace dossier::server {

// A response as read from the wire.
struct Answer {
  int status = 0;                             // 0: the connection ended before a status line
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;                           // chunks put together
  bool complete = false;                      // the body's end was seen

  std::string Field(const std::string& name) const { return fields.contains(name) ? fields.at(name) : ""; }
};

class Client {
 public:
  explicit Client(uint16_t port);
  ~Client();
  Client(const Client&) = delete;

  // False when the other side has closed.
  bool Send(std::string_view bytes);
  void CloseSending();
  void Close();
  // Reset instead of an orderly end.
  void Abort();
  // Reads one response; `head` for answers to HEAD.
  Answer Read(bool head = false);
  Answer Ask(std::string_view bytes) {
    Send(bytes);
    return Read();
  }
  // Whether the other side closes within the time.
  bool IsClosed(std::chrono::milliseconds within = std::chrono::milliseconds(5000));

 private:
  bool Fill();

  int socket_ = -1;
  std::string buffer_;
  bool ended_ = false;  // in order, not by a reset
};

// "METHOD target" with the usual fields; a body gets a Content-Length.
std::string Message(std::string_view method, std::string_view target, std::string_view fields = "", std::string_view body = "");

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
  // Starts (again) with options_.
  void Start();
  Answer Do(std::string_view method, std::string_view target, std::string_view fields = "", std::string_view body = "");
  Answer Query(std::string_view sparql, std::string_view accept = "application/sparql-results+json");
  Answer Update(std::string_view sparql);
  bool Ask(std::string_view sparql);
  std::string Metric(const std::string& name);
  void AddTriples(int count);

  ServerOptions options_;
  std::filesystem::path directory_;
  std::unique_ptr<graph::Store> store_;
  std::unique_ptr<Server> server_;
};

// Open descriptors and threads of this process.
size_t OpenFiles();
size_t Threads();
// Waits until `holds`, at most `within`.
bool Eventually(const std::function<bool()>& holds, std::chrono::milliseconds within = std::chrono::milliseconds(5000));

}  // namespace dossier::server
