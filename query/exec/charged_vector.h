// A vector whose memory is charged to the query's budget before it is taken, and given back when it goes.
//
//   ChargedVector<Pair> pairs(context, "path");
//   RETURN_IF_ERROR(pairs.MakeRoom(2));
//   pairs.Add(a); pairs.Add(b);
//
// While it grows both the old and the new memory are charged. Movable, not copyable. Elements must be trivially copyable.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "query/exec/query_context.h"

namespace dossier::query {

template <typename T>
class ChargedVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // `what` names it in errors and must outlive it.
  ChargedVector(QueryContext& context, std::string_view what) : context_(&context), what_(what) {}
  ChargedVector(ChargedVector&& other) noexcept { *this = std::move(other); }
  ChargedVector& operator=(ChargedVector&& other) noexcept {
    if (this == &other) return *this;
    Release();
    context_ = other.context_;
    what_ = other.what_;
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }
  ~ChargedVector() { Release(); }

  // Room for `more` elements.
  absl::Status MakeRoom(size_t more) {
    if (size_ + more <= capacity_) return absl::OkStatus();
    const size_t capacity = std::max({size_ + more, capacity_ + capacity_ / 2, size_t{16}});
    RETURN_IF_ERROR(context_->Charge(static_cast<int64_t>(capacity * sizeof(T)), what_));
    auto data = std::make_unique_for_overwrite<T[]>(capacity);
    std::copy_n(data_.get(), size_, data.get());
    context_->Charge(-static_cast<int64_t>(capacity_ * sizeof(T)), what_).IgnoreError();
    data_ = std::move(data);
    capacity_ = capacity;
    return absl::OkStatus();
  }
  // Precondition: there is room.
  void Add(const T& element) { data_[size_++] = element; }
  // Keeps the memory.
  void Clear() { size_ = 0; }
  void Shrink(size_t size) { size_ = size; }
  // Gives the memory back.
  void Release() {
    if (capacity_ > 0) context_->Charge(-static_cast<int64_t>(capacity_ * sizeof(T)), what_).IgnoreError();
    data_.reset();
    size_ = capacity_ = 0;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data_.get(); }
  T* end() { return data_.get() + size_; }
  const T* begin() const { return data_.get(); }
  const T* end() const { return data_.get() + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  QueryContext* context_ = nullptr;
  std::string_view what_;
  std::unique_ptr<T[]> data_;
  size_t size_ = 0, capacity_ = 0;
};

}  // namespace dossier::query
