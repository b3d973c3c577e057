#include "query/syntax/parser.h"

#include "graph/base/strings.h"
#include "query/syntax/check.h"
#include "query/syntax/grammar.h"
#include "query/syntax/lexer.h"

namespace dossier::query {
namespace {

constexpr size_t kMaxText = size_t{64} << 20;

}  // namespace

absl::StatusOr<ast::Query> ParseQuery(std::string_view text, const ParseOptions& options) {
  if (text.size() > kMaxText)
    return InvalidArgument(Cat("a query text may have 64 MiB, this one has ", text.size(), " bytes"));
  ASSIGN_OR_RETURN(const std::vector<syntax::Token> tokens, syntax::Tokenize(text));
  RETURN_IF_ERROR(syntax::CheckNesting(text, tokens, kMaxNesting));
  syntax::State state(text, tokens, options.base, options.prefixes);
  const syntax::Context context = syntax::x3::make_context<syntax::StateTag>(state);
  syntax::Iterator first = tokens.data();
  const syntax::Iterator last = tokens.data() + tokens.size();
  ast::Query query;
  if (!syntax::rules::query.parse(first, last, context, syntax::x3::unused, query) || state.failed())
    return state.Error();
  RETURN_IF_ERROR(syntax::CheckQuery(text, query));
  return query;
}

}  // namespace dossier::query
