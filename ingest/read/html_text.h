// The main text of a parsed HTML page.
//
//   const GumboNode* main = FindMainContent(root);
//   AppendHtmlText(main, html, builder);
//
// All traversals are iterative. Thread-safe: pure functions over a tree that nobody changes.
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>

#include "ingest/read/text_builder.h"

namespace dossier::ingest {

// The element that holds the article, by a score of its paragraphs (length, commas), of the names of its
// classes, and of the share of its text that is links; `root` when nothing stands out.
const GumboNode* FindMainContent(const GumboNode* root);

// Appends the text under `node` in document order, blocks separated by empty lines, without scripts,
// navigation, forms and the like. `html` is the input that gumbo parsed; origins are offsets into it.
void AppendHtmlText(const GumboNode* node, std::string_view html, TextBuilder& builder);

// The text under `node` on one line, everything included.
std::string FlatText(const GumboNode* node);

// The value of attribute `name`, or "".
std::string_view AttributeOf(const GumboNode* node, const char* name);

// The node after `node` in document order within `root`; null at the end. `leave` is called for each element
// that ends in between.
template <typename Leave>
const GumboNode* NextNode(const GumboNode* node, const GumboNode* root, bool skip_children,
                          const Leave& leave) {
  const auto children = [](const GumboNode* n) -> const GumboVector* {
    const bool has = n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
    return has ? &n->v.element.children : n->type == GUMBO_NODE_DOCUMENT ? &n->v.document.children : nullptr;
  };
  if (const GumboVector* list = children(node); !skip_children && list != nullptr && list->length > 0) {
    return static_cast<const GumboNode*>(list->data[0]);
  }
  leave(node);
  while (node != root && node->parent != nullptr) {
    const GumboVector* siblings = children(node->parent);
    if (siblings != nullptr && node->index_within_parent + 1 < siblings->length) {
      return static_cast<const GumboNode*>(siblings->data[node->index_within_parent + 1]);
    }
    node = node->parent;
    leave(node);
  }
  return nullptr;
}

}  // namespace dossier::ingest
