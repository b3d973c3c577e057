#include "query/algebra/function.h"

#include <gtest/gtest.h>

namespace dossier::query::algebra {
namespace {

TEST(Function, BuiltinsAreFoundInAnyCaseAndByTheirAliases) {
  EXPECT_EQ(FindBuiltin("StrLen")->function, Function::kStrLen);
  EXPECT_EQ(FindBuiltin("URI")->function, Function::kIri);
  EXPECT_EQ(FindBuiltin("isuri")->function, Function::kIsIri);
  EXPECT_EQ(FindBuiltin("encode_for_uri")->function, Function::kEncodeForUri);
  EXPECT_FALSE(FindBuiltin("").has_value());
  EXPECT_FALSE(FindBuiltin("+").has_value());
  EXPECT_FALSE(FindBuiltin("IN").has_value());
  EXPECT_FALSE(FindBuiltin("COUNT").has_value());
}

TEST(Function, EveryBuiltinIsFoundByItsName) {
  for (int i = static_cast<int>(Function::kBound); i < static_cast<int>(Function::kNamed); ++i) {
    const auto function = static_cast<Function>(i);
    const auto found = FindBuiltin(InfoOf(function).name);
    ASSERT_TRUE(found.has_value()) << InfoOf(function).name;
    EXPECT_EQ(found->function, function);
    EXPECT_TRUE(found->max_args == -1 || found->max_args >= found->min_args) << found->name;
  }
}

TEST(Function, NamesOfAggregates) {
  EXPECT_EQ(NameOf(Aggregate::kCount), "COUNT");
  EXPECT_EQ(NameOf(Aggregate::kGroupConcat), "GROUP_CONCAT");
}

}  // namespace
}  // namespace dossier::query::algebra
