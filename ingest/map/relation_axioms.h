// What is known about relations by their meaning alone: which say the same with their ends swapped, which are symmetric, which exclude
// each other, which have one value at a time.
//
//   InversesOf("employ")            // {"work_for"}
//   IsSymmetric("meet_with")        // true
//   OppositesOf("accept")           // {"refuse", "reject"}
//
// The same as in docs/vocabulary.ttl (a test compares them); the mapper states those of the relations a document uses. Names are local
// names of relation IRIs. Pure, thread-safe; views live for ever.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace dossier::ingest {

std::vector<std::string_view> InversesOf(std::string_view relation);
std::vector<std::string_view> OppositesOf(std::string_view relation);
bool IsSymmetric(std::string_view relation);
bool IsFunctional(std::string_view relation);

// All of them, for documentation and tests: pairs once, sorted.
std::vector<std::pair<std::string_view, std::string_view>> AllInverses();
std::vector<std::pair<std::string_view, std::string_view>> AllOpposites();
std::vector<std::string_view> AllSymmetric();
std::vector<std::string_view> AllFunctional();

}  // namespace dossier::ingest
