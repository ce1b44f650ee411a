// NumPy's array files (NEP 1): "\x93NUMPY", version, length of the header, the header as a Python dictionary
// {'descr': '<f8', 'fortran_order': False, 'shape': (342, 2), }, then the bytes of the array.
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/data/labels.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand in the file");

struct NpyHeader {
  std::size_t item_size = 0;  // 4 or 8 bytes
  bool fortran_order = false;
  std::uint64_t rows = 0, columns = 0;
};

// The header's dictionary: three known keys in any order, nothing else.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, const std::string& file, int dimension)
      : text_(text),
        file_(file),
        dimension_(dimension) {}

  NpyHeader parse() {
    bool descr = false, order = false, shape = false;
    expect('{');
    while (!accept('}')) {
      const std::string_view key = word();
      expect(':');
      bool* seen = key == "descr"           ? &descr
                   : key == "fortran_order" ? &order
                   : key == "shape"         ? &shape
                                            : nullptr;
      if (seen == nullptr || *seen) fail("unexpected key '" + printable(key) + "' in the header");
      *seen = true;
      if (seen == &descr) read_type();
      if (seen == &order) read_order();
      if (seen == &shape) read_shape();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    blanks();
    if (at_ != text_.size()) fail("text after the header");
    if (!descr || !order || !shape) fail("the header lacks descr, fortran_order or shape");
    return header_;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { throw InputError(message, {file_}); }

  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool accept(char c) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(std::string("broken header: '") + c + "' expected");
  }

  std::string_view word() {
    expect('\'');
    const auto end = text_.find('\'', at_);
    if (end == std::string_view::npos) fail("broken header: a quote is never closed");
    const auto out = text_.substr(at_, end - at_);
    at_ = end + 1;
    return out;
  }

  void read_type() {
    blanks();
    if (text_.substr(at_, 1) == "[") fail("structured arrays are not read: float32 or float64 is needed");
    const std::string_view type = word();
    if (type == ">f8" || type == ">f4") fail("big-endian numbers are not read: save them little-endian");
    if (type != "<f8" && type != "<f4")
      fail("numbers of type '" + printable(type) + "' are not read: float32 or float64 is needed");
    header_.item_size = type == "<f8" ? 8 : 4;
  }

  void read_order() {
    blanks();
    for (const std::string_view value : {"True", "False"})
      if (text_.substr(at_, value.size()) == value) {
        header_.fortran_order = value == "True";
        at_ += value.size();
        return;
      }
    fail("broken header: fortran_order is neither True nor False");
  }

  void read_shape() {
    std::vector<std::uint64_t> shape;
    expect('(');
    while (!accept(')')) {
      std::uint64_t length = 0;
      blanks();
      const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), length);
      if (error != std::errc()) fail("broken header: the shape is not a tuple of lengths");
      at_ = static_cast<std::size_t>(end - text_.data());
      shape.push_back(length);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    if (shape.size() == 1 && dimension_ == 1) shape.push_back(1);
    const auto d = static_cast<std::uint64_t>(dimension_);
    if (shape.size() != 2 || (shape[1] != d && shape[1] != d + 1))
      fail("the array is " + described(shape) + ", " + wanted());
    header_.rows = shape[0];
    header_.columns = shape[1];
  }

  static std::string described(const std::vector<std::uint64_t>& shape) {
    std::string out;
    for (const auto length : shape) out += (out.empty() ? "" : " x ") + std::to_string(length);
    out = printable(out, 100);
    return shape.empty() ? "a single number" : shape.size() == 1 ? "a vector of " + out : out;
  }
  std::string wanted() const {
    return "must be N x " + std::to_string(dimension_) + ", or N x " + std::to_string(dimension_ + 1) +
           " with labels";
  }

  std::string_view text_;
  const std::string& file_;
  int dimension_;
  std::size_t at_ = 0;
  NpyHeader header_;
};

// Splits the file into header text and array bytes.
std::string_view header_text(std::string_view bytes, const std::string& file, std::size_t& data_start) {
  const SourcePosition at{file};
  if (!bytes.starts_with("\x93NUMPY"))
    throw InputError("not a .npy file: it does not begin with \\x93NUMPY", at);
  if (bytes.size() < 10) throw InputError("the file ends within its header", at);
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::size_t major = byte(6);
  if (byte(7) != 0 || (major != 1 && major != 2))
    throw InputError(".npy version " + std::to_string(major) + "." + std::to_string(byte(7)) +
                         " is not read: 1.0 or 2.0 is needed",
                     at);
  const std::size_t start = major == 1 ? 10 : 12;
  if (bytes.size() < start) throw InputError("the file ends within its header", at);
  std::size_t length = byte(8) | byte(9) << 8;
  if (major == 2) length |= byte(10) << 16 | byte(11) << 24;
  if (length > bytes.size() - start) throw InputError("the file ends within its header", at);
  data_start = start + length;
  return bytes.substr(start, length);
}

// Sizes are compared by division, so that a shape of 2^63 rows cannot wrap around; nothing is allocated
// before.
void check_size(const NpyHeader& header, std::size_t available, const std::string& file) {
  if (header.rows == 0) throw InputError("the array has no rows", {file});
  const std::uint64_t row_size = header.columns * header.item_size;
  if (available % row_size == 0 && available / row_size == header.rows) return;
  throw InputError("the header promises " + std::to_string(header.rows) + " rows of " +
                       std::to_string(row_size) + " bytes, the file holds " + std::to_string(available) +
                       " bytes of numbers",
                   {file});
}

double item(const char* bytes, std::size_t size) {
  if (size == 8) {
    double number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return number;
  }
  float number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return static_cast<double>(number);
}

}  // namespace

Dataset read_npy(std::span<const std::byte> bytes, const std::string& file, int dimension) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::size_t start = 0;
  const std::string_view dictionary = header_text(text, file, start);
  const NpyHeader header = HeaderParser(dictionary, file, dimension).parse();
  check_size(header, text.size() - start, file);

  const auto rows = static_cast<std::size_t>(header.rows), columns = static_cast<std::size_t>(header.columns);
  Dataset out;
  out.points.resize(static_cast<Eigen::Index>(rows), dimension);
  if (columns > static_cast<std::size_t>(dimension)) out.labels.resize(static_cast<Eigen::Index>(rows));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t d = 0; d < columns; ++d) {
      const std::size_t index = header.fortran_order ? d * rows + i : i * columns + d;
      const double number = item(text.data() + start + index * header.item_size, header.item_size);
      const auto fail = [&](const std::string& message) {
        throw InputError(
            "row " + std::to_string(i + 1) + ", column " + std::to_string(d + 1) + ": " + message, {file});
      };
      const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(d);
      if (column < out.points.cols()) {
        if (!std::isfinite(number)) fail("nan and infinity are not allowed: numbers must be finite");
        out.points(row, column) = number;
      } else if (!label_of(number, out.labels(row))) {
        fail(std::string("not a label: ") + kLabelRule);
      }
    }
  return out;
}

}  // namespace iem
