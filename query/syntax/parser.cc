#include "query/syntax/parser.h"

#include "graph/base/strings.h"
#include "query/syntax/check.h"
#include "query/syntax/grammar.h"
#include "query/syntax/lexer.h"

namespace dossier::query {
namespace {

constexpr size_t kMaxText = size_t{64} << 20;

template <typename Tree, typename Rule>
absl::StatusOr<Tree> Parse(const Rule& rule, std::string_view text, const ParseOptions& options) {
  if (text.size() > kMaxText)
    return InvalidArgument(Cat("a query text may have 64 MiB, this one has ", text.size(), " bytes"));
  ASSIGN_OR_RETURN(const std::vector<syntax::Token> tokens, syntax::Tokenize(text));
  RETURN_IF_ERROR(syntax::CheckNesting(text, tokens, kMaxNesting));
  syntax::State state(text, tokens, options.base, options.prefixes);
  const syntax::Context context = syntax::x3::make_context<syntax::StateTag>(state);
  syntax::Iterator first = tokens.data();
  const syntax::Iterator last = tokens.data() + tokens.size();
  Tree tree;
  if (!rule.parse(first, last, context, syntax::x3::unused, tree) || state.failed()) return state.Error();
  return tree;
}

}  // namespace

absl::StatusOr<ast::Query> ParseQuery(std::string_view text, const ParseOptions& options) {
  ASSIGN_OR_RETURN(ast::Query query, Parse<ast::Query>(syntax::rules::query, text, options));
  RETURN_IF_ERROR(syntax::CheckQuery(text, query));
  return query;
}

absl::StatusOr<ast::Update> ParseUpdate(std::string_view text, const ParseOptions& options) {
  ASSIGN_OR_RETURN(ast::Update update, Parse<ast::Update>(syntax::rules::update, text, options));
  RETURN_IF_ERROR(syntax::CheckUpdate(text, update));
  return update;
}

}  // namespace dossier::query
