// Unpacks gzip as it arrives, with a bound on what comes out.
//
//   Gunzip gunzip(max_bytes);
//   RETURN_IF_ERROR(gunzip.Add(bytes, out));   // appends to `out`
//   RETURN_IF_ERROR(gunzip.Finish());
//
// Not thread-safe. Errors: ResourceExhausted when more than `max_bytes` come out, Unavailable for damaged or truncated data.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "graph/base/status.h"

namespace dossier::graph {

class Gunzip {
 public:
  explicit Gunzip(size_t max_bytes);
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip();
  absl::Status Add(std::string_view packed, std::string& out);
  absl::Status Finish() const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  size_t left_;
};

}  // namespace dossier::graph
