#include "core/scene/value.h"

#include <charconv>
#include <cmath>

namespace iem {
namespace {

// The fewest digits that read back to the same bits; always recognisable as a float.
std::string real_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[40];
  std::string out(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          constexpr char kHex[] = "0123456789ABCDEF";
          out += std::string("\\u00") + kHex[(c >> 4) & 15] + kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

std::string tensor_text(const Tensor& tensor, std::size_t axis, std::size_t& at) {
  std::string out = "[";
  for (std::int64_t i = 0; i < tensor.shape[axis]; ++i) {
    if (i > 0) out += ", ";
    out += axis + 1 == tensor.shape.size() ? real_text(tensor.data[at++]) : tensor_text(tensor, axis + 1, at);
  }
  return out + "]";
}

struct ToToml {
  std::string operator()(bool v) const { return v ? "true" : "false"; }
  std::string operator()(std::int64_t v) const { return std::to_string(v); }
  std::string operator()(double v) const { return real_text(v); }
  std::string operator()(const std::string& v) const { return quoted(v); }
  std::string operator()(const std::vector<std::string>& v) const {
    std::string out = "[";
    for (std::size_t i = 0; i < v.size(); ++i) out += (i ? ", " : "") + quoted(v[i]);
    return out + "]";
  }
  std::string operator()(const Tensor& v) const {
    std::size_t at = 0;
    return v.shape.empty() ? "[]" : tensor_text(v, 0, at);
  }
};

}  // namespace

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string out;
  for (std::int64_t n : shape)
    out += (out.empty() ? "" : " x ") + (n < 0 ? std::string("any") : std::to_string(n));
  return out.empty() ? "none" : out;
}

std::string to_toml(const Value& value) { return std::visit(ToToml{}, value); }

}  // namespace iem
