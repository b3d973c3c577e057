// A linear layer with int8 weights, one scale a column, used where it lies in the model file.
//
//   ASSIGN_OR_RETURN(Int8Matrix up, Int8Matrix::FromSection(file, "L0.up"));
//   QuantizedRows rows;
//   rows.Assign(kernels, x, row_count, up.inputs());     // one scale a row
//   up.Apply(kernels, rows, out);                        // out[row_count][up.outputs()]
//
// As bytes: u32 inputs (a multiple of 16), u32 outputs (a multiple of 64), padded to 64; float scales[outputs], float
// bias[outputs], int32 sums of each column's weights, then the weights [outputs / 16][inputs / 4][16][4]. Borrows them;
// immutable; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "ingest/models/model_file.h"
#include "ingest/neural/kernels.h"

namespace dossier::ingest {

class QuantizedRows {
 public:
  void Assign(const Kernels& kernels, const float* x, size_t rows, size_t columns);

  size_t rows() const { return scales_.size(); }
  size_t columns() const { return columns_; }
  const uint8_t* values() const { return values_.data(); }
  const float* scales() const { return scales_.data(); }

 private:
  size_t columns_ = 0;
  std::vector<uint8_t> values_;
  std::vector<float> scales_;
};

class Int8Matrix {
 public:
  // DataLoss when the section is missing, does not have its size, or is not a matrix of `inputs` x `outputs`.
  static absl::StatusOr<Int8Matrix> FromSection(const ModelFile& file, std::string_view name, size_t inputs, size_t outputs);

  size_t inputs() const { return inputs_; }
  size_t outputs() const { return outputs_; }
  void Apply(const Kernels& kernels, const QuantizedRows& rows, float* out) const;

 private:
  size_t inputs_ = 0, outputs_ = 0;
  const float* scales_ = nullptr;
  const float* bias_ = nullptr;
  const int32_t* sums_ = nullptr;
  const int8_t* weights_ = nullptr;
};

// A table of int8 rows, one scale a row: u32 rows, u32 columns, padded to 64; float scales[rows] padded to 64 bytes;
// int8 values[rows][columns]. Borrows its bytes; immutable; thread-safe.
class Int8Rows {
 public:
  static absl::StatusOr<Int8Rows> FromSection(const ModelFile& file, std::string_view name, size_t rows, size_t columns);

  size_t rows() const { return rows_; }
  // x[0, columns) += row `row`
  void AddRow(const Kernels& kernels, size_t row, float* x) const {
    kernels.add_scaled(x, values_ + row * columns_, scales_[row], columns_);
  }

 private:
  size_t rows_ = 0, columns_ = 0;
  const float* scales_ = nullptr;
  const int8_t* values_ = nullptr;
};

// A section of exactly `count` finite floats.
absl::StatusOr<const float*> FloatsOfSection(const ModelFile& file, std::string_view name, size_t count);

}  // namespace dossier::ingest
