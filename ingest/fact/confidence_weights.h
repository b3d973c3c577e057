// Made by tools/fit_confidence.py; do not edit. Sorted by kind and feature.
#pragma once

#include <string_view>

namespace dossier::ingest::confidence {

struct Weight {
  std::string_view feature;
  double value;
};
inline constexpr Weight kTuple[] = {{"bias", 0.0}};
inline constexpr Weight kFactFast[] = {{"bias", 0.0}};
inline constexpr Weight kFactAccurate[] = {{"bias", 0.0}};

}  // namespace dossier::ingest::confidence
