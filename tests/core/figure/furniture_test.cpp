// Furniture: what is put on a figure before any canvas, and the keys that say so.
#include "core/figure/furniture.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/error.h"
#include "core/figure/palette.h"
#include "core/labs/registry.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

// Two panels over the same steps, with different heights.
Figure two_panels() {
  Figure figure{.id = "loss", .title = "Loss", .caption = "Its own words.", .panels = {}, .keep = {}};
  const Values steps = figure.own({0, 1, 2, 3}), numbers = figure.own({8, 4, 2, 1});
  for (const char* label : {"J", "gradient"}) {
    Panel panel;
    panel.x = {.label = "step", .lo = 0, .hi = 3, .quantity = Quantity::step};
    panel.y = {.label = label, .unit = "nats", .lo = 0, .hi = 9};
    Line line{.series = label, .x = steps, .y = numbers};
    line.label = label;
    line.name_at_end = true;
    panel.marks.push_back(line);
    panel.marks.push_back(Legend{{{Sign::ring, "a sign"}}});
    figure.panels.push_back(panel);
  }
  return figure;
}

Config paper_with(const std::string& key, Value value) {
  const Lab& lab = *find_lab("mixture");
  Config paper(lab.id(), lab.parameters());
  paper.set("paper." + key, std::move(value), {"scene.toml", 3, 7});
  return paper;
}

Figure furnished_with(const std::string& key, Value value) {
  return furnished(two_panels(), paper_with(key, std::move(value)));
}

TEST(furniture, every_lab_has_its_keys_and_none_belongs_to_the_run) {
  for (const Lab* lab : labs())
    for (const FurniturePiece& piece : furniture_pieces()) {
      const Parameter* key = lab->parameters()->find(piece.key.key);
      ASSERT_NE(key, nullptr) << lab->id() << " " << piece.key.key;
      EXPECT_EQ(key->effect, Effect::view);
      EXPECT_TRUE(is_furniture(key->key));
    }
}

TEST(furniture, a_caption_is_on_off_or_other_words) {
  EXPECT_EQ(furnished_with("caption", std::string("on")).caption, "Its own words.");
  EXPECT_EQ(furnished_with("caption", std::string("off")).caption, "");
  EXPECT_EQ(furnished_with("caption", std::string("Mine, $J$")).caption, "Mine, $J$");
}

TEST(furniture, a_label_replaces_name_and_unit_of_the_axis_the_first_panel_has) {
  const Figure over_x = furnished_with("label.x", std::string("updates of $\\theta$"));
  for (const Panel& panel : over_x.panels) {
    EXPECT_EQ(panel.x.label, "updates of $\\theta$");
    EXPECT_TRUE(panel.x.marked);
  }
  const Figure over_y = furnished_with("label.y", std::string("cost \\$"));
  EXPECT_EQ(over_y.panels[0].y.label, "cost $");
  EXPECT_FALSE(over_y.panels[0].y.marked);
  EXPECT_EQ(over_y.panels[0].y.unit, "");
  EXPECT_EQ(over_y.panels[1].y.label, "gradient") << "another quantity";
}

TEST(furniture, ranges_follow_the_scale_and_leave_the_numbers) {
  const Figure range = furnished_with("x_range", Tensor{{2}, {1, 2}});
  for (const Panel& panel : range.panels) EXPECT_EQ(std::pair(panel.x.lo, panel.x.hi), std::pair(1.0, 2.0));
  EXPECT_EQ(std::get<Line>(range.panels[0].marks[0]).x.size(), 4U);

  Config both = paper_with("log", std::string("y"));
  both.set("paper.y_range", Tensor{{2}, {0.5, 10}});
  const Figure log = furnished(two_panels(), both);
  EXPECT_EQ(log.panels[0].y.scale, Scale::log10);
  EXPECT_EQ(log.panels[0].y.lo, 0.5);

  both.set("paper.y_range", Tensor{{2}, {0, 10}}, {"scene.toml", 4, 11});
  EXPECT_EQ(error_of([&] { furnished(two_panels(), both); }),
            "scene.toml:4:11: paper.y_range = [0.0, 10.0]: must be above 0 on the logarithmic axis of loss");
}

TEST(furniture, without_a_legend_the_curves_keep_their_numbers) {
  const Figure off = furnished_with("legend", std::string("off"));
  ASSERT_EQ(off.panels[0].marks.size(), 1U);
  const Line& line = std::get<Line>(off.panels[0].marks[0]);
  EXPECT_EQ(line.label, "");
  EXPECT_EQ(line.series, "J");
  EXPECT_TRUE(furnished_with("legend", std::string("inside")).paper.legend_inside);
}

TEST(furniture, says_what_is_allowed) {
  const auto refused = [](const std::string& key, Value value) {
    return error_of([&] { paper_with(key, std::move(value)); });
  };
  EXPECT_EQ(refused("title", std::string("maybe")),
            "scene.toml:3:7: paper.title = \"maybe\": must be one of on, off");
  EXPECT_EQ(refused("type_pt", 90.0), "scene.toml:3:7: paper.type_pt = 90.0: must be from 4 to 24");
  EXPECT_EQ(refused("x_range", Tensor{{2}, {3, 1}}),
            "scene.toml:3:7: paper.x_range = [3.0, 1.0]: the first number must be less than the second");
  EXPECT_EQ(
      refused("y_range", Tensor{{2}, {-1e308, 1e308}}),
      "scene.toml:3:7: paper.y_range = [-1e+308, 1e+308]: the range is too long: its length must be finite");
  EXPECT_NE(refused("palette", std::string("brigt")).find("did you mean bright?"), std::string::npos);
  EXPECT_NE(refused("letter", std::string("a long chapter")).find("a letter or a short word"),
            std::string::npos);
}

}  // namespace
}  // namespace iem
