#include "core/data/npy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

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
    constexpr std::array<std::string_view, 12> kTypes = {"f4", "f8", "i1", "i2", "i4", "i8",
                                                         "u1", "u2", "u4", "u8", "b1", "f2"};
    blanks();
    if (text_.substr(at_, 1) == "[") fail("structured arrays are not read: save the numbers as N x D");
    const std::string_view type = word();
    const bool order = !type.empty() && std::string_view("<>|=").find(type[0]) != std::string_view::npos;
    if (!order || std::ranges::find(kTypes, type.substr(1)) == kTypes.end())
      fail("numbers of type '" + printable(type) + "' are not read: integers and floats of 2 to 8 bytes are");
    header_.kind = type[1];
    header_.item_size = static_cast<std::size_t>(type[2] - '0');
    header_.big_endian = type[0] == '>';
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
    if (shape.size() != 2 || shape[1] < static_cast<std::uint64_t>(dimension_))
      fail("the array is " + described(shape) + ", must be N x D with at least " +
           std::to_string(dimension_) + (dimension_ == 1 ? " column" : " columns"));
    header_.rows = shape[0];
    header_.columns = shape[1];
  }

  static std::string described(const std::vector<std::uint64_t>& shape) {
    std::string out;
    for (const auto length : shape) out += (out.empty() ? "" : " x ") + std::to_string(length);
    out = printable(out, 100);
    return shape.empty() ? "a single number" : shape.size() == 1 ? "a vector of " + out : out;
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
  const bool wide = header.columns > available;  // and the product might wrap around
  const std::uint64_t row_size = wide ? 0 : header.columns * header.item_size;
  if (!wide && available % row_size == 0 && available / row_size == header.rows) return;
  if (wide)
    throw InputError("the header promises " + std::to_string(header.columns) + " columns, the file holds " +
                         std::to_string(available) + " bytes of numbers",
                     {file});
  throw InputError("the header promises " + std::to_string(header.rows) + " rows of " +
                       std::to_string(row_size) + " bytes, the file holds " + std::to_string(available) +
                       " bytes of numbers",
                   {file});
}

}  // namespace

NpyHeader read_npy_header(std::string_view file_bytes, const std::string& file, int dimension,
                          std::string_view& numbers) {
  std::size_t start = 0;
  const std::string_view dictionary = header_text(file_bytes, file, start);
  const NpyHeader header = HeaderParser(dictionary, file, dimension).parse();
  check_size(header, file_bytes.size() - start, file);
  numbers = file_bytes.substr(start);
  return header;
}

}  // namespace iem
