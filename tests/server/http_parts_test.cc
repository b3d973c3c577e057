// The parts of the server that need no socket: parameters, negotiation, multipart, gzip.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "graph/base/strings.h"
#include "server/http/gzip.h"
#include "server/http/message.h"
#include "server/http/multipart.h"
#include "server/http/negotiate.h"
#include "server/http/params.h"

namespace dossier::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Params, AreDecodedOnce) {
  const auto params = Params::Parse("query=ASK+%7B%7D&g=a%2520b&g=&flag&&x=1=2");
  ASSERT_TRUE(params.ok());
  EXPECT_THAT(params->All("query"), ElementsAre("ASK {}"));
  EXPECT_THAT(params->All("g"), ElementsAre("a%20b", ""));
  EXPECT_TRUE(params->Has("flag"));
  EXPECT_THAT(params->All("x"), ElementsAre("1=2"));
  EXPECT_THAT(params->All("y"), IsEmpty());
}

TEST(Params, BrokenEscapesAndBrokenUtf8AreErrors) {
  for (const char* text : {"a=%", "a=%4", "a=%zz", "%f=1", "a=%ff", "a=%c0%80", "a=%ed%a0%80"}) EXPECT_FALSE(Params::Parse(text).ok()) << text;
}

constexpr std::string_view kOffers[] = {"application/json", "application/xml", "text/csv"};
std::string Best(std::string_view accept) {
  const auto best = Negotiate(accept, kOffers);
  return best ? std::string(kOffers[*best]) : "none";
}

TEST(Negotiate, QualityAndClosenessDecide) {
  EXPECT_EQ(Best(""), "application/json");
  EXPECT_EQ(Best("*/*"), "application/json");
  EXPECT_EQ(Best("text/csv, application/json;q=0.9"), "text/csv");
  EXPECT_EQ(Best("text/*;q=0.5, application/json;q=0.4"), "text/csv");
  EXPECT_EQ(Best("*/*, application/json;q=0.1, application/xml;q=0.2"), "text/csv");
  EXPECT_EQ(Best("APPLICATION/XML"), "application/xml");
  EXPECT_EQ(Best("application/xml;charset=\"a,b;q=0\";q=0.5, text/csv;q=0.4"), "application/xml");
  EXPECT_EQ(Best("application/json;q=0"), "none");
  EXPECT_EQ(Best("text/html"), "none");
  EXPECT_EQ(Best("*/*;q=0, text/csv"), "text/csv");
  EXPECT_EQ(Best(",,;q=1, text/csv ;Q=0.3"), "text/csv");
  EXPECT_EQ(Best("\"\\"), "none");
}

TEST(Negotiate, Gzip) {
  EXPECT_TRUE(AcceptsGzip("deflate, gzip;q=0.5"));
  EXPECT_TRUE(AcceptsGzip("*"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0, *"));
  EXPECT_FALSE(AcceptsGzip("br"));
  EXPECT_FALSE(AcceptsGzip(""));
}

TEST(MediaType, Parameters) {
  const MediaType type = ParseMediaType("Multipart/Form-Data ; boundary=\"a b\"; charset=UTF-8");
  EXPECT_EQ(type.type, "multipart/form-data");
  EXPECT_EQ(type.boundary, "a b");
  EXPECT_EQ(type.charset, "utf-8");
}

TEST(Multipart, Parts) {
  const auto parts = ParseMultipart(
      "preamble\r\n--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.ttl\"\r\nContent-Type: text/turtle\r\n\r\none\r\n\r\n--x\r\n\r\n--x\r\n\r\n--x--\r\n", "x");
  ASSERT_TRUE(parts.ok()) << parts.status().ToString();
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].file_name, "a.ttl");
  EXPECT_EQ((*parts)[0].content_type, "text/turtle");
  EXPECT_EQ((*parts)[0].body, "one\r\n");
}

TEST(Multipart, BrokenBodiesAreErrors) {
  for (const char* body : {"", "--x", "--x\r\n", "--x\r\nA: b\r\n\r\nc", "--x\r\nA\r\n\r\n\r\n--x--", "--xy\r\n\r\n\r\n--xy--", "a--x\r\n\r\n\r\n--x--"}) {
    EXPECT_FALSE(ParseMultipart(body, "x").ok()) << body;
  }
  EXPECT_FALSE(ParseMultipart("--\r\n\r\n\r\n----", "").ok());
}

TEST(Gzip, RoundTrip) {
  std::string text, packed;
  GzipEncoder gzip;
  for (int i = 0; i < 20'000; ++i) {
    const std::string line = Cat("line ", i * 7919 % 10'007, "\n");
    text += line;
    gzip.Add(line, packed);
  }
  gzip.Finish(packed);
  EXPECT_LT(packed.size(), text.size() / 2);
  std::string unpacked(text.size() + 1, '\0');
  z_stream z{};
  ASSERT_EQ(inflateInit2(&z, 15 + 16), Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(packed.data());
  z.avail_in = static_cast<uInt>(packed.size());
  z.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  z.avail_out = static_cast<uInt>(unpacked.size());
  EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
  unpacked.resize(z.total_out);
  inflateEnd(&z);
  EXPECT_EQ(unpacked, text);
}

TEST(Message, HeadsAndBodies) {
  Response response = TextResponse(404, "nothing");
  response.fields.emplace_back("X", "y");
  EXPECT_THAT(Serialize(response, 11, true, false), HasSubstr("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(Serialize(response, 11, true, false), HasSubstr("Content-Length: 8\r\n\r\nnothing\n"));
  EXPECT_TRUE(Serialize(response, 10, false, true).ends_with("Connection: close\r\n\r\n"));
  EXPECT_THAT(Serialize(EmptyResponse(204), 11, true, false), ::testing::Not(HasSubstr("Content-Length")));
}

}  // namespace
}  // namespace dossier::server
