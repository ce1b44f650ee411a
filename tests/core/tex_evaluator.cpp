#include "tests/core/tex_evaluator.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <random>
#include <utility>

#include "tests/core/tex_matrix.h"

namespace iem::testing {
using Value = TexEvaluator::Value;

class TexParser {
 public:
  TexParser(TexEvaluator& with, std::string_view tex) : e_(with), rest_(tex) {}

  Value all() {
    Value value = sum_of();
    space();
    if (!rest_.empty()) fail("what is '" + std::string(rest_) + "'");
    return value;
  }

  // \mu_{j}^{\mathrm{EM}} and the like.
  TexSymbol read_symbol() {
    space();
    if (rest_.empty()) fail("an end");
    TexSymbol out;
    const unsigned char first = static_cast<unsigned char>(rest_[0]);
    if (first != '\\' && std::isalpha(first) == 0 && first != '*')
      fail("what is '" + std::string(rest_) + "'");
    out.base = raw_group();
    if (out.base == "\\mathrm" || out.base == "\\hat") out.base += "{" + raw_group() + "}";
    if (out.base == "\\Delta" || out.base == "\\nabla") {  // of the symbol behind it
      if (take("_")) raw_group();
      TexSymbol of = read_symbol();
      of.base = out.base + of.base;
      return of;
    }
    for (bool more = true; more;) {
      more = false;
      if (rest_.starts_with("_")) {
        rest_.remove_prefix(1);
        const std::string below = raw_group();
        if (below[0] == '\\')
          out.below.push_back(below);
        else
          for (const char c : below) out.below.emplace_back(1, c);
        more = true;
      } else if (rest_.starts_with("'")) {
        rest_.remove_prefix(1);
        out.above += "'";
        more = true;
      } else if (rest_.starts_with("^{\\mathrm{") || rest_.starts_with("^*") || rest_.starts_with("^{*}")) {
        rest_.remove_prefix(1);
        const std::string above = raw_group();
        out.above += above == "*" ? "*" : above.substr(8, above.size() - 9);
        more = true;
      }
    }
    static constexpr std::array<std::string_view, 5> kArguments = {"(x)", "(r)", "(p)", "(q)", "(r(x))"};
    for (const std::string_view argument : kArguments)
      if (rest_.starts_with(argument)) {
        out.base += argument;
        rest_.remove_prefix(argument.size());
      }
    return out;
  }

 private:
  [[noreturn]] static void fail(const std::string& why) { throw std::runtime_error(why); }

  void space() {
    static constexpr std::array<std::string_view, 8> kSpaces = {" ",   "\\,",    "\\;",     "\\!",
                                                                "\\ ", "\\left", "\\right", "\\displaystyle"};
    for (bool found = true; found;) {
      found = false;
      for (const std::string_view word : kSpaces)
        if (rest_.starts_with(word) && !rest_.starts_with("\\leftarrow"))
          rest_.remove_prefix(word.size()), found = true;
    }
  }
  bool is_next(std::string_view word) {
    space();
    return rest_.starts_with(word);
  }
  bool take(std::string_view word) {
    if (!is_next(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void need(std::string_view word) {
    if (!take(word)) fail("no '" + std::string(word) + "' before '" + std::string(rest_) + "'");
  }

  // {...} as text, or one token.
  std::string raw_group() {
    space();
    if (rest_.empty()) fail("an end");
    std::size_t length = 1;
    if (rest_[0] == '\\') {
      while (length < rest_.size() && std::isalpha(static_cast<unsigned char>(rest_[length])) != 0) ++length;
    } else if (rest_[0] == '{') {
      int depth = 1;
      for (; depth > 0; ++length) {
        if (length >= rest_.size()) fail("no }");
        depth += rest_[length] == '{' ? 1 : rest_[length] == '}' ? -1 : 0;
      }
    }
    std::string out(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return out[0] == '{' ? out.substr(1, out.size() - 2) : out;
  }

  Value sum_of() {
    const bool negative = take("{-}") || take("-");
    Value value = product_of();
    if (negative) value = -value;
    for (;;) {
      if (take("{+}") || take("+"))
        value = sum(value, product_of());
      else if (take("{-}") || take("-"))
        value = sum(value, -product_of());
      else
        return value;
    }
  }

  bool ends_product() {
    space();
    static constexpr std::array<std::string_view, 13> kEnds = {")", "]",   "}", "+",   "-",   "=",  ",",
                                                               ";", "{=}", "|", "\\|", "{-}", "{+}"};
    return rest_.empty() ||
           std::ranges::any_of(kEnds, [&](std::string_view w) { return rest_.starts_with(w); });
  }

  Value product_of() {
    Value value = power_of();
    for (;;) {
      if (take("{\\cdot}") || take("\\cdot")) {
        const Value factor = power_of();
        const bool dot = value.size() > 1 && value.cols() == 1 && factor.cols() == 1;
        value = dot ? number(value.col(0).dot(factor.col(0))) : product(value, factor);
      } else if (take("{\\times}") || take("\\times")) {
        value = product(value, power_of());
      } else if (take("/")) {
        const Value divisor = power_of();
        value = divide(value, divisor);
      } else if ((open_bars_ == 0 && (is_next("|") || is_next("\\|"))) || !ends_product()) {
        value = product(value, power_of());
      } else {
        return value;
      }
    }
  }

  Value power_of() {
    const Value base = factor();
    if (!take("^")) return base;
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
    while (take(",")) parts.push_back(sum_of());
    const bool is_claim = close == "]" && take("=");  // [a = b] is 1 where it is true
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
    if (take("\\|")) return bars("\\|", true);
    if (take("|")) return bars("|", false);
    if (take("(")) return brackets(")");
    if (take("[")) return brackets("]");
    if (is_next("{")) return TexParser(e_, raw_group()).all();
    if (take("\\frac")) return fraction();
    if (take("\\sum")) return sum_over(indices());
    if (take("\\log")) return each(power_of(), [](double x) { return std::log(x); });
    if (take("\\cos")) return each(factor(), [](double x) { return std::cos(x); });
    if (take("\\sqrt")) return each(TexParser(e_, raw_group()).all(), [](double x) { return std::sqrt(x); });
    if (take("\\max")) return number(arguments().maxCoeff());
    if (take("\\min_")) return minimum(false);
    if (take("\\mathrm{argmin}_") || take("\\arg\\min_")) return minimum(true);
    if (take("\\mathrm{median}_")) return median_over();
    if (is_next("\\partial")) return partial();
    if (take("e^")) return each(TexParser(e_, raw_group()).all(), [](double x) { return std::exp(x); });
    if (!rest_.empty() && std::isdigit(static_cast<unsigned char>(rest_[0])) != 0) return digits();
    return symbol();
  }

  Value arguments() {
    need("(");
    return brackets(")");
  }

  Value digits() {
    std::size_t length = 0;
    while (length < rest_.size() &&
           (std::isdigit(static_cast<unsigned char>(rest_[length])) != 0 || rest_[length] == '.'))
      ++length;
    const std::string text(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return number(std::stod(take("\\times10^") ? text + "e" + raw_group() : text));
  }

  std::vector<std::string> indices() {
    need("_");
    std::vector<std::string> out;
    for (const char c : raw_group()) out.emplace_back(1, c);
    return out;
  }

  // Each body again for every place of the index.
  Value sum_over(const std::vector<std::string>& letters) {
    const std::string_view body = rest_;
    std::optional<Value> total;
    const auto add = [&](const auto& self, std::size_t letter) -> void {
      if (letter == letters.size()) {
        rest_ = body;
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
    const std::string_view body = rest_;
    if (letter == "p") return minimum_over_simplex(place);
    double least = INFINITY;
    int where = 0;
    const auto before = e_.at;
    for (int i = 0; i < e_.ranges.at(letter); ++i) {
      rest_ = body;
      e_.at[letter] = i;
      const double value = product_of()(0, 0);
      if (value < least) least = value, where = i;
    }
    e_.at = before;
    return number(place ? where : least);
  }

  Value minimum_over_simplex(bool place) {
    const std::string_view body = rest_;
    const Eigen::VectorXd best = e_.minimiser();
    const auto value_at = [&](const Eigen::VectorXd& p) {
      rest_ = body;
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
    const std::string_view body = rest_;
    std::array<std::vector<std::pair<double, double>>, 2> axes;
    const auto before = e_.at;
    for (int i = 0; i < e_.ranges.at(letter); ++i) {
      rest_ = body;
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
    space();
    if (rest_.starts_with("{\\partial")) {
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
    if (take("\\angle")) {
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
  std::string_view rest_;
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
