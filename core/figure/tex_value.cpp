#include "core/figure/tex_value.h"

#include <cmath>

#include "core/base/libm.h"
#include "core/figure/tex_scanner.h"

namespace iem {
namespace {

// sum := [-] product {(+|-) product}; product := power {(/|\cdot|\times| ) power}; power := factor [^ factor]
class Calculator {
 public:
  explicit Calculator(std::string_view tex) : tex_(tex) {}

  std::optional<double> all() {
    const double value = sum();
    if (!understood_ || !tex_.ended()) return std::nullopt;
    return value;
  }

 private:
  static constexpr int kDeepest = 50;

  double fail() {
    understood_ = false;
    return 0;
  }

  double sum() {
    if (++depth_ > kDeepest) return fail();
    const bool negative = tex_.take_sign("-");
    double value = product();
    if (negative) value = -value;
    while (understood_) {
      if (tex_.take_sign("+"))
        value += product();
      else if (tex_.take_sign("-"))
        value -= product();
      else
        break;
    }
    --depth_;
    return value;
  }

  bool begins_factor() {
    return tex_.is_at_number() || tex_.is_next("(") || tex_.is_next("e") || tex_.is_next("\\frac") ||
           tex_.is_next("\\log") || tex_.is_next("\\sqrt");
  }

  double product() {
    double value = power();
    while (understood_) {
      if (tex_.take_sign("\\cdot") || tex_.take_sign("\\times"))
        value *= power();
      else if (tex_.take("/"))
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
    return tex_.take("^") ? libm::pow(base, factor()) : base;
  }

  double group(std::string_view close) {
    const double value = sum();
    return tex_.take(close) ? value : fail();
  }

  // Of a vector of two, \|(3,\;4)\|.
  double length() {
    if (!tex_.take("(")) return fail();
    const double x = sum();
    if (!tex_.take(",")) return fail();
    tex_.take("\\;");
    const double y = group(")");
    return tex_.take("\\|") ? libm::hypot(x, y) : fail();
  }

  double factor() {
    if (tex_.take("\\frac")) {
      const double above = factor();
      return above / factor();
    }
    if (tex_.take("\\sqrt")) return std::sqrt(factor());
    if (tex_.take("\\log")) return libm::log(power());
    if (tex_.take("e^")) return libm::exp(factor());
    if (tex_.take("\\|")) return length();
    if (tex_.take("(")) return group(")");
    if (tex_.take("{")) return group("}");
    const std::optional<double> number = tex_.number();
    return number ? *number : fail();
  }

  TexScanner tex_;
  int depth_ = 0;
  bool understood_ = true;
};

}  // namespace

std::optional<double> tex_value(std::string_view tex) { return Calculator(tex).all(); }

}  // namespace iem
