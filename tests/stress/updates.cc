#include "tests/stress/updates.h"

#include <random>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

Term RandomObject(const std::function<uint64_t()>& random, int depth) {
  const uint64_t n = random() % 40;
  switch (random() % 9) {
    case 0: return Term::Literal(Cat(n * 1000), std::string(xsd::kInteger));
    case 1: return Term::Literal(Cat("s", n));
    case 2: return Term::LangLiteral(Cat("a text of some length, number ", n), n % 2 == 0 ? "en" : "de");
    case 3: return Term::Literal(std::string(300 + n, static_cast<char>('a' + n % 26)));
    case 4: return Term::BlankNode(Cat("b", n % 10));
    case 5: return Term::Literal(Cat("0", n), std::string(xsd::kInteger));
    case 6:
      if (n == 0) return Term::Literal(std::string(6000, 'x'));
      return Term::Literal(Cat("2020-01-", 10 + n % 20), std::string(xsd::kDate));
    case 7:
      if (depth < 2) return Term::TripleTerm(Term::Iri(Cat("urn:s", n)), Term::Iri("urn:said"), RandomObject(random, depth + 1));
      [[fallthrough]];
    default: return Term::Iri(Cat("urn:s", n));
  }
}

std::string Line(const Quad& quad) {
  std::string line;
  AppendNQuad(quad, line);
  return line;
}

}  // namespace

Quad RandomQuad(const std::function<uint64_t()>& random) {
  const Term subject = random() % 8 == 0 ? Term::BlankNode(Cat("b", random() % 10)) : Term::Iri(Cat("urn:s", random() % 40));
  Quad quad(subject, Term::Iri(Cat("urn:p", random() % 6)), RandomObject(random, 0));
  const uint64_t graph = random() % 8;
  if (graph < 3) {
    quad.in_default_graph = false;
    quad.graph = graph == 0 ? Term::BlankNode("g") : Term::Iri(Cat("urn:g", graph));
  }
  return quad;
}

void Updates::EachChange(uint64_t number, const std::function<void(bool, const Quad&)>& visit) const {
  std::mt19937_64 engine(seed_ * 1'000'003 + number);
  const auto random = [&] { return engine(); };
  for (uint64_t i = 1 + engine() % 60; i > 0; --i) {
    const bool insert = engine() % 5 != 0;
    visit(insert, RandomQuad(random));
  }
  const auto marker = [](uint64_t n) { return Quad(Term::Iri("urn:marker"), Term::Iri("urn:step"), Term::Literal(Cat("step number ", n))); };
  visit(false, marker(number - 1));
  visit(true, marker(number));
}

absl::Status Updates::Apply(uint64_t number, Transaction& tx) const {
  absl::Status status;
  EachChange(number, [&](bool insert, const Quad& quad) {
    if (status.ok()) status = insert ? tx.Insert(quad) : tx.Remove(quad);
  });
  return status;
}

const std::set<std::string>& Updates::StateAfter(uint64_t number) {
  if (number < at_) {
    at_ = 0;
    state_.clear();
  }
  while (at_ < number) {
    EachChange(++at_, [&](bool insert, const Quad& quad) {
      if (insert) {
        state_.insert(Line(quad));
      } else {
        state_.erase(Line(quad));
      }
    });
  }
  return state_;
}

}  // namespace dossier::graph
