#include "tests/core/tex_evaluator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <utility>

#include "core/figure/tex_scanner.h"
#include "tests/core/tex_matrix.h"

namespace iem::testing {
using Value = TexEvaluator::Value;

class TexParser {
 public:
  TexParser(TexEvaluator& with, std::string_view tex) : e_(with), tex_(tex) {}

  Value all() {
    Value value = sum_of();
    if (!tex_.ended()) fail_here();
    return value;
  }

  // \mu_{j}^{\mathrm{EM}} and the like.
  TexSymbol read_symbol() {
    if (tex_.ended()) fail("an end");
    TexSymbol out;
    const char first = tex_.rest()[0];
    if (first != '\\' && !TexScanner::is_letter(first) && first != '*') fail_here();
    out.base = raw_group();
    if (out.base == "\\mathrm" || out.base == "\\hat") out.base += "{" + raw_group() + "}";
    if (out.base == "\\Delta" || out.base == "\\nabla") {  // of the symbol behind it
      if (tex_.take("_")) raw_group();
      TexSymbol of = read_symbol();
      of.base = out.base + of.base;
      return of;
    }
    for (bool more = true; more;) {
      more = false;
      if (tex_.touches("_")) {
        tex_.take("_");
        const std::string below = raw_group();
        if (below[0] == '\\')
          out.below.push_back(below);
        else
          for (const char c : below) out.below.emplace_back(1, c);
        more = true;
      } else if (tex_.touches("'")) {
        tex_.take("'");
        out.above += "'";
        more = true;
      } else if (tex_.touches("^{\\mathrm{") || tex_.touches("^*") || tex_.touches("^{*}")) {
        tex_.take("^");
        const std::string above = raw_group();
        out.above += above == "*" ? "*" : above.substr(8, above.size() - 9);
        more = true;
      }
    }
    static constexpr std::array<std::string_view, 5> kArguments = {"(x)", "(r)", "(p)", "(q)", "(r(x))"};
    for (const std::string_view argument : kArguments)
      if (tex_.touches(argument)) {
        out.base += argument;
        tex_.take(argument);
      }
    return out;
  }

 private:
  [[noreturn]] static void fail(const std::string& why) { throw std::runtime_error(why); }

  [[noreturn]] void fail_here() { fail("what is '" + std::string(tex_.rest()) + "'"); }
  void need(std::string_view word) {
    if (!tex_.take(word)) fail("no '" + std::string(word) + "' before '" + std::string(tex_.rest()) + "'");
  }

  std::string raw_group() {
    const auto group = tex_.group();
    if (!group) fail("no end");
    return std::string(*group);
  }

  Value sum_of() {
    const bool negative = tex_.take_sign("-");
    Value value = product_of();
    if (negative) value = -value;
    for (;;) {
      if (tex_.take_sign("+"))
        value = sum(value, product_of());
      else if (tex_.take_sign("-"))
        value = sum(value, -product_of());
      else
        return value;
    }
  }

  // Most factors do, and what they are not need not be asked for.
  bool begins_with_letter_or_digit() {
    const std::string_view rest = tex_.rest();
    return !rest.empty() && (TexScanner::is_letter(rest[0]) || TexScanner::is_digit(rest[0]));
  }
  bool ends_product() {
    if (begins_with_letter_or_digit()) return false;
    static constexpr std::array<std::string_view, 8> kEnds = {")", "]", "}", ",", ";", "|", "\\|", "="};
    return tex_.ended() || tex_.is_next_sign("+") || tex_.is_next_sign("-") || tex_.is_next_sign("=") ||
           std::ranges::any_of(kEnds, [&](std::string_view w) { return tex_.is_next(w); });
  }
  bool begins_factor() {
    const bool opens_bars = open_bars_ == 0 && (tex_.is_next("|") || tex_.is_next("\\|"));
    return opens_bars || !(ends_product() || tex_.is_next("/") || tex_.is_next_sign("\\cdot") ||
                           tex_.is_next_sign("\\times"));
  }

  Value product_of() {
    Value value = power_of();
    for (;;) {
      if (tex_.take_sign("\\cdot")) {
        const Value factor = power_of();
        const bool dot = value.size() > 1 && value.cols() == 1 && factor.cols() == 1;
        value = dot ? number(value.col(0).dot(factor.col(0))) : product(value, factor);
      } else if (tex_.take_sign("\\times")) {
        value = product(value, power_of());
      } else if (tex_.take("/")) {
        value = divide(value, denominator());
      } else if (begins_factor()) {
        value = product(value, power_of());
      } else {
        return value;
      }
    }
  }

  // Behind "/" brackets, or all factors up to the next sign, as one reads it in a line: x^2/2s^2.
  Value denominator() {
    const bool brackets = tex_.is_next("(") || tex_.is_next("[");
    Value value = power_of();
    while (!brackets && begins_factor()) value = product(value, power_of());
    return value;
  }

  Value power_of() {
    const Value base = factor();
    if (!tex_.take("^")) return base;
    const std::string exponent = raw_group();
    if (exponent == "\\top") return base.transpose();
    const double power = TexParser(e_, exponent).all()(0, 0);
    return base.unaryExpr([power](double x) { return std::pow(x, power); });
  }

  Value bars(std::string_view bar, bool norm) {
    ++open_bars_;
    const Value inside = sum_of();
    --open_bars_;
    need(bar);
    if (norm) return number(inside.norm());
    return inside.size() == 4 ? number(std::abs(determinant(inside)))
                              : each(inside, [](double x) { return std::abs(x); });
  }

  // (a), or (a, b) as a column.
  Value brackets(std::string_view close) {
    const int bars_outside = std::exchange(open_bars_, 0);
    std::vector<Value> parts = {sum_of()};
    while (tex_.take(",")) parts.push_back(sum_of());
    const bool is_claim = close == "]" && tex_.take("=");  // [a = b] is 1 where it is true
    if (is_claim) parts.push_back(sum_of());
    need(close);
    open_bars_ = bars_outside;
    if (is_claim) return number(parts[0](0, 0) == parts[1](0, 0) ? 1 : 0);
    if (parts.size() == 1) return parts[0];
    Value column(static_cast<Eigen::Index>(parts.size()), 1);
    for (std::size_t i = 0; i < parts.size(); ++i) column(static_cast<Eigen::Index>(i), 0) = parts[i](0, 0);
    return column;
  }

  Value factor() {
    if (begins_with_letter_or_digit() && !tex_.is_at_number() && !tex_.is_next("e")) return symbol();
    if (tex_.take("\\|")) return bars("\\|", true);
    if (tex_.take("|")) return bars("|", false);
    if (tex_.take("(")) return brackets(")");
    if (tex_.take("[")) return brackets("]");
    if (tex_.is_next("{")) return TexParser(e_, raw_group()).all();
    if (tex_.take("\\frac")) return fraction();
    if (tex_.take("\\sum")) return sum_over(indices());
    if (tex_.take("\\log")) return each(power_of(), [](double x) { return std::log(x); });
    if (tex_.take("\\cos")) return each(factor(), [](double x) { return std::cos(x); });
    if (tex_.take("\\sqrt"))
      return each(TexParser(e_, raw_group()).all(), [](double x) { return std::sqrt(x); });
    if (tex_.take("\\max")) return number(arguments().maxCoeff());
    if (tex_.take("\\min_")) return minimum(false);
    if (tex_.take("\\mathrm{argmin}_") || tex_.take("\\arg\\min_")) return minimum(true);
    if (tex_.take("\\mathrm{median}_")) return median_over();
    if (tex_.is_next("\\partial")) return partial();
    if (tex_.take("e^")) return each(TexParser(e_, raw_group()).all(), [](double x) { return std::exp(x); });
    if (tex_.is_at_number()) {
      const auto value = tex_.number();
      return value ? number(*value) : (fail_here(), Value());
    }
    return symbol();
  }

  Value arguments() {
    need("(");
    return brackets(")");
  }

  std::vector<std::string> indices() {
    need("_");
    std::vector<std::string> out;
    for (const char c : raw_group()) out.emplace_back(1, c);
    return out;
  }

  // Each body again for every place of the index.
  Value sum_over(const std::vector<std::string>& letters) {
    const std::size_t body = tex_.place();
    std::optional<Value> total;
    const auto add = [&](const auto& self, std::size_t letter) -> void {
      if (letter == letters.size()) {
        tex_.go_to(body);
        const Value term = product_of();
        total = total ? sum(*total, term) : term;
        return;
      }
      const auto range = e_.ranges.find(letters[letter]);
      if (range == e_.ranges.end()) throw UnknownSymbol("a sum over " + letters[letter]);
      const auto before = e_.at;
      for (int i = 0; i < range->second; ++i) {
        e_.at[letters[letter]] = i;
        self(self, letter + 1);
      }
      e_.at = before;
    };
    add(add, 0);
    return *total;
  }

  Value minimum(bool place) {
    const std::string letter = raw_group();
    const std::size_t body = tex_.place();
    if (letter == "p") return minimum_over_simplex(place);
    double least = INFINITY;
    int where = 0;
    const auto before = e_.at;
    for (int i = 0; i < e_.ranges.at(letter); ++i) {
      tex_.go_to(body);
      e_.at[letter] = i;
      const double value = product_of()(0, 0);
      if (value < least) least = value, where = i;
    }
    e_.at = before;
    return number(place ? where : least);
  }

  Value minimum_over_simplex(bool place) {
    const std::size_t body = tex_.place();
    const Eigen::VectorXd best = e_.minimiser();
    const auto value_at = [&](const Eigen::VectorXd& p) {
      tex_.go_to(body);
      e_.bind("p", p);
      return factor()(0, 0);
    };
    std::mt19937 random(1);
    std::exponential_distribution<double> share;
    const double least = value_at(best);
    for (int i = 0; i < 40; ++i) {
      Eigen::VectorXd other = best.unaryExpr([&](double) { return share(random); });
      other /= other.sum();
      const double t = std::pow(0.5, i % 20);
      if (value_at(best + t * (other - best)) < least - 1e-12 * std::max(1.0, std::abs(least)))
        fail("it is not the minimum");
    }
    value_at(best);
    return place ? Value(best) : number(least);
  }

  Value median_over() {
    const std::string letter = raw_group();
    need("(");
    const std::size_t body = tex_.place();
    std::array<std::vector<std::pair<double, double>>, 2> axes;
    const auto before = e_.at;
    for (int i = 0; i < e_.ranges.at(letter); ++i) {
      tex_.go_to(body);
      e_.at[letter] = i;
      const Value x = sum_of();
      need(";");
      const double weight = sum_of()(0, 0);
      for (Eigen::Index axis = 0; axis < 2; ++axis)
        axes[static_cast<std::size_t>(axis)].emplace_back(x(axis, 0), weight);
    }
    e_.at = before;
    need(")");
    return Eigen::Vector2d(weighted_middle(axes[0]), weighted_middle(axes[1]));
  }

  Value fraction() {
    if (tex_.is_next("{\\partial")) {
      const std::string above = raw_group(), below = raw_group();
      return TexParser(e_, above + "/" + below).partial();
    }
    const Value above = TexParser(e_, raw_group()).all();
    return divide(above, TexParser(e_, raw_group()).all());
  }

  Value partial() {
    need("\\partial");
    const std::string of = read_symbol().name();
    need("/");
    need("\\partial");
    TexSymbol by = read_symbol();
    by.base = "d" + of + "/d" + by.base;
    return e_.symbol(by);
  }

  Value symbol() {
    if (tex_.take("\\angle")) {
      need("(");
      const Value a = sum_of();
      need(",");
      const Value b = sum_of();
      need(")");
      return number(std::acos(std::clamp(a.col(0).normalized().dot(b.col(0).normalized()), -1.0, 1.0)));
    }
    const TexSymbol read = read_symbol();
    if (const auto function = e_.functions.find(read.base + read.above); function != e_.functions.end())
      return number(function->second(arguments()(0, 0)));
    return e_.symbol(read);
  }

  TexEvaluator& e_;
  TexScanner tex_;
  int open_bars_ = 0;
};

std::string symbol_name(std::string_view tex) {
  TexEvaluator nothing;
  return TexParser(nothing, tex).read_symbol().name();
}

Value TexEvaluator::value(std::string_view tex) { return TexParser(*this, tex).all(); }

std::optional<Value> TexEvaluator::known(std::string_view tex) {
  try {
    return value(tex);
  } catch (const UnknownSymbol&) {
    return std::nullopt;
  }
}

}  // namespace iem::testing
