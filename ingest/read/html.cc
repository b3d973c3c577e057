#include <gumbo.h>

#include <algorithm>
#include <memory>

#include "graph/base/strings.h"
#include "ingest/read/date.h"
#include "ingest/read/formats.h"
#include "ingest/read/html_text.h"
#include "ingest/read/text_builder.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

struct OutputDeleter {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

// What a page says about itself, the most reliable sources last.
struct PageMetadata {
  std::string title_element, og_title, heading;
  size_t headings = 0;
  std::string author;
  std::string date;
};

void SetIfEmpty(std::string& field, std::string_view value) {
  if (field.empty()) field = std::string(value);
}

// The string value of the first `"key": "value"` in JSON text after `from`; npos-safe, no unescaping beyond
// \" and \\.
std::string JsonString(std::string_view json, std::string_view key, size_t from) {
  const std::string quoted = Cat("\"", key, "\"");
  size_t at = json.find(quoted, from);
  if (at == std::string_view::npos) return "";
  at = json.find_first_not_of(" \t\r\n:", at + quoted.size());
  if (at == std::string_view::npos || json[at] != '"') return "";
  std::string value;
  for (size_t i = at + 1; i < json.size() && json[i] != '"' && value.size() < 500; ++i) {
    if (json[i] == '\\' && i + 1 < json.size()) ++i;
    value.push_back(json[i]);
  }
  return value;
}

void ReadJsonLd(std::string_view json, PageMetadata& page) {
  SetIfEmpty(page.date, FindDate(JsonString(json, "datePublished", 0)));
  if (const size_t author = json.find("\"author\""); author != std::string_view::npos) {
    std::string name = JsonString(json, "author", author);
    if (name.empty()) name = JsonString(json, "name", author);
    if (name.find("http") != 0) SetIfEmpty(page.author, name);
  }
}

void ReadMeta(const GumboNode* node, PageMetadata& page) {
  const std::string_view content = AttributeOf(node, "content");
  for (const char* attribute : {"name", "property", "itemprop"}) {
    const std::string key = ToLower(AttributeOf(node, attribute));
    if (key == "og:title" || key == "twitter:title") SetIfEmpty(page.og_title, content);
    if (key == "author" || key == "article:author" || key == "dc.creator" || key == "byl") {
      if (content.find("://") == std::string_view::npos) SetIfEmpty(page.author, content);
    }
    if (key == "article:published_time" || key == "date" || key == "dc.date" || key == "datepublished" ||
        key == "pubdate" || key == "dcterms.date" || key == "publish-date") {
      SetIfEmpty(page.date, FindDate(content));
    }
  }
}

PageMetadata ReadMetadata(const GumboNode* root) {
  PageMetadata page;
  std::string time_date;
  const GumboNode* node = root;
  while (node != nullptr) {
    if (node->type == GUMBO_NODE_ELEMENT) {
      switch (node->v.element.tag) {
        case GUMBO_TAG_META:
          ReadMeta(node, page);
          break;
        case GUMBO_TAG_TITLE:
          SetIfEmpty(page.title_element, FlatText(node));
          break;
        case GUMBO_TAG_H1:
          ++page.headings;
          SetIfEmpty(page.heading, FlatText(node));
          break;
        case GUMBO_TAG_TIME:
          SetIfEmpty(time_date, FindDate(AttributeOf(node, "datetime")));
          break;
        case GUMBO_TAG_SCRIPT:
          if (ToLower(AttributeOf(node, "type")) == "application/ld+json") ReadJsonLd(FlatText(node), page);
          break;
        default:
          break;
      }
      if (const std::string_view rel = AttributeOf(node, "rel"); rel == "author")
        SetIfEmpty(page.author, FlatText(node));
    }
    node = NextNode(node, root, false, [](const GumboNode*) {});
  }
  SetIfEmpty(page.date, time_date);
  return page;
}

// "Title | Site" and "Title - Site" without the site.
std::string WithoutSite(const std::string& title) {
  for (const std::string_view separator : {" | ", " \u2013 ", " \u2014 ", " - ", " :: "}) {
    const size_t at = title.rfind(separator);
    if (at != std::string::npos && at >= 15 && at * 2 > title.size()) return title.substr(0, at);
  }
  return title;
}

}  // namespace

absl::Status ReadHtml(std::string_view bytes, const ReadOptions& options, Document& document) {
  RETURN_IF_ERROR(CheckHtmlNesting(bytes, options.max_depth));
  const std::unique_ptr<GumboOutput, OutputDeleter> output(
      gumbo_parse_with_options(&kGumboDefaultOptions, bytes.data(), bytes.size()));
  if (output == nullptr || output->root == nullptr) return InvalidArgument("the HTML cannot be parsed");
  const PageMetadata page = ReadMetadata(output->root);
  document.author = page.author;
  document.date = page.date;
  document.title = !page.og_title.empty()        ? WithoutSite(page.og_title)
                   : page.headings == 1          ? page.heading
                   : !page.title_element.empty() ? WithoutSite(page.title_element)
                                                 : page.heading;
  TextBuilder builder;
  AppendHtmlText(FindMainContent(output->root), bytes, builder);
  builder.Finish(bytes.size(), document);
  if (const std::string_view language = AttributeOf(output->root, "lang"); language.size() >= 2) {
    document.language = ToLower(language.substr(0, language.find('-')));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ingest
