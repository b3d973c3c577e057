#include "server/http/gzip.h"

#include <zlib.h>

#include <new>

namespace dossier::server {

struct GzipEncoder::Stream {
  z_stream z{};
};

GzipEncoder::GzipEncoder() : stream_(std::make_unique<Stream>()) {
  // 15 + 16: the largest window, and the gzip wrapper. Level 4: answers are made faster than level 6 packs.
  if (deflateInit2(&stream_->z, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
}

GzipEncoder::~GzipEncoder() { deflateEnd(&stream_->z); }

void GzipEncoder::Add(std::string_view bytes, std::string& out) {
  if (!bytes.empty()) Run(bytes, Z_NO_FLUSH, out);
}

void GzipEncoder::Finish(std::string& out) { Run({}, Z_FINISH, out); }

void GzipEncoder::Run(std::string_view bytes, int flush, std::string& out) {
  z_stream& z = stream_->z;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  char buffer[16 << 10];
  do {
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    deflate(&z, flush);
    out.append(buffer, sizeof buffer - z.avail_out);
  } while (z.avail_out == 0);
}

}  // namespace dossier::server
