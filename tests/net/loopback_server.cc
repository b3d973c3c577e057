#include "tests/net/loopback_server.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "graph/base/strings.h"

namespace dossier::net {

std::string Answered(std::string_view status, std::string_view fields, std::string_view body) {
  return Cat("HTTP/1.1 ", status, "\r\nContent-Length: ", body.size(), "\r\n", fields, "\r\n", body);
}

bool LoopbackServer::Connection::ending() const { return server_->ending_; }

bool LoopbackServer::Connection::Send(std::string_view bytes) {
  while (!bytes.empty() && !ending()) {
    const auto n = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                   : static_cast<int>(send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return !ending();
}

// The head, and as much body as its Content-Length says.
bool LoopbackServer::Connection::Read() {
  char buffer[4096];
  for (;;) {
    const size_t head = request_.find("\r\n\r\n");
    if (head != std::string::npos) {
      const size_t field = request_.find("Content-Length: ");
      const size_t length = field < head ? static_cast<size_t>(std::atol(request_.c_str() + field + 16)) : 0;
      if (request_.size() >= head + 4 + length) return true;
    }
    if (ending()) return false;
    pollfd wait{fd_, POLLIN, 0};
    if (ssl_ == nullptr && poll(&wait, 1, 50) == 0) continue;
    const auto n = ssl_ != nullptr ? SSL_read(ssl_, buffer, sizeof buffer) : static_cast<int>(recv(fd_, buffer, sizeof buffer, 0));
    if (n <= 0) return false;
    request_.append(buffer, static_cast<size_t>(n));
  }
}

LoopbackServer::LoopbackServer(Handler handler, Security security) : handler_(std::move(handler)) {
  if (security == Security::kTls) StartTls();
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

LoopbackServer::~LoopbackServer() {
  ending_ = true;
  acceptor_.join();
  for (std::thread& worker : workers_) worker.join();
  close(listener_);
  if (tls_ != nullptr) SSL_CTX_free(tls_);
}

std::vector<std::string> LoopbackServer::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void LoopbackServer::Accept() {
  while (!ending_) {
    pollfd wait{listener_, POLLIN, 0};
    if (poll(&wait, 1, 20) <= 0) continue;
    const int fd = accept(listener_, nullptr, nullptr);
    if (fd >= 0) workers_.emplace_back([this, fd] { Serve(fd); });
  }
}

void LoopbackServer::Serve(int fd) {
  const timeval timeout{5, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  Connection connection;
  connection.server_ = this;
  connection.fd_ = fd;
  bool ready = true;
  if (tls_ != nullptr) {
    connection.ssl_ = SSL_new(tls_);
    SSL_set_fd(connection.ssl_, fd);
    ready = SSL_accept(connection.ssl_) == 1;
  }
  if (ready && connection.Read()) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(connection.request_);
    }
    handler_(connection);
    if (connection.ssl_ != nullptr) SSL_shutdown(connection.ssl_);
  }
  if (connection.ssl_ != nullptr) SSL_free(connection.ssl_);
  shutdown(fd, SHUT_RDWR);
  close(fd);
}

void LoopbackServer::StartTls() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -60);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key);
  X509_NAME* name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(x509, name);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
  X509_add_ext(x509, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(x509, key, EVP_sha256());
  tls_ = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(tls_, x509);
  SSL_CTX_use_PrivateKey(tls_, key);
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, x509);
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory, &text);
  certificate_.assign(text, static_cast<size_t>(length));
  BIO_free(memory);
  X509_free(x509);
  EVP_PKEY_free(key);
}

}  // namespace dossier::net
