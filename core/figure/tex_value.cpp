#include "core/figure/tex_value.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/libm.h"

namespace iem {
namespace {

// sum := [-] product {(+|-) product}; product := power {(/|\cdot|\times| ) power}; power := factor [^ factor]
class Calculator {
 public:
  explicit Calculator(std::string_view tex) : rest_(tex) {}

  std::optional<double> all() {
    const double value = sum();
    space();
    if (!understood_ || !rest_.empty()) return std::nullopt;
    return value;
  }

 private:
  static constexpr int kDeepest = 50;

  void space() {
    static constexpr std::array<std::string_view, 8> kSpaces = {" ",   "\\,",    "\\;",     "\\!",
                                                                "\\ ", "\\left", "\\right", "\\displaystyle"};
    for (bool found = true; found;) {
      found = false;
      for (const std::string_view word : kSpaces)
        if (rest_.starts_with(word)) rest_.remove_prefix(word.size()), found = true;
    }
  }
  // Operators also stand in braces of their own, so that no air is added beside them: {+}.
  bool take(std::string_view word) {
    space();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool is_next(std::string_view word) {
    space();
    return rest_.starts_with(word);
  }
  double fail() {
    understood_ = false;
    return 0;
  }

  double sum() {
    if (++depth_ > kDeepest) return fail();
    const bool negative = take("{-}") || take("-");
    double value = product();
    if (negative) value = -value;
    while (understood_) {
      if (take("{+}") || take("+"))
        value += product();
      else if (take("{-}") || take("-"))
        value -= product();
      else
        break;
    }
    --depth_;
    return value;
  }

  bool begins_factor() {
    space();
    if (rest_.empty()) return false;
    const char c = rest_[0];
    return (c >= '0' && c <= '9') || c == '(' || c == 'e' || is_next("\\frac") || is_next("\\log") ||
           is_next("\\sqrt");
  }

  double product() {
    double value = power();
    while (understood_) {
      if (take("{\\cdot}") || take("\\cdot") || take("{\\times}") || take("\\times"))
        value *= power();
      else if (take("/"))
        value /= power();
      else if (begins_factor())
        value *= power();
      else
        break;
    }
    return value;
  }

  double power() {
    const double base = factor();
    return take("^") ? libm::pow(base, factor()) : base;
  }

  double group(std::string_view close) {
    const double value = sum();
    return take(close) ? value : fail();
  }

  double factor() {
    if (take("\\frac")) {
      const double above = factor();
      return above / factor();
    }
    if (take("\\sqrt")) return std::sqrt(factor());
    if (take("\\log")) return libm::log(power());
    if (take("e^")) return libm::exp(factor());
    if (take("(")) return group(")");
    if (take("{")) return group("}");
    return number();
  }

  double number() {
    space();
    double value = 0;
    const auto end = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    // from_chars also reads "inf" and a sign, which are none of our numbers.
    if (end.ec != std::errc() || rest_[0] < '0' || rest_[0] > '9') return fail();
    rest_.remove_prefix(static_cast<std::size_t>(end.ptr - rest_.data()));
    if (!take("\\times10^{")) return value;
    int exponent = 0;
    const auto at = std::from_chars(rest_.data(), rest_.data() + rest_.size(), exponent);
    if (at.ec != std::errc()) return fail();
    rest_.remove_prefix(static_cast<std::size_t>(at.ptr - rest_.data()));
    return take("}") ? value * libm::pow(10.0, exponent) : fail();
  }

  std::string_view rest_;
  int depth_ = 0;
  bool understood_ = true;
};

}  // namespace

std::optional<double> tex_value(std::string_view tex) { return Calculator(tex).all(); }

}  // namespace iem
