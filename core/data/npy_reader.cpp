// NumPy's .npy format, versions 1.0 and 2.0 (NEP 1): a magic string, a header that is a Python dictionary,
// raw numbers.
#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the reader copies little-endian numbers as they are");

struct Header {
  std::string descr;
  bool fortran = false;
  std::size_t rows = 0, columns = 0;
  std::size_t offset = 0;  // of the first number
};

class HeaderReader {
 public:
  HeaderReader(std::span<const std::byte> bytes, const std::string& file)
      : text_(reinterpret_cast<const char*>(bytes.data()), bytes.size()),
        file_(file) {}

  Header read() {
    if (!text_.starts_with("\x93NUMPY") || text_.size() < 12) throw fail("is not an npy file");
    const int version = text_[6];
    if (version != 1 && version != 2)
      throw fail("npy version " + std::to_string(version) + ": must be 1 or 2");
    const std::size_t length = little_endian(8, version == 1 ? 2 : 4), start = version == 1 ? 10 : 12;
    if (length > text_.size() - start) throw fail("the header is cut off");
    dictionary_ = text_.substr(start, length);
    Header header;
    header.descr = quoted(after("'descr':"));
    header.fortran = after("'fortran_order':").starts_with("True");
    read_shape(after("'shape':"), header);
    header.offset = start + length;
    return header;
  }

  InputError fail(const std::string& why) const { return InputError(why, {file_, 0, 0}); }

 private:
  std::size_t little_endian(std::size_t at, int bytes) const {
    std::size_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
      value = value * 256 + static_cast<unsigned char>(text_[at + static_cast<std::size_t>(i)]);
    return value;
  }

  std::string_view after(std::string_view key) const {
    const std::size_t at = dictionary_.find(key);
    if (at == std::string_view::npos) throw fail("the header has no " + std::string(key));
    std::string_view rest = dictionary_.substr(at + key.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    return rest;
  }

  std::string quoted(std::string_view rest) const {
    const std::size_t end = rest.find('\'', 1);
    if (!rest.starts_with('\'') || end == std::string_view::npos)
      throw fail("structured arrays are not read");
    return std::string(rest.substr(1, end - 1));
  }

  void read_shape(std::string_view rest, Header& header) const {
    std::vector<std::size_t> shape;
    std::size_t value = 0;
    bool digits = false;
    for (char c : rest) {
      if (c >= '0' && c <= '9') {
        if (value > (std::size_t{1} << 40)) throw fail("the shape is too large");
        value = value * 10 + static_cast<std::size_t>(c - '0');
        digits = true;
      } else if (c == ',' || c == ')') {
        if (digits) shape.push_back(value);
        value = 0;
        digits = false;
        if (c == ')') break;
      }
    }
    if (shape.size() == 1) shape.push_back(1);
    if (shape.size() != 2) throw fail("the array has " + std::to_string(shape.size()) + " axes: must have 2");
    header.rows = shape[0];
    header.columns = shape[1];
  }

  std::string_view text_, dictionary_;
  const std::string& file_;
};

template <class T>
double number_at(const std::byte* numbers, std::size_t index) {
  T value;
  std::memcpy(&value, numbers + index * sizeof(T), sizeof(T));
  return static_cast<double>(value);
}

}  // namespace

Dataset read_npy(std::span<const std::byte> bytes, const std::string& file, int dimension) {
  HeaderReader reader(bytes, file);
  const Header h = reader.read();
  if (h.descr != "<f8" && h.descr != "<f4")
    throw reader.fail("the numbers are of type " + h.descr +
                      ": must be little-endian float32 (<f4) or float64 (<f8)");
  const auto d = static_cast<std::size_t>(dimension);
  if (h.columns != d && h.columns != d + 1)
    throw reader.fail("has shape " + std::to_string(h.rows) + " x " + std::to_string(h.columns) +
                      ": must be N x " + std::to_string(d) + ", or N x " + std::to_string(d + 1) +
                      " with labels");
  if (h.rows == 0) throw reader.fail("has no points");
  const std::size_t width = h.descr == "<f8" ? 8 : 4;
  if ((bytes.size() - h.offset) / width < h.rows * h.columns)
    throw reader.fail("is cut off: fewer numbers than its shape says");

  Dataset data;
  const auto rows = static_cast<Eigen::Index>(h.rows);
  data.points.resize(rows, dimension);
  if (h.columns == d + 1) data.labels.resize(rows);
  const std::byte* numbers = bytes.data() + h.offset;
  for (std::size_t i = 0; i < h.rows; ++i) {
    for (std::size_t j = 0; j < h.columns; ++j) {
      const std::size_t at = h.fortran ? j * h.rows + i : i * h.columns + j;
      const double value = width == 8 ? number_at<double>(numbers, at) : number_at<float>(numbers, at);
      const std::string where = "entry (" + std::to_string(i) + ", " + std::to_string(j) + ") ";
      if (!std::isfinite(value)) throw reader.fail(where + "must be finite");
      const auto row = static_cast<Eigen::Index>(i);
      if (j < d) {
        data.points(row, static_cast<Eigen::Index>(j)) = value;
      } else {
        if (value != std::floor(value) || value < -1 || value > 1e6)
          throw reader.fail(where + "is a label: must be a whole number from -1 up");
        data.labels[row] = static_cast<int>(value);
      }
    }
  }
  return data;
}

}  // namespace iem
