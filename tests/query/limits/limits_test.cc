// Queries without end are ended, by time or memory, with an error that names an operator. dossier_query_limits (measure.cc) measures how
// exactly; here the bounds are wide, because the machine may be busy.
#include <gtest/gtest.h>

#include "tests/query/limits/pathological.h"
#include "tests/query/support/result_set.h"
#include "tests/query/support/temp_store.h"

namespace dossier::query {
namespace {

TEST(Limits, PathologicalQueriesEndWithANamedOperator) {
  const std::vector<PathologicalQuery> queries = ReadPathological();
  ASSERT_GE(queries.size(), 60u);
  TempStore temp;
  temp.Add(PathologicalData());
  for (const PathologicalQuery& query : queries) {
    SCOPED_TRACE(query.name);
    QueryOptions options;
    options.timeout = std::chrono::milliseconds(100);
    options.memory_limit = 32 << 20;
    const auto start = std::chrono::steady_clock::now();
    const auto result = RunQuery(Engine(temp.store()), query.text, options);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    ASSERT_FALSE(result.ok()) << "it ended by itself";
    EXPECT_TRUE(absl::IsDeadlineExceeded(result.status()) || absl::IsResourceExhausted(result.status())) << result.status();
    const std::string message = MessageOf(result.status());
    EXPECT_TRUE(message.find(": the query ") != std::string::npos || message.find('(') != std::string::npos || message.starts_with("GROUP_CONCAT")) << message;
  }
}

TEST(Limits, ACancelledQueryEndsAtOnce) {
  TempStore temp;
  temp.Add(PathologicalData());
  for (const PathologicalQuery& query : ReadPathological()) {
    SCOPED_TRACE(query.name);
    std::atomic<bool> cancelled = true;
    QueryOptions options;
    options.cancelled = &cancelled;
    EXPECT_TRUE(absl::IsCancelled(RunQuery(Engine(temp.store()), query.text, options).status()));
  }
}

}  // namespace
}  // namespace dossier::query
