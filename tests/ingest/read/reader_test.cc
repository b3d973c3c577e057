#include "ingest/read/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "ingest/read/date.h"
#include "ingest/text/tokenizer.h"

namespace dossier::ingest {
namespace {

using ::testing::HasSubstr;

Document Read(std::string_view bytes, std::string_view name) {
  auto document = ReadArticle(bytes, name);
  EXPECT_TRUE(document.ok()) << MessageOf(document.status());
  return document.ok() ? *std::move(document) : Document();
}

std::string ErrorOf(std::string_view bytes, std::string_view name) {
  const auto document = ReadArticle(bytes, name);
  return document.ok() ? "" : MessageOf(document.status());
}

// Every byte of the text that is a plain character stands at its origin.
void ExpectOriginsInInput(const Document& document, std::string_view input) {
  size_t before = 0;
  for (size_t i = 0; i < document.text.size(); ++i) {
    const size_t origin = document.OriginOf(i);
    ASSERT_LT(origin, input.size());
    ASSERT_LE(before, origin);
    before = origin;
    const char c = document.text[i];
    if (c > ' ' && input[origin] != '&') {
      ASSERT_EQ(input[origin], c) << "text byte " << i;
    }
  }
  ASSERT_EQ(document.OriginOf(document.text.size()), input.size());
}

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en-GB"><head><title>Bridge reopens after storm | The Daily Example</title>
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2021-03-05T08:00:00Z">
<style>p { color: red }</style><script>var x = "<p>not text</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News, sport, weather, and much more of it</a></nav>
<div class="content"><h1>Bridge reopens after storm</h1>
<p>The old bridge over the river was reopened on Friday, said the mayor of the town, after <b>three</b> weeks.</p>
<p>&ldquo;We are glad,&rdquo; she said, &amp; thanked the crews&#8212;all of them&nbsp;volunteers, neighbours, and friends.</p>
<ul><li>First item of the list, with a comma.</li><li>Second item</li></ul></div>
<div class="sidebar"><p>Related: <a href="/x">Ten storms, ten bridges, ten mayors and what they did about it</a></p></div>
<footer><p>Copyright, all rights reserved, by the Daily Example and its many owners.</p></footer></body></html>)";

TEST(ReaderTest, HtmlArticle) {
  const Document document = Read(kPage, "page.html");
  EXPECT_EQ(document.title, "Bridge reopens after storm");
  EXPECT_EQ(document.author, "Jane Doe");
  EXPECT_EQ(document.date, "2021-03-05");
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(
      document.text,
      "Bridge reopens after storm\n\n"
      "The old bridge over the river was reopened on Friday, said the mayor of the town, after three "
      "weeks.\n\n"
      "“We are glad,” she said, & thanked the crews—all of them volunteers, neighbours, and friends.\n\n"
      "First item of the list, with a comma.\n\nSecond item");
  ExpectOriginsInInput(document, kPage);
  ASSERT_EQ(document.headings.size(), 1u);
  EXPECT_EQ(document.text.substr(document.headings[0].begin, document.headings[0].end),
            "Bridge reopens after storm");
}

TEST(ReaderTest, HtmlTokensPointIntoTheMarkup) {
  const Document document = Read(kPage, "page.html");
  const std::vector<std::pair<std::string_view, std::string_view>> expected = {
      {"three", "three"}, {"“", "&ldquo;"}, {"—", "&#8212;"}, {"&", "&amp;"}, {"volunteers", "volunteers"}};
  size_t checked = 0;
  for (const Sentence& sentence : SplitAndTokenize(document)) {
    for (const Token& token : sentence.tokens) {
      for (const auto& [form, slice] : expected) {
        if (token.form != form) continue;
        EXPECT_EQ(kPage.substr(token.span.begin, token.span.end - token.span.begin), slice);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 5u);
}

TEST(ReaderTest, HtmlByContent) {
  EXPECT_EQ(Read("<html><body><p>Hello there.</p></body></html>", "page").text, "Hello there.");
}

TEST(ReaderTest, HtmlEntitiesAndBrokenMarkup) {
  for (const std::string_view html :
       {"<p>a &amp;amp; b &lt;c&gt; &copy2020 &unknown; & d</p>", "<p>x</stray>y<!-- no -->z &#x41;&#66;</p>",
        "<p>line\r\nbreak<br>next</p>", "<b><p>x</b>y</p>", "<table><tr>foster<td>cell</table>",
        "plain < text"}) {
    const auto document = ReadArticle(html, "x.html");
    ASSERT_TRUE(document.ok()) << html;
    ASSERT_EQ(document->origin.size(), document->text.size() + 1);
    for (const uint32_t origin : document->origin) ASSERT_LE(origin, html.size()) << html;
  }
  EXPECT_EQ(Read("<p>a &amp;amp; b &lt;c&gt;</p>", "x.html").text, "a &amp; b <c>");
}

TEST(ReaderTest, DeepHtmlIsRefused) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div>";
  EXPECT_THAT(ErrorOf(html + "text", "deep.html"), HasSubstr("nested more than"));
  std::string lists;
  for (int i = 0; i < 100000; ++i) lists += "<ul><li>";
  EXPECT_THAT(ErrorOf(lists + "text", "deep.html"), HasSubstr("nested more than"));
  std::string mixed;
  for (int i = 0; i < 100000; ++i) mixed += "<div></span>";
  EXPECT_THAT(ErrorOf(mixed + "text", "deep.html"), HasSubstr("nested more than"));
}

TEST(ReaderTest, WideHtmlIsRead) {
  std::string html = "<body>";
  for (int i = 0; i < 20000; ++i) html += "<p>One more <i>paragraph</i>, short.<br><li>item";
  EXPECT_TRUE(ReadArticle(html, "wide.html").ok());
}

TEST(ReaderTest, MultiplyingFormattingElementsAreRefused) {
  std::string html;
  for (int i = 0; i < 300; ++i) html += "<b id=" + std::to_string(i) + ">";
  for (int i = 0; i < 100000; ++i) html += "<p>x";
  EXPECT_THAT(ErrorOf(html, "bomb.html"), HasSubstr("elements"));
}

TEST(ReaderTest, RandomHtmlNeverFails) {
  const std::vector<std::string> pieces = {"<p>",    "</p>",       "<div class=\"content\">",
                                           "</div>", "<b>",        "</b>",
                                           "&amp;",  "&#8212;",    "&lt",
                                           "text",   " ",          "é",
                                           "<br>",   "<!-- c -->", "<table>",
                                           "<td>",   "</table>",   "<script>",
                                           "x<y",    "&",          "<h1>",
                                           "</h1>",  "<a href=x>", "</a>",
                                           "“",      "\r\n",       "<svg><b/></svg>"};
  std::mt19937 random(13);
  for (int round = 0; round < 1000; ++round) {
    std::string html;
    const size_t count = random() % 60;
    for (size_t i = 0; i < count; ++i) html += pieces[random() % pieces.size()];
    const auto document = ReadArticle(html, "x.html");
    if (!document.ok()) continue;
    ASSERT_EQ(document->origin.size(), document->text.size() + 1);
    for (const Sentence& sentence : SplitAndTokenize(*document)) {
      ASSERT_LE(sentence.span.begin, sentence.span.end);
      ASSERT_LE(sentence.span.end, html.size());
    }
  }
}

TEST(ReaderTest, PlainText) {
  const std::string text =
      "A title that is set apart\n\nBy Jane Doe\n\nMarch 5, 2021\n\nThe text begins here. It goes on.\n";
  const Document document = Read(text, "a.txt");
  EXPECT_EQ(document.text, text);
  EXPECT_TRUE(document.origin.empty());
  EXPECT_EQ(document.title, "A title that is set apart");
  EXPECT_EQ(document.author, "Jane Doe");
  EXPECT_EQ(document.date, "2021-03-05");
  EXPECT_EQ(document.source, "a.txt");
}

TEST(ReaderTest, ATextWithoutTitleHasNone) {
  EXPECT_EQ(Read("The text begins here. It goes on.\n\nMore text follows.", "a.txt").title, "");
  EXPECT_EQ(Read("Only one line", "a.txt").title, "");
}

TEST(ReaderTest, Markdown) {
  const std::string text =
      "---\ntitle: \"Front matter\"\ndate: 2020-01-02\n---\n\n# The *big* heading\n\nSome **bold** text with "
      "a [link](http://x.y/z) and\n"
      "`code` in snake_case words.\n\n- item one\n- item two\n\n```\ncode block\n```\n> "
      "quoted\n\nSetext\n------\n![image](x.png)End \\* mark.\n";
  const Document document = Read(text, "a.md");
  EXPECT_EQ(document.title, "Front matter");
  EXPECT_EQ(document.date, "2020-01-02");
  EXPECT_EQ(document.text,
            "The big heading\n\nSome bold text with a link and code in snake_case words.\n\nitem one\n\nitem "
            "two\n\nquoted\n\nSetext\n\n"
            "End * mark.");
  ExpectOriginsInInput(document, text);
  EXPECT_EQ(document.headings.size(), 2u);
}

TEST(ReaderTest, RefusedInputs) {
  EXPECT_THAT(ErrorOf("", "e.txt"), HasSubstr("no text"));
  EXPECT_THAT(ErrorOf(" \n\t\r\n", "e.txt"), HasSubstr("no text"));
  EXPECT_THAT(ErrorOf("<html><script>x</script></html>", "e.html"), HasSubstr("no text"));
  EXPECT_THAT(ErrorOf("abc\n\xC3(", "u.txt"), HasSubstr("byte 0xC3 at offset 4 (line 2)"));
  EXPECT_THAT(ErrorOf("abc\xED\xA0\x80", "u.txt"), HasSubstr("offset 3"));
  EXPECT_THAT(ErrorOf(std::string_view("PK\x03\x04\0\0", 6), "b.docx"), HasSubstr("binary data"));
  EXPECT_THAT(ErrorOf("\x01\x02\x03\x04 abc", "b.txt"), HasSubstr("binary data"));
  EXPECT_THAT(ErrorOf("e.txt", "name.txt"), "");
  EXPECT_THAT(ErrorOf("\xC3(", "name.txt"), HasSubstr("name.txt"));
}

TEST(ReaderTest, ALineOfFiftyMegabytesIsRefused) {
  const std::string line(size_t{50} << 20, 'x');
  const auto document = ReadArticle(line, "big.txt");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(MessageOf(document.status()), HasSubstr("limit is 16 MB"));
}

TEST(DateTest, Forms) {
  EXPECT_EQ(FindDate("2020-11-29T10:00:00Z"), "2020-11-29");
  EXPECT_EQ(FindDate("Nov. 29, 2020"), "2020-11-29");
  EXPECT_EQ(FindDate("Published on Sunday, 29 November 2020"), "2020-11-29");
  EXPECT_EQ(FindDate("Sept 3rd, 2019"), "2019-09-03");
  EXPECT_EQ(FindDate("31 February 2020"), "");
  EXPECT_EQ(FindDate("On March 5, 2021 the bridge fell"), "");
  EXPECT_EQ(FindDate("12 angry men"), "");
}

}  // namespace
}  // namespace dossier::ingest
