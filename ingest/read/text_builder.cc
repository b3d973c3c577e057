#include "ingest/read/text_builder.h"

#include <algorithm>
#include <utility>

namespace dossier::ingest {

void TextBuilder::Flush() {
  const auto origin = static_cast<uint32_t>(pending_origin_);
  const std::string_view white = text_.empty()                   ? ""
                                 : pending_ == Pending::kSpace   ? " "
                                 : pending_ == Pending::kNewline ? "\n"
                                 : pending_ == Pending::kBlock   ? "\n\n"
                                                                 : "";
  text_ += white;
  origin_.insert(origin_.end(), white.size(), origin);
  pending_ = Pending::kNone;
  if (heading_open_ && !std::exchange(heading_started_, true))
    headings_.push_back({text_.size(), text_.size()});
}

void TextBuilder::Append(std::string_view bytes, size_t origin) {
  if (bytes.empty()) return;
  Flush();
  text_ += bytes;
  for (size_t i = 0; i < bytes.size(); ++i) origin_.push_back(static_cast<uint32_t>(origin + i));
  pending_origin_ = origin + bytes.size();
}

void TextBuilder::AppendDecoded(std::string_view bytes, size_t origin) {
  if (bytes.empty()) return;
  Flush();
  text_ += bytes;
  origin_.insert(origin_.end(), bytes.size(), static_cast<uint32_t>(origin));
  pending_origin_ = origin + 1;
}

void TextBuilder::Space(size_t origin) {
  if (pending_ != Pending::kNone) return;
  pending_ = Pending::kSpace;
  pending_origin_ = origin;
}

void TextBuilder::Newline(size_t origin) {
  if (pending_ == Pending::kBlock) return;
  pending_ = Pending::kNewline;
  pending_origin_ = origin;
}

void TextBuilder::EndBlock() { pending_ = Pending::kBlock; }

void TextBuilder::BeginHeading() {
  EndBlock();
  heading_open_ = true;
  heading_started_ = false;
}

void TextBuilder::EndHeading() {
  if (heading_open_ && heading_started_) headings_.back().end = text_.size();
  heading_open_ = false;
  EndBlock();
}

void TextBuilder::Finish(size_t input_size, Document& document) {
  if (heading_open_) EndHeading();
  document.text = std::move(text_);
  origin_.push_back(static_cast<uint32_t>(input_size));
  document.origin = std::move(origin_);
  document.headings = std::move(headings_);
}

}  // namespace dossier::ingest
