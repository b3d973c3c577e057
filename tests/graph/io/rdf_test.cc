#include "graph/io/rdf.h"

#include "graph/base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::string> ToNQuads(std::string_view text, RdfFormat format, std::string base = "http://b/") {
  std::string out;
  const absl::Status status = ReadRdf(text, {.format = format, .base = std::move(base), .blank_node_prefix = ""}, [&](Quad quad) {
    AppendNQuad(quad, out);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return out;
}

TEST(Rdf, NQuadsAreReadAndWrittenCanonically) {
  const std::string text =
      "<urn:s> <urn:p> \"a\\tb\\u00E9\\n\"@en--ltr <urn:g> .\n"
      "_:b <urn:p> <<( <urn:s> <urn:p> \"x\"^^<urn:t> )>> .  # comment\n";
  const auto out = ToNQuads(text, RdfFormat::kNQuads);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(*out,
            "<urn:s> <urn:p> \"a\\tbé\\n\"@en--ltr <urn:g> .\n"
            "_:b <urn:p> <<( <urn:s> <urn:p> \"x\"^^<urn:t> )>> .\n");
}

TEST(Rdf, TurtleAnnotationsBecomeReifiers) {
  const auto out = ToNQuads("PREFIX : <urn:x:> :s :p :o ~ :r {| :q 1, 2.5 , true |} .", RdfFormat::kTurtle);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(*out,
            "<urn:x:s> <urn:x:p> <urn:x:o> .\n"
            "<urn:x:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:x:s> <urn:x:p> <urn:x:o> )>> .\n"
            "<urn:x:r> <urn:x:q> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
            "<urn:x:r> <urn:x:q> \"2.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n"
            "<urn:x:r> <urn:x:q> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n");
}

}  // namespace
}  // namespace dossier::graph
