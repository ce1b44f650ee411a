// The value of one scene key: what TOML, --set, a widget and a session can hold.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace iem {

// Numbers in rectangular nested lists, row-major. Shape {} is a single number, or "not given" when `data` is
// empty; {3} is a vector, {3, 2} three pairs.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<double> data;
  bool operator==(const Tensor&) const = default;
};

// The shape as "3 x 2"; a negative length, which stands for any, is written "N". A long text is cut short.
std::string shape_text(const std::vector<std::int64_t>& shape);

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>, Tensor>;

// TOML value syntax; doubles with the fewest digits that read back to the same bits; long tensors in full.
std::string to_toml(const Value& value);

// What an error message quotes of a value: its TOML, cut short where it is long (printable,
// core/base/utf8.h).
std::string quoted_value(const Value& value);

}  // namespace iem
