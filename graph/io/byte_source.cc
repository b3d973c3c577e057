#include "graph/io/byte_source.h"

#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

constexpr size_t kChunk = 256 * 1024;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

class PlainSource : public FileSource {
 public:
  // `begin` has been read from the file already: pipes cannot be rewound.
  PlainSource(File file, std::string path, std::string begin)
      : file_(std::move(file)), path_(std::move(path)), begin_(std::move(begin)) {}
  bool Read(std::string& out) override {
    if (!begin_.empty()) {
      out += std::exchange(begin_, {});
      return true;
    }
    const size_t before = out.size();
    out.resize(before + kChunk);
    const size_t n = std::fread(out.data() + before, 1, kChunk, file_.get());
    out.resize(before + n);
    if (std::ferror(file_.get())) status_ = Internal(Cat(path_, ": ", std::strerror(errno)));
    return n > 0 && status_.ok();
  }
  const std::string& path() const { return path_; }

 private:
  File file_;
  std::string path_;
  std::string begin_;
};

// Common to both packings: hands the decoder one chunk of packed bytes after the other.
class PackedSource : public FileSource {
 public:
  explicit PackedSource(std::unique_ptr<PlainSource> packed) : packed_(std::move(packed)), unpacked_(kChunk) {}
  bool Read(std::string& out) override {
    while (status_.ok()) {
      if (used_ == input_.size()) {
        input_.clear();
        used_ = 0;
        if (!packed_->Read(input_)) {
          status_ = packed_->status();
          if (status_.ok() && !AtBoundary()) status_ = InvalidArgument(Cat(packed_->path(), ": the packed data ends too early"));
          return false;
        }
      }
      const size_t n = Unpack(input_, used_, unpacked_);
      out.append(unpacked_.data(), n);
      if (n > 0) return true;
    }
    return false;
  }

 protected:
  // Unpacks from input[used...], advances `used`, returns the bytes written to `out`; sets status_ on damage.
  virtual size_t Unpack(const std::string& input, size_t& used, std::vector<char>& out) = 0;
  // Whether the data may end here.
  virtual bool AtBoundary() const = 0;
  void Damaged(std::string_view why) { status_ = InvalidArgument(Cat(packed_->path(), ": damaged packed data: ", why)); }

 private:
  std::unique_ptr<PlainSource> packed_;
  std::string input_;
  size_t used_ = 0;
  std::vector<char> unpacked_;
};

class GzipSource : public PackedSource {
 public:
  explicit GzipSource(std::unique_ptr<PlainSource> packed) : PackedSource(std::move(packed)) {
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) Damaged("zlib does not start");
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override { inflateEnd(&stream_); }

 protected:
  size_t Unpack(const std::string& input, size_t& used, std::vector<char>& out) override {
    if (boundary_ && started_) inflateReset(&stream_);  // the next member
    started_ = true;
    boundary_ = false;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data() + used));
    stream_.avail_in = static_cast<uInt>(input.size() - used);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    used = input.size() - stream_.avail_in;
    if (result == Z_STREAM_END) {
      boundary_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      Damaged(stream_.msg != nullptr ? stream_.msg : "unknown");
    }
    return out.size() - stream_.avail_out;
  }
  bool AtBoundary() const override { return boundary_; }

 private:
  z_stream stream_ = {};
  bool started_ = false;
  bool boundary_ = false;
};

class ZstdSource : public PackedSource {
 public:
  explicit ZstdSource(std::unique_ptr<PlainSource> packed) : PackedSource(std::move(packed)), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) Damaged("zstd does not start");
  }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }

 protected:
  size_t Unpack(const std::string& input, size_t& used, std::vector<char>& out) override {
    ZSTD_inBuffer in = {input.data(), input.size(), used};
    ZSTD_outBuffer to = {out.data(), out.size(), 0};
    left_ = ZSTD_decompressStream(stream_, &to, &in);
    used = in.pos;
    if (ZSTD_isError(left_) != 0) Damaged(ZSTD_getErrorName(left_));
    return to.pos;
  }
  bool AtBoundary() const override { return left_ == 0; }

 private:
  ZSTD_DStream* stream_;
  size_t left_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<FileSource>> FileSource::Open(const std::string& path) {
  File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return NotFound(Cat(path, ": ", std::strerror(errno)));
  unsigned char magic[4] = {};
  const size_t n = std::fread(magic, 1, sizeof magic, file.get());
  if (std::ferror(file.get())) return InvalidArgument(Cat(path, ": ", std::strerror(errno)));
  auto plain = std::make_unique<PlainSource>(std::move(file), path, std::string(reinterpret_cast<char*>(magic), n));
  std::unique_ptr<FileSource> source;
  if (n >= 2 && magic[0] == 0x1F && magic[1] == 0x8B) {
    source = std::make_unique<GzipSource>(std::move(plain));
  } else if (n == 4 && magic[0] == 0x28 && magic[1] == 0xB5 && magic[2] == 0x2F && magic[3] == 0xFD) {
    source = std::make_unique<ZstdSource>(std::move(plain));
  } else {
    source = std::move(plain);
  }
  RETURN_IF_ERROR(source->status());
  return source;
}

}  // namespace dossier::graph
