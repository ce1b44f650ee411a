#include "core/figure/tex_lines.h"

#include <cctype>

namespace iem {
namespace {

bool opens(char c) { return c == '{' || c == '(' || c == '['; }
bool closes(char c) { return c == '}' || c == ')' || c == ']'; }

// Whether a sign behind `before` is an operator. At the beginning, or after an equals sign, another operator
// or a comma, it is the sign of a number.
bool is_operator(std::string_view before) {
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  if (before.ends_with("\\,")) before.remove_suffix(2);
  return !before.empty() && std::string_view("=+-<>,^_({[").find(before.back()) == std::string_view::npos;
}

// The places where a line may begin: at a plus or minus outside of brackets. Commands such as "\log" are
// skipped whole, and a pair of brackets may be open on one side ("\left[ ... \right.").
std::vector<std::size_t> breaks_of(std::string_view tex) {
  std::vector<std::size_t> out;
  int depth = 0;
  bool in_norm = false;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '\\') {
      std::size_t end = i + 1;
      while (end < tex.size() && std::isalpha(static_cast<unsigned char>(tex[end]))) ++end;
      const std::string_view word = tex.substr(i, end - i);
      if (word == "\\left") ++depth;
      if (word == "\\right") --depth;
      if (tex.substr(i).starts_with("\\{")) ++depth;
      if (tex.substr(i).starts_with("\\}")) --depth;
      if (tex.substr(i).starts_with("\\|")) depth += (in_norm = !in_norm) ? 1 : -1;
      // Skips the character after a command that is one sign, and the bracket after \left or \right, which is
      // counted already.
      const bool takes_next = end == i + 1 || word == "\\left" || word == "\\right";
      i = takes_next ? end : end - 1;
    } else if (opens(tex[i])) {
      ++depth;
    } else if (closes(tex[i])) {
      --depth;
    } else if (depth == 0 && (tex[i] == '+' || tex[i] == '-') && is_operator(tex.substr(0, i))) {
      out.push_back(i);
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> tex_lines(std::string_view tex,
                                   const std::function<bool(const std::string& line)>& fits) {
  std::vector<std::size_t> ends = breaks_of(tex);
  ends.push_back(tex.size());
  std::vector<std::string> out;
  std::size_t begin = 0, last = 0;
  for (const std::size_t end : ends) {
    if (last > begin && !fits(std::string(tex.substr(begin, end - begin)))) {
      out.emplace_back(tex.substr(begin, last - begin));
      begin = last;
    }
    last = end;
  }
  out.emplace_back(tex.substr(begin));
  return out;
}

}  // namespace iem
