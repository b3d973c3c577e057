#include "graph/io/gunzip.h"

#include <zlib.h>

#include <algorithm>

namespace dossier::graph {

struct Gunzip::Stream {
  z_stream z = {};
  bool started = false, ended = false;
};

Gunzip::Gunzip(size_t max_bytes) : stream_(std::make_unique<Stream>()), left_(max_bytes) {
  stream_->started = inflateInit2(&stream_->z, 16 + MAX_WBITS) == Z_OK;
}

Gunzip::~Gunzip() {
  if (stream_->started) inflateEnd(&stream_->z);
}

absl::Status Gunzip::Add(std::string_view packed, std::string& out) {
  if (!stream_->started) return ResourceExhausted("no memory left to unpack data");
  z_stream& z = stream_->z;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  z.avail_in = static_cast<uInt>(packed.size());
  char buffer[16 << 10];
  for (bool full = true; full || z.avail_in > 0;) {
    if (stream_->ended) {
      if (z.avail_in == 0) break;
      if (inflateReset(&z) != Z_OK) return absl::UnavailableError("the packed data is damaged");  // the next member
      stream_->ended = false;
    }
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    const int result = inflate(&z, Z_NO_FLUSH);
    const size_t n = sizeof buffer - z.avail_out;
    if (n > left_) return ResourceExhausted("the data is too large when unpacked");
    left_ -= n;
    out.append(buffer, n);
    stream_->ended = result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return absl::UnavailableError("the packed data is damaged");
    full = z.avail_out == 0;
    if (result == Z_BUF_ERROR && n == 0) break;
  }
  return absl::OkStatus();
}

absl::Status Gunzip::Finish() const {
  return stream_->ended ? absl::OkStatus() : absl::UnavailableError("the packed data ends too early");
}

}  // namespace dossier::graph
