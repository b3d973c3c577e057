#include "net/alias_remote.h"

#include <gtest/gtest.h>

namespace dossier::net {
namespace {

class Recorder : public query::Remote {
 public:
  absl::StatusOr<query::RemoteResponse> Fetch(const query::RemoteRequest& request, query::QueryContext&) override {
    last = request;
    return query::RemoteResponse{200, "text/plain", "", request.url};
  }
  query::RemoteRequest last;
};

TEST(AliasRemote, ExactNamesGoElsewhere) {
  Recorder recorder;
  query::QueryContext context;
  const auto remote = AliasRemote::Create({"http://old.example/sparql=http://127.0.0.1:3030/query?a=b", "urn:x:s=https://new.example/"}, recorder);
  ASSERT_TRUE(remote.ok()) << remote.status().ToString();
  const auto goes = [&](const char* url) {
    query::RemoteRequest request;
    request.url = url;
    request.body = "kept";
    EXPECT_TRUE((*remote)->Fetch(request, context).ok());
    EXPECT_EQ(recorder.last.body, "kept");
    return recorder.last.url;
  };
  EXPECT_EQ(goes("http://old.example/sparql"), "http://127.0.0.1:3030/query?a=b");
  EXPECT_EQ(goes("http://old.example/sparql2"), "http://old.example/sparql2");
  EXPECT_EQ(goes("urn:x:s"), "https://new.example/");
}

TEST(AliasRemote, OtherFormsAreRefused) {
  Recorder recorder;
  for (const char* entry : {"", "http://a/", "=http://a/", "http://a/=", "http://a/=ftp://b/", "http://a/=b"}) {
    EXPECT_FALSE(AliasRemote::Create({entry}, recorder).ok()) << entry;
  }
}

}  // namespace
}  // namespace dossier::net
