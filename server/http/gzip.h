// gzip of bytes that come in pieces.
//
//   GzipEncoder gzip;
//   gzip.Add(piece, out);  ...  gzip.Finish(out);       // appends to out
//
// Memory about 256 KiB. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace dossier::server {

class GzipEncoder {
 public:
  GzipEncoder();
  ~GzipEncoder();
  GzipEncoder(const GzipEncoder&) = delete;

  void Add(std::string_view bytes, std::string& out);
  void Finish(std::string& out);

 private:
  struct Stream;
  void Run(std::string_view bytes, int flush, std::string& out);
  std::unique_ptr<Stream> stream_;
};

}  // namespace dossier::server
