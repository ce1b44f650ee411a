// NumPy's array files to points: which columns count, and what stands in them.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/data/columns.h"
#include "core/data/label_noise.h"
#include "core/data/missing_rows.h"
#include "core/data/npy_header.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

// IEEE 754 binary16: sign, five bits of exponent, ten of fraction.
double half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double sign = bits >> 15 != 0 ? -1 : 1;
  if (exponent == 31) return fraction != 0 ? std::nan("") : sign * HUGE_VAL;
  return sign * std::ldexp(exponent == 0 ? fraction : fraction + 1024, std::max(exponent, 1) - 25);
}

class NpyReader {
 public:
  NpyReader(const NpyHeader& header, std::string_view numbers, const std::string& file,
            const TableRequest& request)
      : header_(header),
        numbers_(numbers),
        file_(file),
        request_(request),
        rows_(static_cast<std::size_t>(header.rows)),
        facts_(static_cast<std::size_t>(header.columns)) {}

  Dataset read() {
    const Columns columns = choose();
    Dataset out;
    out.words = columns.words;
    if (!columns.note.empty()) out.notes.push_back(columns.note);
    const bool labelled = columns.label != Columns::kNone;
    out.points.resize(static_cast<Eigen::Index>(rows_), static_cast<Eigen::Index>(columns.points.size()));
    if (labelled) out.labels.resize(static_cast<Eigen::Index>(rows_));
    MissingRows missing;
    Eigen::Index kept = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      const bool whole = read_row(columns.points, i, out.points, kept, missing);
      missing.count(!whole);
      if (whole && labelled && !label_of(number(i, columns.label), out.labels[kept]))
        throw error(i, columns.label, std::string("not a label: ") + kLabelRule);
      kept += whole ? 1 : 0;
    }
    missing.settle(request_.drop_missing, file_, out);
    out.points.conservativeResize(kept, Eigen::NoChange);
    if (labelled) out.labels.conservativeResize(kept);
    return out;
  }

 private:
  Columns choose() {
    Columns out;
    out.label = named_label(request_, facts_);
    out.points = named_columns(request_, facts_);
    const auto wanted = static_cast<std::size_t>(request_.dimension);
    if (!out.points.empty()) return out;
    // One column more than the points need, if it holds labels, is the labels.
    const bool follow = facts_.size() == wanted + 1 && out.label == Columns::kNone && holds_labels(wanted);
    if (follow) out.label = wanted;
    for (std::size_t d = 0; d < facts_.size(); ++d)
      if (d != out.label) out.points.push_back(d), look_at(d);
    if (out.points.size() > wanted) return chosen_columns(request_, facts_, out.label);
    if (out.points.size() < wanted)
      throw InputError("data.label: beside it the array has too few columns", request_.label_at);
    if (follow) {
      out.words = "column " + std::to_string(wanted + 1) + " as labels";
      out.note = out.words + ": it holds nothing but whole numbers; data.columns chooses others";
    }
    return out;
  }

  bool holds_labels(std::size_t column) const {
    int ignored = 0;
    for (std::size_t i = 0; i < rows_; ++i)
      if (!label_of(number(i, column), ignored)) return false;
    return true;
  }

  void look_at(std::size_t column) {
    for (std::size_t i = 0; i < rows_; ++i)
      facts_[column].add_number(number(i, column), static_cast<std::int64_t>(i));
  }

  // Reads row `row` of the file into row `kept` of the points; false where a number is missing.
  bool read_row(const std::vector<std::size_t>& columns, std::size_t row, Eigen::MatrixXd& points,
                Eigen::Index kept, MissingRows& missing) const {
    bool whole = true;
    for (std::size_t d = 0; d < columns.size(); ++d) {
      const double value = number(row, columns[d]);
      points(kept, static_cast<Eigen::Index>(d)) = value;
      if (std::isinf(value)) throw error(row, columns[d], "infinity is not allowed: numbers must be finite");
      if (!std::isnan(value)) continue;
      whole = false;
      if (missing.first()) {
        const InputError here = error(row, columns[d], "nan is no number");
        missing.see(here.message(), here.at());
      }
    }
    return whole;
  }

  InputError error(std::size_t row, std::size_t column, const std::string& what) const {
    return InputError(
        "row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1) + ": " + what, {file_});
  }

  double number(std::size_t row, std::size_t column) const {
    const std::size_t index = header_.fortran_order ? column * rows_ + row : row * facts_.size() + column;
    const char* bytes = numbers_.data() + index * header_.item_size;
    std::uint64_t bits = 0;
    for (std::size_t b = 0; b < header_.item_size; ++b) {
      const std::size_t place = header_.big_endian ? header_.item_size - 1 - b : b;
      bits |= std::uint64_t{static_cast<unsigned char>(bytes[place])} << (8 * b);
    }
    if (header_.kind == 'i') {  // the highest byte holds the sign
      const std::size_t unused = 64 - 8 * header_.item_size;
      return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
    }
    if (header_.kind != 'f') return static_cast<double>(bits);
    if (header_.item_size == 8) return std::bit_cast<double>(bits);
    if (header_.item_size == 2) return half(static_cast<std::uint16_t>(bits));
    return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }

  const NpyHeader& header_;
  std::string_view numbers_;
  const std::string& file_;
  const TableRequest& request_;
  std::size_t rows_;
  std::vector<ColumnFacts> facts_;
};

}  // namespace

Dataset read_npy(std::span<const std::byte> bytes, const std::string& file, const TableRequest& request) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::string_view numbers;
  const NpyHeader header = read_npy_header(text, file, request.dimension, numbers);
  return NpyReader(header, numbers, file, request).read();
}

}  // namespace iem
