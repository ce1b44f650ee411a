// Furniture on paper: what the page looks like with it, and that nothing changes without it.
#include "core/figure/furniture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/export/writers.h"
#include "app/paint/theme.h"
#include "core/figure/palette.h"
#include "core/labs/registry.h"
#include "tests/app/command.h"
#include "tests/app/drawn_page.h"
#include "tests/app/sample_figures.h"

namespace iem::test {
namespace {

Config with(const std::string& key, Value value) {
  const Lab& lab = *find_lab("mixture");
  Config paper(lab.id(), lab.parameters());
  paper.set("paper." + key, std::move(value));
  return paper;
}

bool says(const paint::Drawn& page, const std::string& words) {
  return std::ranges::find(page.canvas.words, words, &paint::RecordingCanvas::Word::text) !=
         page.canvas.words.end();
}

TEST(furniture, said_as_it_is_anyway_changes_no_byte) {
  const Lab& lab = *find_lab("mixture");
  Config said(lab.id(), lab.parameters());
  for (const FurniturePiece& piece : furniture_pieces()) said.set(piece.key.key, piece.key.default_value);
  ExportOptions options;
  options.dpi = 50;
  options.width_cm = 8;
  for (const Figure& plain : sample_figures()) {
    const Figure figure = furnished(plain, said);
    EXPECT_EQ(figure_as_svg(figure, options), figure_as_svg(plain, options)) << plain.id;
    EXPECT_EQ(figure_as_tex(figure, options), figure_as_tex(plain, options)) << plain.id;
    EXPECT_EQ(figure_as_csv(figure), figure_as_csv(plain)) << plain.id;
  }
}

TEST(furniture, the_letter_stands_before_the_title_or_alone) {
  const Figure loss = sample_loss();
  EXPECT_TRUE(says(paint::drawn(loss, 8.5), loss.title));
  Config paper = with("letter", std::string("b"));
  EXPECT_TRUE(says(paint::drawn(furnished(loss, paper), 8.5), "(b) " + loss.title));
  paper.set("paper.title", std::string("off"));
  const paint::Drawn alone = paint::drawn(furnished(loss, paper), 8.5);
  EXPECT_TRUE(says(alone, "(b)"));
  EXPECT_FALSE(says(alone, loss.title));
}

TEST(furniture, type_of_another_size_makes_the_page_of_the_same_width_hold_less) {
  const Figure large = furnished(sample_loss(), with("type_pt", 14.0));
  ExportOptions options;
  options.width_cm = 10;
  const std::string svg = figure_as_svg(large, options);
  EXPECT_NE(svg.find("width=\"10cm\""), std::string::npos) << svg.substr(0, 300);
  EXPECT_NE(figure_as_tex(large, options).find("\\fontsize{14}"), std::string::npos);
  EXPECT_EQ(figure_as_tex(large, options).find("\\fontsize{7}"), std::string::npos);
}

TEST(furniture, a_legend_inside_lies_in_the_plot) {
  Figure figure = sample_loss();
  for (Mark& mark : figure.panels[0].marks)
    if (auto* line = std::get_if<Line>(&mark); line && !line->label.empty()) line->name_at_end = true;
  const paint::Drawn beside = paint::drawn(figure, 17);
  const paint::Drawn inside = paint::drawn(furnished(figure, with("legend", std::string("inside"))), 17);
  ASSERT_TRUE(inside.page.key_inside);
  EXPECT_GT(inside.page.cells[0].plot.x1, beside.page.cells[0].plot.x1);
  std::size_t named = 0;
  for (const Mark& mark : figure.panels[0].marks) {
    const auto* line = std::get_if<Line>(&mark);
    if (!line || !line->name_at_end) continue;
    const auto word =
        std::ranges::find(inside.canvas.words, line->label, &paint::RecordingCanvas::Word::text);
    ASSERT_NE(word, inside.canvas.words.end()) << line->label;
    EXPECT_TRUE(inside.page.cells[0].plot.contains({word->rect.x0, word->rect.y1})) << line->label;
    ++named;
  }
  EXPECT_GT(named, 0U);
}

TEST(furniture, a_label_may_hold_a_formula) {
  const Figure figure = furnished(sample_loss(), with("label.y", std::string("cost $J$ & more")));
  const paint::Drawn page = paint::drawn(figure, 17);
  EXPECT_TRUE(says(page, "J"));
  EXPECT_TRUE(says(page, "cost "));
  EXPECT_NE(figure_as_tex(figure, {}).find("cost $J$ \\& more"), std::string::npos);
}

TEST(furniture, words_in_the_colours_of_every_palette_can_be_read) {
  for (const Palette& palette : palettes())
    for (const paint::ThemeId id : {paint::ThemeId::light, paint::ThemeId::dark, paint::ThemeId::print}) {
      const paint::Theme& theme = paint::theme(id, palette.id);
      for (int j = 0; j < 16; ++j) {
        for (const Rgb words : {paint::line_colour(theme, j), paint::lane_colour(theme, j)})
          EXPECT_GE(paint::contrast_ratio(words, theme.paper), 4.5) << palette.id << " " << j;
        EXPECT_GE(paint::contrast_ratio(theme.ink, to_rgb(paint::territory_colour(theme, j))), 4.5)
            << palette.id << " " << j;
      }
    }
}

TEST(furniture, says_what_an_option_does_not_change) {
  const Folder folder;
  folder.write("paper.toml", small_scene() + "\n[paper]\nlog = \"xy\"\n");
  const auto notes = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--quiet", "--steps", "2"});
    const Outcome outcome = iemlab(folder, words);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.err;
  };
  EXPECT_EQ(notes({"run", "three_blobs", "--figure", "stage=a.svg", "--figure", "stage=b.pdf", "--log", "y"}),
            "iemlab: note: --log: the vertical axis of stage cannot be logarithmic\n");
  EXPECT_EQ(notes({"run", "three_blobs", "--figure", "loss=a.svg", "--log", "y"}), "");
  EXPECT_EQ(notes({"run", "three_blobs", "--animate", "stage=a.gif", "--log", "xy", "--width-cm", "4"}),
            "iemlab: note: --log: neither axis of stage can be logarithmic\n");
  EXPECT_EQ(notes({"run", "three_blobs", "--figure", "stage=a.svg", "--legend", "inside"}),
            "iemlab: note: --legend: no curve of stage has a name\n");
  EXPECT_EQ(notes({"compare", "three_blobs", "--run", "optimizer.method=em", "--figure", "stage=a.svg",
                   "--title", "off", "--log", "x"}),
            "iemlab: note: --title: the names of the plots of stage stay\n"
            "iemlab: note: --log: the horizontal axis of stage cannot be logarithmic\n");
  // [paper] covers all figures of a scene.
  EXPECT_EQ(notes({"run", "paper.toml", "--figure", "stage=a.svg"}), "");
}

TEST(furniture, of_a_page_is_noted_where_no_panel_takes_it) {
  const Folder folder;
  const auto page = [&](const std::string& more, const std::vector<std::string>& options) {
    folder.write("p.toml",
                 "format = 1\nscene = \"three_blobs\"\n[[panel]]\nfigure = \"stage\"\nstep = 3\n" + more);
    std::vector<std::string> words = {"page", "p.toml", "-o", "p.svg", "--quiet"};
    words.insert(words.end(), options.begin(), options.end());
    const Outcome outcome = iemlab(folder, words);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.err;
  };
  const std::string loss = "[[panel]]\nfigure = \"loss\"\nstep = 3\n";
  EXPECT_EQ(page(loss, {"--log", "y"}), "");
  EXPECT_EQ(page("", {"--log", "y"}),
            "iemlab: note: --log: the vertical axis of stage cannot be logarithmic\n");
  EXPECT_EQ(page("[panel.paper]\nlog = \"y\"\n" + loss, {}),
            "iemlab: note: panel a: paper.log: the vertical axis of stage cannot be logarithmic\n");
}

// One declaration: the table of a scene and the options say the same, and neither is of the run.
TEST(furniture, a_scene_and_the_command_line_say_the_same) {
  const Folder folder;
  const std::string paper =
      "\n[paper]\ntitle = \"off\"\ncaption = \"Mine\"\nletter = \"c\"\nx_range = [0, 2]\nlog = \"y\"\n"
      "legend = \"inside\"\ntype_pt = 9\npalette = \"grey\"\nlabel = { x = \"updates\", y = \"$J$\" }\n";
  folder.write("plain.toml", small_scene());
  folder.write("paper.toml", small_scene() + paper);
  const Outcome by_scene = iemlab(folder, {"run", "paper.toml", "--steps", "3", "--json", "--figure",
                                           "loss=a.tex", "--figure", "loss=a.csv"});
  const Outcome by_option =
      iemlab(folder, {"run",   "plain.toml", "--steps",    "3",        "--json",    "--title",
                      "off",   "--caption",  "Mine",       "--letter", "c",         "--x-range",
                      "0,2",   "--log",      "y",          "--legend", "inside",    "--type-pt",
                      "9",     "--palette",  "grey",       "--label",  "x=updates", "--label",
                      "y=$J$", "--figure",   "loss=b.tex", "--figure", "loss=b.csv"});
  const Outcome plain = iemlab(folder, {"run", "plain.toml", "--steps", "3", "--json", "--figure",
                                        "loss=c.tex", "--figure", "loss=c.csv"});
  ASSERT_EQ(by_scene.code, 0) << by_scene.err;
  ASSERT_EQ(by_option.code, 0) << by_option.err;
  // The second line is the state string, which names the file.
  const auto without_state = [](std::string text) {
    const std::size_t at = text.find("% iem1:");
    return at == std::string::npos ? text : text.erase(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(without_state(folder.read("a.tex")), without_state(folder.read("b.tex")));
  EXPECT_NE(without_state(folder.read("a.tex")), without_state(folder.read("c.tex")));
  EXPECT_NE(folder.read("a.tex").find("Mine"), std::string::npos);
  EXPECT_EQ(folder.read("a.csv"), folder.read("c.csv")) << "tables keep their numbers";
  EXPECT_EQ(by_scene.json()["hash"], plain.json()["hash"]);

  // The figure reopens with its furniture.
  ASSERT_EQ(iemlab(folder, {"run", "b.tex", "--steps", "0", "--quiet", "--figure", "loss=d.tex"}).code, 0);
  EXPECT_NE(folder.read("d.tex").find("Mine"), std::string::npos);
}

TEST(furniture, what_does_not_fit_is_one_line_before_anything_is_done) {
  const Folder folder;
  const auto refused = [&](const std::string& option, const std::string& value) {
    const Outcome outcome = iemlab(folder, {"run", "nowhere", option, value, "--figure", "loss=x.svg"});
    EXPECT_EQ(outcome.code, 2) << option;
    return outcome.err;
  };
  EXPECT_EQ(refused("--title", "maybe"),
            "iemlab: --title: paper.title = \"maybe\": must be one of on, off\n");
  EXPECT_EQ(refused("--label", "z=height"), "iemlab: --label: 'z=height' must begin with x= or y=\n");
  EXPECT_NE(refused("--x-range", "1").find("of shape 2"), std::string::npos);
  EXPECT_NE(refused("--type-pt", "huge").find("must be a number"), std::string::npos);
  folder.write("s.toml", small_scene() + "\n[paper]\nlegends = \"off\"\n");
  const Outcome typo = iemlab(folder, {"run", "s.toml", "--quiet"});
  EXPECT_EQ(typo.code, 2);
  EXPECT_NE(typo.err.find("did you mean paper.legend?"), std::string::npos) << typo.err;
}

}  // namespace
}  // namespace iem::test
