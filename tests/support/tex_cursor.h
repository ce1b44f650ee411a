// A place in a text of TeX: tokens and groups in braces are taken from it one after the other.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/tex_formula.h"

namespace iem::testing {

class TexCursor {
 protected:
  explicit TexCursor(std::string_view text) : text_(text) {}

  [[noreturn]] void fail(const std::string& why) const {
    throw TexError(why + " at \"" + std::string(text_.substr(at_)) + "\" of \"" + std::string(text_) + "\"");
  }
  bool sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  // A command's name, whole: \mu is not the beginning of \mu_h's name only.
  bool sees_command(std::string_view what) const {
    if (!sees(what)) return false;
    const std::size_t end = at_ + what.size();
    return end >= text_.size() || !tex_letter(text_[end]);
  }
  bool take(std::string_view what) {
    const bool command = what.size() > 1 && what[0] == '\\' && tex_letter(what[1]);
    if (!(command ? sees_command(what) : sees(what))) return false;
    at_ += what.size();
    if (command && sees(" ")) ++at_;
    return true;
  }
  void expect(std::string_view what) {
    if (!take(what)) fail("expected " + std::string(what));
  }
  // What stands in braces, or the next token.
  std::string_view group() {
    if (!take("{")) {
      const std::size_t from = at_;
      if (sees("\\")) {
        ++at_;
        while (at_ < text_.size() && tex_letter(text_[at_])) ++at_;
      } else if (at_ < text_.size()) {
        ++at_;
      }
      const std::string_view token = text_.substr(from, at_ - from);
      if (sees(" ")) ++at_;
      return token;
    }
    const std::size_t from = at_;
    for (int depth = 1; at_ < text_.size(); ++at_) {
      depth += text_[at_] == '{' ? 1 : text_[at_] == '}' ? -1 : 0;
      if (depth == 0) break;
    }
    expect("}");
    return text_.substr(from, at_ - 1 - from);
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace iem::testing
