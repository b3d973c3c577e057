#include "graph/canon/external_sort.h"

#include <algorithm>
#include <random>

#include "graph/base/strings.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

// With so little memory that there are many runs, and more runs than are merged at once.
TEST(ExternalSort, SortsWithAnyMemory) {
  std::mt19937 random(3);
  std::vector<std::string> records = {"", "", std::string("\0a", 2), "\xFF", std::string(20'000, 'x')};
  for (int i = 0; i < 5000; ++i) records.push_back(Cat("record ", random() % 3000, std::string(random() % 40, 'y')));
  std::vector<std::string> expected = records;
  std::sort(expected.begin(), expected.end());
  for (const size_t memory : {size_t{200}, size_t{1000}, size_t{100'000}, size_t{64} << 20}) {
    ExternalSort sort({memory, ""});
    for (const std::string& record : records) ASSERT_TRUE(sort.Add(record).ok());
    std::vector<std::string> sorted;
    ASSERT_TRUE(sort.Finish([&](std::string_view record) {
      sorted.emplace_back(record);
      return absl::OkStatus();
    }).ok());
    EXPECT_EQ(sorted, expected) << memory;
  }
}

TEST(ExternalSort, NothingSortsToNothing) {
  ExternalSort sort({1000, ""});
  EXPECT_TRUE(sort.Finish([](std::string_view) { return Internal("called"); }).ok());
}

TEST(ExternalSort, ErrorsComeThrough) {
  ExternalSort missing({100, "/no/such/directory"});
  absl::Status status;
  for (int i = 0; i < 100 && status.ok(); ++i) status = missing.Add("some record");
  EXPECT_FALSE(status.ok());
  ExternalSort sort({100, ""});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(sort.Add("some record").ok());
  EXPECT_EQ(sort.Finish([](std::string_view) { return Cancelled("enough"); }).code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace dossier::graph
