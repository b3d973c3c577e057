#include "net/file_access.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::net {
namespace {

using ::testing::HasSubstr;

class FileAccessTest : public ::testing::Test {
 protected:
  FileAccessTest() {
    std::filesystem::create_directory(dir_.path("in"));
    std::filesystem::create_directory(dir_.path("inside"));
    std::ofstream(dir_.path("in/a b.nt")) << "<urn:s> <urn:p> 1 .";
    std::ofstream(dir_.path("secret")) << "secret";
    std::ofstream(dir_.path("inside/x")) << "secret";
    std::filesystem::create_symlink(dir_.path("secret"), dir_.path("in/link"));
    std::filesystem::create_symlink(dir_.path("in/a b.nt"), dir_.path("in/good"));
    std::filesystem::create_directory_symlink(dir_.path("inside"), dir_.path("in/folder"));
    mkfifo(dir_.path("in/pipe").c_str(), 0600);
  }
  absl::StatusOr<std::string> Read(std::string_view name, size_t max = 1000) {
    const auto files = FileAccess::Create({dir_.path("in")});
    EXPECT_TRUE(files.ok()) << files.status();
    return files->Read(Cat("file://", dir_.path(std::string(name))), max);
  }
  graph::TempDir dir_;
};

TEST_F(FileAccessTest, FilesOfTheFolderAreRead) {
  for (const char* name : {"in/a%20b.nt", "in/good", "in/./a b.nt", "inside/../in/a%20b.nt"}) {
    const auto bytes = Read(name);
    ASSERT_TRUE(bytes.ok()) << name << bytes.status();
    EXPECT_EQ(*bytes, "<urn:s> <urn:p> 1 .");
  }
  EXPECT_EQ(Read("in/none").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Read("in/good", 10).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(FileAccessTest, NothingElseIs) {
  for (const char* name : {"secret", "in/../secret", "in/%2e%2e/secret", "in/link", "in/folder/x", "inside/x", "none", "in/../none"}) {
    EXPECT_EQ(Read(name).status().code(), absl::StatusCode::kPermissionDenied) << name;
  }
  for (const char* name : {"in/pipe", "in/.", "in/a%00", "in/a%2", "in/a?x", "in/a#x"}) EXPECT_FALSE(Read(name).ok()) << name;
  const auto none = FileAccess::Create({});
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->Read("file:///etc/passwd", 1000).status().code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(FileAccessTest, FoldersMustBeThere) {
  EXPECT_THAT(MessageOf(FileAccess::Create({dir_.path("nowhere")}).status()), HasSubstr("no such folder"));
  EXPECT_FALSE(FileAccess::Create({dir_.path("secret")}).ok());
}

TEST(FileUrl, NamesALocalFile) {
  EXPECT_EQ(*PathOfFileUrl("file:///a%20b"), "/a b");
  EXPECT_EQ(*PathOfFileUrl("file:/a"), "/a");
  EXPECT_EQ(*PathOfFileUrl("file://localhost/a"), "/a");
  for (const char* url : {"file:a", "file://host/a", "http://h/a", "file://", ""}) EXPECT_FALSE(PathOfFileUrl(url).ok()) << url;
}

}  // namespace
}  // namespace dossier::net
