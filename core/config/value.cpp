#include "core/config/value.h"

#include <cmath>

#include "core/base/check.h"
#include "core/base/number.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      constexpr const char* kDigits = "0123456789ABCDEF";
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Appends the sub-tensor of rank shape.size() - axis that begins at `next`, until `out` is longer than
// `enough`.
void append_lists(const Tensor& tensor, std::size_t axis, std::size_t enough, std::size_t& next,
                  std::string& out) {
  out += '[';
  for (std::int64_t i = 0; i < tensor.shape[axis] && out.size() <= enough; ++i) {
    if (i > 0) out += ", ";
    if (axis + 1 == tensor.shape.size())
      out += real_number(tensor.data[next++]);
    else
      append_lists(tensor, axis + 1, enough, next, out);
  }
  out += ']';
}

std::string list_text(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) out += (out.size() > 1 ? ", " : "") + quoted(word);
  return out + ']';
}

std::string tensor_text(const Tensor& tensor, std::size_t enough = SIZE_MAX) {
  if (tensor.data.empty()) return "[]";
  std::size_t count = 1;
  for (const auto length : tensor.shape) count *= static_cast<std::size_t>(length);
  IEM_CHECK(!tensor.shape.empty() && count == tensor.data.size());
  std::string out;
  std::size_t next = 0;
  append_lists(tensor, 0, enough, next, out);
  return out;
}

struct ToToml {
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return real_number(number); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const std::vector<std::string>& words) const { return list_text(words); }
  std::string operator()(const Tensor& tensor) const { return tensor_text(tensor); }
};

}  // namespace

std::string shape_text(const std::vector<std::int64_t>& shape) {
  constexpr std::size_t kEnough = 100;
  std::string out;
  for (const auto length : shape) {
    if (out.size() > kEnough) return out + " x ...";
    if (!out.empty()) out += " x ";
    out += length < 0 ? "N" : std::to_string(length);
  }
  return out;
}

std::string to_toml(const Value& value) { return std::visit(ToToml{}, value); }

std::string quoted_value(const Value& value) {
  constexpr std::size_t kEnough = 200;
  const auto* tensor = std::get_if<Tensor>(&value);
  return printable(tensor ? tensor_text(*tensor, kEnough) : to_toml(value));
}

}  // namespace iem
