// Walking and copying algebra trees.
//
//   ForEachChild(*node, [](NodePtr& child) { ... });      // left before right; EXISTS patterns are not children
//   NodePtr copy = Clone(*node);
//
// Recursion (Clone) is as deep as the tree, which Translate() bounds by kMaxDepth. Thread-safe on trees that nobody changes.
#pragma once

#include <utility>

#include "query/algebra/algebra.h"

namespace dossier::query::algebra {

template <typename NodeType, typename F>
void ForEachChild(NodeType& node, F&& f) {
  std::visit(
      [&](auto& op) {
        if constexpr (requires { op.left; }) {
          f(op.left);
          f(op.right);
        } else if constexpr (requires { op.input; }) {
          f(op.input);
        }
      },
      node.op);
}

NodePtr Clone(const Node& node);

}  // namespace dossier::query::algebra
