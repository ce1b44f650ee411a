// The words of a lesson: code, formulas, numbers and links in Markdown.
#include "core/lesson/text_parts.h"

#include <gtest/gtest.h>

#include "core/session/scene_file.h"

namespace iem {
namespace {

std::string parts_text(std::string_view markdown) {
  std::string out, all;
  for (const TextPart& part : parts_of_text(markdown)) {
    const char* kind = part.kind == TextPart::Kind::words  ? "w"
                       : part.kind == TextPart::Kind::code ? "c"
                                                           : "f";
    out += std::string(kind) + "[" + std::string(part.text) + "]";
    EXPECT_EQ(markdown.substr(part.offset, part.text.size()), part.text);
    all += part.text;
  }
  EXPECT_EQ(all, markdown) << "the parts are not the whole";
  return out;
}

TEST(TextParts, TellWordsFromCodeAndFormulas) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"", ""},
      {"a", "w[a]"},
      {"a $x$ b", "w[a ]f[$x$]w[ b]"},
      {"$$\n\\frac{1}{2}\n$$", "f[$$\n\\frac{1}{2}\n$$]"},
      {"`a $x$` b", "c[`a $x$`]w[ b]"},
      {"``a ` b``", "c[``a ` b``]"},
      {"`a", "w[`a]"},
      {"$ 5 and 6 $", "w[$ 5 and 6 $]"},
      {"5 \\$ and $a\\$b$", "w[5 \\$ and ]f[$a\\$b$]"},
      {"a $x\n\ny$", "w[a $x\n\ny$]"},
      {"```\n$x$\n```\n$y$", "c[```\n$x$\n```]w[\n]f[$y$]"},
      {"~~~\n{a}", "c[~~~\n{a}]"},
      {"$$$$$", "w[$$$$$]"},
  };
  for (const auto& [text, parts] : all) EXPECT_EQ(parts_text(text), parts) << text;
}

TEST(TextParts, FillNumbersInWordsAndWithAnEqualsSignInFormulas) {
  const iem::Run run(load_scene("drag_a_point"), std::make_shared<ThreadPool>(1));
  Evaluator evaluator(run);
  const std::vector<std::pair<std::string, std::string>> all = {
      {"J {= 1/3} and { 2 + 2 }", "J 0.3333 and 4"},
      {"$r_{j} = {= 1/3}$", "$r_{j} = 0.3333$"},
      {"$\\frac{1}{2} {=} 3$", "$\\frac{1}{2} {=} 3$"},
      {"$x = {= 0-2/10^8}$", "$x = -2 \\times 10^{-8}$"},
      {"`{= 1/3}`", "`{= 1/3}`"},
      {"[a](formula:\\mu_{2}) {2}", "[a](formula:\\mu_{2}) 2"},
      {"{nothing} {a, b}", "{nothing} {a, b}"},
      {"{2", "{2"},
      {"$x = {= [1, 2]}$", "$x = (1, 2)$"},
  };
  for (const auto& [text, filled] : all) EXPECT_EQ(filled_markdown(text, evaluator), filled) << text;
  EXPECT_EQ(awaited_markdown("J {loss} and $x = {= loss}$ `{loss}`"), "J … and $x = \\ldots$ `{loss}`");
}

TEST(TextParts, FindLinks) {
  const std::string text =
      "[a](key:model.temperature), ![b](c.png) [$r_j$](formula:r_j)\n`[x](key:y)` [d](https://a.b) "
      "[e](point:0 \"t\")";
  const std::vector<LessonLink> links = links_of_text(text);
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].kind, "key");
  EXPECT_EQ(links[0].name, "model.temperature");
  EXPECT_EQ(text.substr(links[0].offset, 4), "key:");
  EXPECT_EQ(links[1].kind, "formula");
  EXPECT_EQ(links[1].name, "r_j");
  EXPECT_EQ(links[2].name, "0");
  const std::vector<LessonLink> others = other_links_of_text(text);
  ASSERT_EQ(others.size(), 2U);
  EXPECT_EQ(others[0].name, "c.png");
  EXPECT_EQ(others[1].name, "https://a.b");
}

}  // namespace
}  // namespace iem
