#include <utility>

#include "tests/support/tex_formula.h"

namespace iem::testing {
namespace {

void tex_replace(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

}  // namespace

std::string tex_without_space(std::string_view tex) {
  std::string out(tex);
  for (const auto& [what, by] : {std::pair{"{=}", "="}, {"{+}", "+"}, {"{-}", "-"}, {"{\\cdot}", "\\cdot "}})
    tex_replace(out, what, by);
  for (const char* space : {"\\,", "\\;", "\\:", "\\!", "\\ ", "\\displaystyle", "\\left", "\\right",
                            "\\bigl", "\\bigr", "\\Bigl", "\\Bigr"}) {
    // \left is not the beginning of \leftarrow.
    for (std::size_t at = 0; (at = out.find(space, at)) != std::string::npos;) {
      const std::size_t end = at + std::string_view(space).size();
      const bool name = tex_letter(space[1]) && end < out.size() && tex_letter(out[end]);
      if (name)
        at = end;
      else
        out.replace(at, end - at, " ");
    }
  }
  std::string tight;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] != ' ') {
      tight += out[i];
      continue;
    }
    std::size_t name = tight.size();
    while (name > 0 && tex_letter(tight[name - 1])) --name;
    const bool ends_name = name > 0 && name < tight.size() && tight[name - 1] == '\\' && i + 1 < out.size() &&
                           tex_letter(out[i + 1]);
    if (ends_name) tight += ' ';
  }
  return tight;
}

std::vector<TexStatement> tex_statements(std::string_view tex) {
  std::string text(tex);
  tex_replace(text, "\\qquad", ",");
  tex_replace(text, "\\quad", ",");
  text = tex_without_space(text);
  std::vector<TexStatement> out(1);
  std::string side;
  const auto end_side = [&] {
    if (!side.empty()) out.back().sides.push_back(std::exchange(side, {}));
  };
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    depth += rest[0] == '{' || rest[0] == '(' || rest[0] == '[' ? 1 : 0;
    depth -= rest[0] == '}' || rest[0] == ')' || rest[0] == ']' ? 1 : 0;
    std::string_view relation;
    for (const std::string_view each : {"=", "\\approx", "\\propto", "\\leftarrow", "\\sim", "\\in"}) {
      if (depth != 0 || !rest.starts_with(each)) continue;
      const bool whole = each == "=" || rest.size() == each.size() || !tex_letter(rest[each.size()]);
      if (whole) relation = each;
    }
    if (!relation.empty()) {
      end_side();
      out.back().relations.emplace_back(relation);
      i += relation.size();
      if (i < text.size() && text[i] == ' ') ++i;
    } else if (depth == 0 && rest[0] == ',') {
      end_side();
      if (!out.back().sides.empty()) out.emplace_back();
      ++i;
    } else {
      side += text[i++];
    }
  }
  end_side();
  if (out.back().sides.empty()) out.pop_back();
  return out;
}

}  // namespace iem::testing
