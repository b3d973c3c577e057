#include "net/allow_list.h"

#include <boost/asio/ip/address.hpp>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "net/address.h"

namespace dossier::net {
namespace {

using Verdict = AllowList::Verdict;

Verdict MatchOf(const std::vector<std::string>& entries, std::string_view text) {
  const auto list = AllowList::Parse(entries);
  EXPECT_TRUE(list.ok()) << list.status();
  const auto url = ParseUrl(text);
  EXPECT_TRUE(url.ok()) << url.status();
  return list->Match(*url);
}

TEST(Url, IsTakenApart) {
  const auto url = ParseUrl("HTTPS://Example.ORG.:8443/a%20b?q=é&r#frag");
  ASSERT_TRUE(url.ok()) << url.status();
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "example.org");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a%20b?q=%C3%A9&r");
  EXPECT_EQ(url->HostHeader(), "example.org:8443");
  EXPECT_EQ(ParseUrl("http://[::1]?x")->ToString(), "http://[::1]/?x");
  EXPECT_EQ(ParseUrl("http://h:80")->HostHeader(), "h");
}

TEST(Url, WhatOthersMightReadDifferentlyIsRefused) {
  for (const char* text : {"", "http:", "http://", "http:///x", "ftp://h/", "file:///etc/passwd", "http://user@h/", "http://h:pw@x/", "http://h\\@x/",
                           "http://h /", "http://h/\r\nX: y", "http://h:0/", "http://h:65536/", "http://h:8a/", "http://h:/", "http://é.org/",
                           "http://[::1/", "http://[::1%25lo]/", "http://[x]/", "http://h%2e/", "//h/", "javascript://h/"}) {
    EXPECT_FALSE(ParseUrl(text).ok()) << text;
  }
}

TEST(AllowList, HostsPortsAndPrefixes) {
  const std::vector<std::string> entries = {"a.org", "b.org:8080", "https://c.org/data", "http://d.org:81/x/", "[::1]:99"};
  EXPECT_EQ(MatchOf(entries, "http://a.org/x"), Verdict::kPublic);
  EXPECT_EQ(MatchOf(entries, "https://A.org./x"), Verdict::kPublic);
  EXPECT_EQ(MatchOf(entries, "http://a.org:8080/"), Verdict::kNo);
  EXPECT_EQ(MatchOf(entries, "http://sub.a.org/"), Verdict::kNo);
  EXPECT_EQ(MatchOf(entries, "http://a.org.evil.net/"), Verdict::kNo);
  EXPECT_EQ(MatchOf(entries, "https://b.org:8080/"), Verdict::kAnywhere);
  EXPECT_EQ(MatchOf(entries, "http://b.org/"), Verdict::kNo);
  EXPECT_EQ(MatchOf(entries, "https://c.org/data"), Verdict::kPublic);
  EXPECT_EQ(MatchOf(entries, "https://c.org/data/x?y"), Verdict::kPublic);
  EXPECT_EQ(MatchOf(entries, "https://c.org/database"), Verdict::kNo);
  EXPECT_EQ(MatchOf(entries, "http://c.org/data"), Verdict::kNo);
  for (const char* way_out : {"../x", "%2e%2E/x", ".%2e/x", "..%2fx", "..%5cx", "%252e%252e/x", "y/..", "./x"}) {
    EXPECT_EQ(MatchOf(entries, std::string("http://d.org:81/x/") + way_out), Verdict::kNo) << way_out;
  }
  EXPECT_EQ(MatchOf(entries, "http://d.org:81/x/..y?z=../a"), Verdict::kAnywhere);
  EXPECT_EQ(MatchOf(entries, "http://[0:0::1]:99/"), Verdict::kAnywhere);
  EXPECT_EQ(MatchOf({"*"}, "http://any.where:1234/"), Verdict::kPublic);
  EXPECT_EQ(MatchOf({"*", "any.where:1234"}, "http://any.where:1234/"), Verdict::kAnywhere);
  EXPECT_EQ(MatchOf({}, "http://a.org/"), Verdict::kNo);
}

TEST(AllowList, EntriesThatMeanNothingAreErrors) {
  for (const char* entry : {"", "a b", "a.org:", "a.org:x", "ftp://a.org/", "http://a.org/../b", "http://u@a.org/", "*.a.org"}) {
    EXPECT_FALSE(AllowList::Parse({entry}).ok()) << entry;
  }
}

TEST(Address, PublicOrNot) {
  const auto is_public = [](const char* text) { return IsPublicAddress(boost::asio::ip::make_address(text)); };
  for (const char* text : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "169.253.0.1", "192.0.3.1",
                           "223.255.255.255", "198.17.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
                           "2002:808:808::1"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
  for (const char* text : {"0.0.0.0", "0.1.2.3", "10.0.0.1", "127.0.0.1", "127.255.255.255", "100.64.0.1", "169.254.169.254", "172.16.0.1",
                           "172.31.255.255", "192.168.1.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
                           "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "fe80::1",
                           "fec0::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
                           "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::1", "2001:db8::1", "2001::1", "100::1", "3fff::1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

}  // namespace
}  // namespace dossier::net
