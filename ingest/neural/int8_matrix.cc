#include "ingest/neural/int8_matrix.h"

#include <cmath>
#include <cstring>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

constexpr size_t kHeader = 64;

size_t Pad(size_t n) { return (n + 63) / 64 * 64; }

// The section's bytes after the header with the two sizes; they must be there in full.
absl::StatusOr<std::string_view> Body(const ModelFile& file, std::string_view name, size_t first, size_t second, size_t size) {
  const std::string_view bytes = file.Section(name);
  uint32_t sizes[2] = {};
  if (bytes.size() != kHeader + size) return DataLoss(Cat("section \"", name, "\" of the model does not have its size"));
  std::memcpy(sizes, bytes.data(), sizeof sizes);
  if (sizes[0] != first || sizes[1] != second) {
    return DataLoss(Cat("section \"", name, "\" of the model is ", sizes[0], " x ", sizes[1], ", not ", first, " x ", second));
  }
  return bytes.substr(kHeader);
}

bool AllFinite(const float* x, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (!std::isfinite(x[i])) return false;
  }
  return true;
}

}  // namespace

void QuantizedRows::Assign(const Kernels& kernels, const float* x, size_t rows, size_t columns) {
  columns_ = columns;
  values_.resize(rows * columns);
  scales_.resize(rows);
  for (size_t r = 0; r < rows; ++r) kernels.quantize_row(x + r * columns, columns, values_.data() + r * columns, &scales_[r]);
}

absl::StatusOr<Int8Matrix> Int8Matrix::FromSection(const ModelFile& file, std::string_view name, size_t inputs, size_t outputs) {
  ASSIGN_OR_RETURN(const std::string_view body, Body(file, name, inputs, outputs, 12 * outputs + inputs * outputs));
  Int8Matrix matrix;
  matrix.inputs_ = inputs;
  matrix.outputs_ = outputs;
  matrix.scales_ = reinterpret_cast<const float*>(body.data());
  matrix.bias_ = matrix.scales_ + outputs;
  matrix.sums_ = reinterpret_cast<const int32_t*>(matrix.bias_ + outputs);
  matrix.weights_ = reinterpret_cast<const int8_t*>(matrix.sums_ + outputs);
  if (!AllFinite(matrix.scales_, 2 * outputs)) return DataLoss(Cat("section \"", name, "\" of the model holds no numbers"));
  return matrix;
}

void Int8Matrix::Apply(const Kernels& kernels, const QuantizedRows& rows, float* out) const {
  Int8Product product;
  product.rows = rows.values();
  product.row_scales = rows.scales();
  product.row_count = rows.rows();
  product.inputs = inputs_;
  product.weights = weights_;
  product.column_scales = scales_;
  product.bias = bias_;
  product.column_sums = sums_;
  product.outputs = outputs_;
  product.out = out;
  kernels.multiply(product);
}

absl::StatusOr<Int8Rows> Int8Rows::FromSection(const ModelFile& file, std::string_view name, size_t rows, size_t columns) {
  ASSIGN_OR_RETURN(const std::string_view body, Body(file, name, rows, columns, Pad(4 * rows) + rows * columns));
  Int8Rows table;
  table.rows_ = rows;
  table.columns_ = columns;
  table.scales_ = reinterpret_cast<const float*>(body.data());
  table.values_ = reinterpret_cast<const int8_t*>(body.data() + Pad(4 * rows));
  if (!AllFinite(table.scales_, rows)) return DataLoss(Cat("section \"", name, "\" of the model holds no numbers"));
  return table;
}

absl::StatusOr<const float*> FloatsOfSection(const ModelFile& file, std::string_view name, size_t count) {
  const std::string_view bytes = file.Section(name);
  if (bytes.size() != count * sizeof(float)) return DataLoss(Cat("section \"", name, "\" of the model does not have its size"));
  const auto* floats = reinterpret_cast<const float*>(bytes.data());
  if (!AllFinite(floats, count)) return DataLoss(Cat("section \"", name, "\" of the model holds no numbers"));
  return floats;
}

}  // namespace dossier::ingest
