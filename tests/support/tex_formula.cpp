#include "tests/support/tex_formula.h"

#include <Eigen/LU>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/figure/tex_scanner.h"

namespace iem::testing {
namespace {

class TexReader {
 public:
  TexReader(std::string_view text, const TexSymbols& symbols) : TexReader(text, symbols, symbols.bound) {}

  TexValue all() {
    TexValue out = sum();
    if (!tex_.ended()) fail("cannot read on");
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw TexError(why + " at \"" + std::string(text_.substr(tex_.place())) + "\" of \"" +
                   std::string(text_) + "\"");
  }
  void expect(std::string_view what) {
    if (!tex_.take(what)) fail("expected " + std::string(what));
  }
  std::string_view group() {
    const auto found = tex_.group();
    if (!found) fail("no end");
    return *found;
  }

  TexValue inner(std::string_view tex) const { return TexReader(tex, symbols_, bound_).all(); }

  TexValue sum() {
    TexValue out = tex_.take("-") ? TexValue(-product()) : (static_cast<void>(tex_.take("+")), product());
    while (true) {
      if (tex_.take("+"))
        out = same_shape(out, product(), 1);
      else if (tex_.take("-"))
        out = same_shape(out, product(), -1);
      else
        return out;
    }
  }
  TexValue same_shape(const TexValue& a, const TexValue& b, double sign) const {
    if (a.rows() != b.rows() || a.cols() != b.cols()) fail("a sum of different shapes");
    return a + sign * b;
  }

  bool ends_product() {
    if (tex_.ended()) return true;
    for (const char* end : {"+", "-", ")", "]", "}", ",", "=", "\\|", "\\mid"})
      if (tex_.is_next(end) && !(std::string_view(end) == "\\|" && norms_ == 0)) return true;
    return bars_ > 0 && tex_.is_next("|");
  }

  TexValue product() {
    TexValue out = factors();
    while (true) {
      if (tex_.take("/")) {
        const TexValue below = tex_.is_next("(") ? factor() : factors();
        out /= scalar(below);
      } else if (tex_.take("\\cdot")) {
        const TexValue next = factors();
        out = is_scalar(out) || is_scalar(next) ? multiply(out, next) : tex_number(dot(out, next));
      } else if (ends_product()) {
        return out;
      } else {
        out = multiply(out, factors());
      }
    }
  }
  // A product without a sign between.
  TexValue factors() {
    TexValue out = factor();
    while (!ends_product() && !tex_.is_next("/") && !tex_.is_next("\\cdot")) out = multiply(out, factor());
    return out;
  }
  static bool is_scalar(const TexValue& a) { return a.size() == 1; }
  double scalar(const TexValue& a) const {
    if (!is_scalar(a)) fail("not a number");
    return a(0, 0);
  }
  double dot(const TexValue& a, const TexValue& b) const {
    if (a.size() != b.size()) fail("a dot product of different lengths");
    return a.reshaped().dot(b.reshaped());
  }
  TexValue multiply(const TexValue& a, const TexValue& b) const {
    if (is_scalar(a)) return a(0, 0) * b;
    if (is_scalar(b)) return a * b(0, 0);
    if (a.cols() != b.rows()) fail("a product of shapes that do not fit");
    return a * b;
  }

  TexValue factor() {
    TexValue out = base();
    while (tex_.take("^")) {
      const std::string_view power = group();
      if (power == "\\top")
        out = out.transpose().eval();
      else if (power == "-1" && !is_scalar(out))
        out = out.inverse().eval();
      else
        out = tex_number(std::pow(scalar(out), scalar(inner(power))));
    }
    return out;
  }

  // What \log, \tanh and the like are of: a parenthesis, or all factors that follow.
  TexValue argument() { return tex_.is_next("(") || tex_.is_next("[") ? factor() : factors(); }
  double number_argument() { return scalar(argument()); }

  TexValue base() {
    if (tex_.ended()) fail("nothing");
    for (auto it = symbols_.literals.rbegin(); it != symbols_.literals.rend(); ++it)
      if (tex_.take(it->first)) return it->second({{}, bound_});
    if (const auto constant = tex_.number()) return tex_number(*constant);
    if (tex_.take("(")) return tuple(")");
    if (tex_.take("[")) return tuple("]");
    if (tex_.is_next("{")) return inner(group());
    if (tex_.take("\\|")) {
      ++norms_;
      const TexValue inside = sum();
      --norms_;
      expect("\\|");
      return tex_number(inside.norm());
    }
    if (bars_ == 0 && tex_.take("|")) {
      ++bars_;
      const double inside = scalar(sum());
      --bars_;
      expect("|");
      return tex_number(std::abs(inside));
    }
    return command();
  }

  TexValue tuple(std::string_view close) {
    const int bars = std::exchange(bars_, 0), norms = std::exchange(norms_, 0);
    TexValue out = sum();
    while (tex_.take(",")) {
      if (tex_.take("\\ldots")) break;
      const TexValue next = sum();
      TexValue longer(out.size() + next.size(), 1);
      longer << out.reshaped(), next.reshaped();
      out = longer;
    }
    expect(close);
    bars_ = bars, norms_ = norms;
    return out;
  }

  TexValue command() {
    if (tex_.take("\\frac")) return fraction();
    if (tex_.take("\\sqrt")) return tex_number(std::sqrt(scalar(inner(group()))));
    if (tex_.take("\\log")) return tex_number(std::log(number_argument()));
    if (tex_.take("\\tanh")) return tex_number(std::tanh(number_argument()));
    if (tex_.take("\\max")) {
      expect("(");
      return tex_number(tuple(")").maxCoeff());
    }
    if (tex_.take("\\sum")) return sum_over();
    if (tex_.take("\\mathrm{softmax}")) return softmax();
    if (!symbols_.values.contains("e") && tex_.take("e^"))
      return tex_number(std::exp(scalar(inner(group()))));
    return symbol();
  }

  TexValue fraction() {
    const std::string_view above = group(), below = group();
    if (above.starts_with("\\partial")) {
      return inner(std::string(above) + "/" + std::string(below));
    }
    return inner(above) / scalar(inner(below));
  }

  // softmax_j f(j) is that of the j that is bound; softmax(v)_c entry c of a vector's.
  TexValue softmax() {
    if (!tex_.is_next("_")) {
      const TexValue all = argument().array().exp();
      if (!tex_.is_next("_")) return all / all.sum();  // the whole vector
      expect("_");
      return tex_number(all(static_cast<Eigen::Index>(scalar(inner(group())))) / all.sum());
    }
    expect("_");
    const std::string letter(group());
    const auto range = symbols_.ranges.find(letter);
    if (range == symbols_.ranges.end() || !bound_.contains(letter)) fail("unknown index " + letter);
    const int own = bound_[letter];
    const std::size_t from = tex_.place();
    double total = 0, mine = 0;
    for (const int value : range->second) {
      tex_.go_to(from);
      bound_[letter] = value;
      const double weight = std::exp(number_argument());
      total += weight;
      if (value == own) mine = weight;
    }
    bound_[letter] = own;
    return tex_number(mine / total);
  }

  TexValue sum_over() {
    expect("_");
    const std::string_view letters = group();
    const std::size_t from = tex_.place();
    TexValue out;
    if (const auto domain = symbols_.domains.find(std::string(letters)); domain != symbols_.domains.end())
      sum_over_domain(domain->second, from, out);
    else
      sum_over_letters(letters, from, out);
    return out;
  }
  void sum_over_domain(const TexSymbols::Domain& domain, std::size_t from, TexValue& out) {
    const auto before = bound_;
    const std::vector<int> values = domain.values({{}, bound_});
    bound_.try_emplace(domain.index, 0);
    for (const int value : values) {
      bound_[domain.index] = value;
      sum_over_letters("", from, out);
    }
    if (!values.empty()) {
      bound_ = before;
      return;
    }
    sum_over_letters("", from, out);  // of nothing: read and left out
    out *= 0;
    bound_ = before;
  }
  void sum_over_letters(std::string_view letters, std::size_t from, TexValue& out) {
    if (letters.empty()) {
      tex_.go_to(from);
      const TexValue term = product();
      if (out.size() == 0)
        out = term;
      else
        out = same_shape(out, term, 1);
      return;
    }
    const std::string letter(letters.substr(0, 1));
    const auto range = symbols_.ranges.find(letter);
    if (range == symbols_.ranges.end()) fail("unknown index " + letter);
    const auto before = bound_;
    for (const int value : range->second) {
      bound_[letter] = value;
      sum_over_letters(letters.substr(1), from, out);
    }
    bound_ = before;
  }

  // Indices below a symbol: letters that are bound, signs, numbers.
  std::vector<int> indices(std::string_view below) {
    std::vector<int> out;
    for (std::size_t i = 0; i < below.size();) {
      if (below[i] == ',') {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (TexScanner::is_digit(below[i]) && end < below.size() && TexScanner::is_digit(below[end])) ++end;
      const std::string token(below.substr(i, end - i));
      i = end;
      if (const auto found = bound_.find(token); found != bound_.end())
        out.push_back(found->second);
      else if (symbols_.index_of)
        out.push_back(symbols_.index_of(token));
      else if (TexScanner::is_digit(token[0]))
        out.push_back(std::stoi(token) - 1);
      else
        fail("unknown index " + token);
    }
    return out;
  }

  struct Name {
    std::string text;
    std::vector<int> index;
  };

  std::string bare_name() {
    if (tex_.is_next("\\mathrm{") || tex_.is_next("\\mathcal{") || tex_.is_next("\\hat")) {
      const std::size_t from = tex_.place();
      static_cast<void>(group());
      static_cast<void>(group());
      return std::string(text_.substr(from, tex_.place() - from));
    }
    return std::string(group());
  }

  Name name() {
    Name out;
    if (tex_.take("\\Delta")) out.text = "\\Delta ";
    out.text += bare_name();
    while (!tex_.ended()) {
      if (tex_.take("_")) {
        // A name below that is none of the indices: x_{\mathrm{GD}}, \sqrt{d_k} of a number d_k.
        const std::string_view below = group();
        const std::string whole = out.text + "_" + std::string(below);
        if (below.starts_with("\\mathrm") || symbols_.values.contains(whole))
          out.text = whole;
        else
          for (const int i : indices(below)) out.index.push_back(i);
      } else if (tex_.take("'")) {
        out.text += "'";
      } else if (tex_.is_next("^{\\mathrm")) {
        tex_.take("^");
        out.text += "^{" + std::string(group()) + "}";
      } else if (tex_.take("^*")) {
        out.text += "^*";
      } else if (tex_.take("^\\star")) {
        out.text += "^\\star";
      } else {
        break;
      }
    }
    return out;
  }

  TexValue symbol() {
    Name own;
    if (tex_.take("\\partial")) {
      const Name above = name();
      expect("/");
      expect("\\partial");
      const Name below = name();
      own.text = "\\partial " + above.text + "/\\partial " + below.text;
      own.index = above.index;
      own.index.insert(own.index.end(), below.index.begin(), below.index.end());
    } else {
      own = name();
    }
    const auto function = symbols_.functions.find(own.text);
    if (function != symbols_.functions.end() && tex_.is_next("(")) {
      expect("(");
      const TexValue inside = tuple(")");
      std::vector<TexValue> arguments;
      for (const double each : inside.reshaped()) arguments.push_back(tex_number(each));
      return function->second({own.index, bound_}, arguments);
    }
    const auto value = symbols_.values.find(own.text);
    if (value == symbols_.values.end()) {
      if (own.text == "\\pi") return tex_number(std::numbers::pi);
      fail("unknown symbol " + own.text);
    }
    if (const auto bound = bound_.find(own.text); own.index.empty() && bound != bound_.end())
      own.index.push_back(bound->second);
    return value->second({own.index, bound_});
  }

  TexReader(std::string_view text, const TexSymbols& symbols, std::map<std::string, int> bound)
      : text_(text),
        tex_(text),
        symbols_(symbols),
        bound_(std::move(bound)) {}

  std::string_view text_;
  TexScanner tex_;
  const TexSymbols& symbols_;
  std::map<std::string, int> bound_;
  int bars_ = 0, norms_ = 0;  // open ones: the next is the end
};

}  // namespace

TexValue formula_value(std::string_view tex, const TexSymbols& symbols) {
  const std::string text = tex_without_space(tex);
  return TexReader(text, symbols).all();
}

}  // namespace iem::testing
