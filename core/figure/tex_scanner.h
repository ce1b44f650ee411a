// A cursor in a TeX text that takes words, groups in braces and numbers one after the other. All readers of
// TeX in this program use it and give the words their meaning.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/libm.h"
#include "core/base/read_number.h"

namespace iem {

class TexScanner {
 public:
  explicit TexScanner(std::string_view tex) : text_(tex) {}

  // The text that has not been taken yet; skips space first.
  std::string_view rest() {
    pass_space();
    return text_.substr(at_);
  }
  bool ended() { return rest().empty(); }
  // Whether `word` comes next. The names of commands are compared whole: \mu is not next in \muon.
  bool is_next(std::string_view word) {
    pass_space();
    return begins(word);
  }
  bool take(std::string_view word) {
    if (!is_next(word)) return false;
    at_ += word.size();
    return true;
  }
  // Whether `sign` comes next, alone or in braces of its own ({+}), which suppress the space beside it.
  bool is_next_sign(std::string_view sign) {
    if (is_next(sign)) return true;
    const std::string_view here = text_.substr(at_);
    return here.size() >= sign.size() + 2 && here[0] == '{' && here.substr(1).starts_with(sign) &&
           here[sign.size() + 1] == '}';
  }
  bool take_sign(std::string_view sign) {
    if (!is_next_sign(sign)) return false;
    at_ += begins(sign) ? sign.size() : sign.size() + 2;
    return true;
  }
  // Whether `word` comes next without space before it: an index or exponent belongs to what it follows
  // directly.
  bool touches(std::string_view word) const { return begins(word); }

  // Takes the contents of a group in braces, or the next command or character; nothing at the end or where a
  // closing brace is missing.
  std::optional<std::string_view> group() {
    pass_space();
    const std::string_view here = text_.substr(at_);
    if (here.empty()) return std::nullopt;
    std::size_t length = 1;
    if (here[0] == '\\') {
      while (length < here.size() && is_letter(here[length])) ++length;
    } else if (here[0] == '{') {
      for (int depth = 1; depth > 0; ++length) {
        if (length >= here.size()) return std::nullopt;
        depth += here[length] == '{' ? 1 : here[length] == '}' ? -1 : 0;
      }
      at_ += length;
      return here.substr(1, length - 2);
    }
    at_ += length;
    return here.substr(0, length);
  }

  bool is_at_number() {
    const std::string_view here = rest();
    return !here.empty() && is_digit(here[0]);
  }
  // Takes a number without sign: 12, 0.5, 1e-5, 1.3\times10^{-6}.
  std::optional<double> number() {
    if (!is_at_number()) return std::nullopt;
    double value = 0;
    if (!read(value)) return std::nullopt;
    if (!take("\\times10^{")) return value;
    int power = 0;
    if (!read(power) || !take("}")) return std::nullopt;
    return value * libm::pow(10.0, power);
  }

  std::size_t place() const { return at_; }
  void go_to(std::size_t place) { at_ = place; }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

 private:
  bool begins(std::string_view word) const {
    const std::string_view here = text_.substr(at_);
    // Most words differ in their first two letters: that much is compared here.
    if (word.empty() || here.size() < word.size()) return word.empty();
    const std::size_t second = word.size() > 1 ? 1 : 0;
    if (here[0] != word[0] || here[second] != word[second] || !here.starts_with(word)) return false;
    const bool command = word.size() > 1 && word[0] == '\\' && is_letter(word.back());
    return !command || here.size() == word.size() || !is_letter(here[word.size()]);
  }
  void pass_space() {
    static constexpr std::array<std::string_view, 13> kSpaces = {
        " ",      "\\,",    "\\;",    "\\:",   "\\!", "\\ ", "\\left", "\\right", "\\displaystyle",
        "\\bigl", "\\bigr", "\\Bigl", "\\Bigr"};
    for (bool found = true; found;) {
      found = false;
      if (at_ >= text_.size() || (text_[at_] != ' ' && text_[at_] != '\\')) return;
      // Most commands are no space, and differ from all of them in their first letter.
      static constexpr std::string_view kBehind = ",;:! lrdbB";
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && kBehind.find(text_[at_ + 1]) == kBehind.npos)
        return;
      for (const std::string_view space : kSpaces)
        if (begins(space)) at_ += space.size(), found = true;
    }
  }
  template <class Number>
  bool read(Number& value) {
    const auto end = read_number(text_.data() + at_, text_.data() + text_.size(), value);
    if (end.ec != std::errc()) return false;
    at_ = static_cast<std::size_t>(end.ptr - text_.data());
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace iem
