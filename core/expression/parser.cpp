// Expressions from text: one function a level of the grammar, straight from the characters.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/base/read_number.h"
#include "core/base/utf8.h"
#include "core/expression/expression.h"

namespace iem {
namespace {

constexpr int kDeepestExpression = 50;
constexpr std::size_t kLongestExpression = 4000;

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool goes_on(char c) { return begins_name(c) || is_digit(c) || c == '.'; }

class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : text_(text) {}

  Expression whole() {
    if (text_.size() > kLongestExpression) throw InputError("an expression is at most 4000 bytes long");
    Expression out = either();
    skip_spaces();
    if (at_ < text_.size()) throw fail(printable(text_.substr(at_, 12)) + " has no meaning here");
    return out;
  }

 private:
  InputError fail(const std::string& message) const {
    return InputError("character " + std::to_string(at_ + 1) + ": " + message);
  }
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  bool take(std::string_view sign) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  bool take_word(std::string_view word) {
    skip_spaces();
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with(word) || (rest.size() > word.size() && goes_on(rest[word.size()]))) return false;
    at_ += word.size();
    return true;
  }
  void expect(std::string_view sign) {
    if (!take(sign)) throw fail(std::string(sign) + " is missing");
  }
  // Operands are parsed into variables first: when parsing throws inside a braced list, GCC 12 destroys the
  // earlier elements twice.
  static Expression apply(std::string name, Expression operand) {
    Expression out;
    out.kind = Expression::Kind::apply, out.name = std::move(name);
    out.parts.push_back(std::move(operand));
    return out;
  }
  static Expression apply(std::string name, Expression left, Expression right) {
    Expression out = apply(std::move(name), std::move(left));
    out.parts.push_back(std::move(right));
    return out;
  }

  Expression either() {
    Expression out = both();
    while (take_word("or")) out = apply("or", std::move(out), both());
    return out;
  }
  Expression both() {
    Expression out = negation();
    while (take_word("and")) out = apply("and", std::move(out), negation());
    return out;
  }
  Expression negation() {
    const Depth deeper(*this);
    if (take_word("not")) return apply("not", negation());
    return comparison();
  }

  // a < b < c is a < b and b < c.
  Expression comparison() {
    Expression left = sum(), out = left;
    for (bool first = true;; first = false) {
      const std::string sign = comparison_sign();
      if (sign.empty()) return out;
      Expression right = sum();
      Expression link = apply(sign, std::move(left), right);
      out = first ? std::move(link) : apply("and", std::move(out), std::move(link));
      left = std::move(right);
    }
  }
  std::string comparison_sign() {
    for (const char* sign : {"<=", ">=", "==", "!=", "<", ">"})
      if (take(sign)) return sign;
    return "";
  }

  Expression sum() {
    Expression out = product();
    for (;;) {
      const char* sign = take("+") ? "+" : take("-") ? "-" : nullptr;
      if (sign == nullptr) return out;
      out = apply(sign, std::move(out), product());
    }
  }
  Expression product() {
    Expression out = signed_power();
    for (;;) {
      const char* sign = take("*") ? "*" : take("/") ? "/" : nullptr;
      if (sign == nullptr) return out;
      out = apply(sign, std::move(out), signed_power());
    }
  }
  Expression signed_power() {
    const Depth deeper(*this);
    if (take("-")) return apply("negative", signed_power());
    Expression base = place();
    return take("^") ? apply("^", std::move(base), signed_power()) : base;
  }

  // What stands behind an operand: [i], @n, with k=v.
  Expression place() {
    Expression out = operand();
    for (;;) {
      Expression next;
      if (take("[")) {
        next.kind = Expression::Kind::index;
        next.parts.push_back(std::move(out));
        do next.parts.push_back(sum());
        while (take(","));
        expect("]");
      } else if (take("@")) {
        next.kind = Expression::Kind::at;
        next.parts.push_back(std::move(out));
        next.parts.push_back(operand());
      } else if (take_word("with")) {
        next.kind = Expression::Kind::with;
        next.parts.push_back(std::move(out));
        do next.changes.push_back(change());
        while (another_change());
      } else {
        return out;
      }
      out = std::move(next);
    }
  }

  Expression operand() {
    const Depth deeper(*this);
    Expression out;
    if (take("(")) {
      out = either();
      expect(")");
    } else if (take("[")) {
      out.kind = Expression::Kind::list;
      do out.parts.push_back(sum());
      while (take(","));
      expect("]");
    } else if (skip_spaces(), at_ < text_.size() && begins_name(text_[at_])) {
      out.kind = Expression::Kind::name, out.name = word();
      for (const char* reserved : {"and", "or", "not", "with"})
        if (out.name == reserved) throw fail("a number or a name is missing before " + out.name);
      if (take("(")) {
        out.kind = Expression::Kind::call;
        do out.parts.push_back(either());
        while (take(","));
        expect(")");
      }
    } else {
      out.number = number();
    }
    return out;
  }

  std::string word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && goes_on(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  double number() {
    double value = 0;
    const char *begin = text_.data() + at_, *end = text_.data() + text_.size();
    const auto [after, error] = read_number(begin, end, value);
    if (begin == end || error != std::errc() || !(is_digit(*begin) || *begin == '.'))
      throw fail("a number or a name is missing");
    at_ += static_cast<std::size_t>(after - begin);
    return value;
  }

  // 100:key=value. A value ends at a space, comma or bracket that is not inside brackets or quotes of its
  // own.
  Expression::Change change() {
    Expression::Change out;
    skip_spaces();
    if (at_ < text_.size() && is_digit(text_[at_])) {
      std::int64_t step = 0;
      const auto [after, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), step);
      if (error != std::errc()) throw fail("this is no step");
      at_ = static_cast<std::size_t>(after - text_.data());
      out.step = step;
      expect(":");
    }
    skip_spaces();
    const std::string key = word();
    if (key.empty()) throw fail("a key is missing, as in optimizer.method=em");
    expect("=");
    skip_spaces();
    const std::string value = setting();
    if (value.empty()) throw fail("a value is missing for " + printable(key));
    out.assignment = key + "=" + value;
    return out;
  }
  std::string setting() {
    const std::size_t begin = at_;
    int depth = 0;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '[') ++depth;
      if (depth == 0 && std::string_view(" \n\t,()]{}@<>").find(c) != std::string_view::npos) break;
      if (c == ']') --depth;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }
  // A comma continues the list of settings when a key and = follow it; else it belongs to the enclosing
  // expression.
  bool another_change() {
    const std::size_t before = at_;
    if (!take(",")) return false;
    const std::size_t behind = at_;
    skip_spaces();
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == ':')) ++at_;
    skip_spaces();
    const bool key = at_ < text_.size() && begins_name(text_[at_]) && !word().empty();
    const bool goes_on = key && take("=") && !take("=");
    at_ = goes_on ? behind : before;
    return goes_on;
  }

  // Brackets within brackets, and signs before signs, go only so deep: each level takes some of the stack.
  struct Depth {
    explicit Depth(ExpressionParser& parser) : of(parser) {
      if (++of.depth_ > kDeepestExpression) throw of.fail("too many brackets within brackets");
    }
    ~Depth() { --of.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ExpressionParser& of;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Expression parse_expression(std::string_view text) { return ExpressionParser(text).whole(); }

}  // namespace iem
