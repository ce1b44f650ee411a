// Long formulas in lines: broken outside of brackets, and nothing lost.
#include "core/figure/tex_lines.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/config/group.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

using Lines = std::vector<std::string>;

Lines broken(const std::string& tex, std::size_t most) {
  return tex_lines(tex, [most](const std::string& line) { return line.size() <= most; });
}

TEST(TexLines, BreakBeforeSignsOutsideOfBrackets) {
  EXPECT_EQ(broken("J=a+b-c", 99), Lines{"J=a+b-c"});
  EXPECT_EQ(broken("J=a+b-c", 5), (Lines{"J=a+b", "-c"}));
  EXPECT_EQ(broken("J=a+b-c", 4), (Lines{"J=a", "+b-c"}));
  EXPECT_EQ(broken("J=-a+b", 1), (Lines{"J=-a", "+b"})) << "a sign is no operator";
  EXPECT_EQ(broken("\\frac{a+b}{c-d}+\\left(e-f\\right]-g", 1),
            (Lines{"\\frac{a+b}{c-d}", "+\\left(e-f\\right]", "-g"}));
  EXPECT_EQ(broken("s\\in\\{+1,-1\\}-c", 1), (Lines{"s\\in\\{+1,-1\\}", "-c"}));
  EXPECT_EQ(broken("a^{-1}", 1), Lines{"a^{-1}"});
  EXPECT_EQ(broken("J=\\|R-I\\|^2-c", 1), (Lines{"J=\\|R-I\\|^2", "-c"}));
  EXPECT_EQ(broken("", 1), Lines{""});
}

TEST(TexLines, OfEveryFormulaOfEveryPanelAreWholeAndBalanced) {
  int lines = 0;
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    for (const GroupType& type : group_types()) {
      const std::string tex = find_lab(scene.config.lab())->formula(type.group, scene.config);
      std::string joined;
      for (const std::string& line : broken(tex, 20)) {
        joined += line;
        EXPECT_EQ(std::ranges::count(line, '{'), std::ranges::count(line, '}')) << line;
        ++lines;
      }
      EXPECT_EQ(joined, tex);
    }
  }
  EXPECT_GT(lines, 100);
}

// A column of controls has no room for it in one line, and it would run under the value of J.
TEST(TexLines, TheLossOfEachClassAloneCanBeBroken) {
  const Scene scene = load_scene("each_class_alone");
  const std::string tex = find_lab(scene.config.lab())->formula(Group::objective, scene.config);
  EXPECT_EQ(broken(tex, 20).size(), 2) << tex;
}

}  // namespace
}  // namespace iem
