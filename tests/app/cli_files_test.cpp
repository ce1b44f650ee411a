// The files of `iemlab run`: trace, state, dumps, figures.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "core/labs/registry.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

void run(const Folder& folder, std::vector<std::string> more) {
  more.insert(more.begin(), {"run", "penguins", "--steps", "4", "--quiet"});
  const Outcome outcome = iemlab(folder, more);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
}

TEST(cli_files, trace_has_a_row_per_step_and_17_digits) {
  const Folder folder;
  run(folder, {"--trace", "t.csv"});
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[0],
            "step,loss,grad_norm,entropy,usage_min,identity_error,ari,matched_accuracy,contraction");
  const Table table = table_of(folder.read("t.csv"));
  EXPECT_EQ(table.column("step"), (std::vector<double>{0, 1, 2, 3, 4}));
  for (const double error : table.column("identity_error")) EXPECT_LE(error, 1e-14);
  for (const double usage : table.column("usage_min")) EXPECT_TRUE(usage >= 0 && usage <= 1.0 / 3);
  // Every number reads back to itself: the last row is the state, bit for bit.
  run(folder, {"--state", "s.json"});
  const auto state = nlohmann::json::parse(folder.read("s.json"));
  EXPECT_EQ(table.column("loss").back(), state["loss"].get<double>());
  EXPECT_EQ(table.column("entropy").back(), state["metrics"]["entropy"].get<double>());
  EXPECT_EQ(table.column("ari").back(), state["metrics"]["ari"].get<double>());
}

TEST(cli_files, state_has_parameters_in_their_natural_shape) {
  const Folder folder;
  run(folder, {"--state", "s.json"});
  const auto state = nlohmann::json::parse(folder.read("s.json"));
  EXPECT_EQ(state["format"], 1);
  EXPECT_EQ(state["program"].get<std::string>().find("iemlab "), 0u);
  EXPECT_EQ(state["lab"], "mixture");
  EXPECT_EQ(state["step"], 4);
  EXPECT_EQ(state["parameters"].size(), 3u);
  const auto& parameters = state["parameters"];
  ASSERT_EQ(parameters["means"].size(), 3u);
  ASSERT_EQ(parameters["covariances"].size(), 3u);
  double total = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(parameters["means"][j].size(), 2u);
    EXPECT_EQ(parameters["covariances"][j][0][1], parameters["covariances"][j][1][0]);
    total += parameters["weights"][j].get<double>();
  }
  EXPECT_NEAR(total, 1, 1e-15);
  for (const char* metric : {"entropy", "usage_min", "identity_error"})
    EXPECT_TRUE(state["metrics"][metric].is_number());
  EXPECT_EQ(state["hash"].get<std::string>().find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(cli_files, dumps_have_a_row_per_point_and_say_the_same_thing) {
  const Folder folder;
  run(folder, {"--dump", "responsibilities=r.csv", "--dump", "energies=d.csv", "--dump", "gradient=g.csv",
               "--dump", "points=x.csv"});
  const Table r = table_of(folder.read("r.csv")), d = table_of(folder.read("d.csv")),
              g = table_of(folder.read("g.csv"));
  const Table x = table_of(folder.read("x.csv"));
  ASSERT_EQ(r.rows.size(), 342u);
  ASSERT_EQ(d.rows.size(), 342u);
  ASSERT_EQ(x.rows.size(), 342u);
  EXPECT_EQ(x.header, (std::vector<std::string>{"bill_length", "flipper_length", "label"}));
  for (std::size_t i = 0; i < r.rows.size(); ++i) {
    double z = 0, sum = 0;
    for (const double energy : d.rows[i]) z += std::exp(-energy);
    for (std::size_t j = 0; j < 3; ++j) {
      sum += r.rows[i][j];
      EXPECT_NEAR(r.rows[i][j], std::exp(-d.rows[i][j]) / z, 1e-12);
      EXPECT_NEAR(g.rows[i][j] * 342, r.rows[i][j], 1e-14);
    }
    EXPECT_NEAR(sum, 1, 1e-14);
  }
}

TEST(cli_files, figures_come_in_every_format) {
  const Folder folder;
  run(folder, {"--figure", "stage=f.svg", "--figure", "stage=f.pdf", "--figure", "stage=f.png", "--figure",
               "stage=f.eps", "--figure", "stage=f.tex", "--figure", "stage=f.csv", "--figure",
               "loss=loss.csv", "--width-cm", "8.5"});
  EXPECT_EQ(folder.files(),
            (std::vector<std::string>{"f-field-2.png", "f-field.png", "f.csv", "f.csv.json", "f.eps", "f.pdf",
                                      "f.png", "f.svg", "f.tex", "loss.csv", "loss.csv.json"}));
  EXPECT_NE(folder.read("f.svg").find("<svg"), std::string::npos);
  EXPECT_EQ(folder.read("f.pdf").substr(0, 5), "%PDF-");
  EXPECT_EQ(folder.read("f.png").substr(1, 3), "PNG");
  EXPECT_EQ(folder.read("f.eps").find("%!PS-Adobe-3.0 EPSF-3.0\n"), 0u);
  EXPECT_NE(folder.read("f.tex").find("\\begin{tikzpicture}"), std::string::npos);
  EXPECT_EQ(folder.read("f.csv").find("series,x,y"), 0u);
  EXPECT_EQ(folder.read("loss.csv").find("series,x,y\n"), 0u);
}

TEST(cli_files, figures_obey_size_theme_and_resolution_and_repeat_to_the_byte) {
  const Folder folder;
  run(folder, {"--figure", "stage=a.png", "--width-cm", "8.5", "--dpi", "100", "--theme", "print"});
  const std::string png = folder.read("a.png");
  const auto byte = [&](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(png[at]));
  };
  EXPECT_NEAR(byte(18) * 256 + byte(19), 8.5 / 2.54 * 100, 1);  // IHDR's width
  run(folder, {"--figure", "stage=b.png", "--width-cm", "8.5", "--dpi", "100", "--theme", "print"});
  EXPECT_TRUE(png == folder.read("b.png"));
  run(folder, {"--figure", "stage=c.svg", "--width-cm", "8.5", "--transparent"});
  run(folder, {"--figure", "stage=d.svg", "--width-cm", "8.5"});
  EXPECT_LT(folder.read("c.svg").size(), folder.read("d.svg").size());
}

TEST(cli_files, eps_has_the_size_asked_for_and_no_date) {
  const Folder folder;
  const std::vector<std::string> words = {"--figure", "loss=a.eps", "--width-cm", "8.5", "--height-cm", "6"};
  run(folder, words);
  const std::string eps = folder.read("a.eps");
  double x0 = -1, y0 = -1, x1 = 0, y1 = 0;
  const std::size_t box = eps.find("%%BoundingBox:");
  ASSERT_NE(box, std::string::npos);
  ASSERT_EQ(std::sscanf(eps.c_str() + box, "%%%%BoundingBox: %lf %lf %lf %lf", &x0, &y0, &x1, &y1), 4);
  EXPECT_NEAR(x1 - x0, 8.5 / 2.54 * 72, 1.01);  // whole points
  EXPECT_NEAR(y1 - y0, 6 / 2.54 * 72, 1.01);
  EXPECT_NE(eps.find("%%CreationDate: 2000-01-01\n"), std::string::npos);
  run(folder, words);
  EXPECT_TRUE(eps == folder.read("a.eps"));
}

TEST(cli_files, every_figure_of_every_lab_can_be_written) {
  const Folder folder;
  const auto figures = iemlab(folder, {"list", "figures", "--lab", "mixture", "--json"}).json();
  std::vector<std::string> arguments;
  std::size_t written = 0;
  for (const auto& figure : figures) {
    const auto id = figure["id"].get<std::string>();
    const auto& types = find_lab("mixture")->figures();
    if (std::ranges::find(types, id, &FigureType::id)->use == FigureUse::runs) continue;  // this is one
    ++written;
    arguments.insert(arguments.end(), {"--figure", id + "=" + id + ".svg"});
  }
  ASSERT_GT(written, 10u);
  run(folder, arguments);
  EXPECT_EQ(folder.files().size(), written);
}

TEST(cli_files, a_file_that_is_there_is_replaced_whole) {
  const Folder folder;
  folder.write("t.csv", std::string(100000, 'x'));
  run(folder, {"--trace", "t.csv"});
  EXPECT_EQ(lines_of(folder.read("t.csv")).size(), 6u);
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"t.csv", "t.csv.json"}));
}

// Through /proc, where nothing can be renamed: a mistake must not cost the machine its /dev/stdout.
TEST(cli_files, standard_output_is_written_through_wherever_it_leads) {
  const Folder folder;
  const std::string line = "iemlab run penguins --steps 2 --trace /proc/self/fd/1";
  for (const std::string where : {" > out.txt", " | cat > out.txt"}) {
    const Outcome outcome = shell(folder, line + where);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const auto lines = lines_of(folder.read("out.txt"));
    ASSERT_GE(lines.size(), 5u);
    EXPECT_EQ(lines[0].find("step,loss,"), 0u);
    EXPECT_EQ(lines[3].find("2,"), 0u);
    EXPECT_NE(lines[5].find("step 2"), std::string::npos) << "the summary comes after the trace";
  }
}

TEST(cli_files, a_link_stays_a_link_and_what_it_leads_to_is_written) {
  const Folder folder;
  folder.write("there/old.csv", "old");
  ASSERT_EQ(shell(folder, "ln -s there/old.csv old.csv; ln -s there/new.csv new.csv").code, 0);
  run(folder, {"--trace", "old.csv", "--state", "new.csv"});
  EXPECT_TRUE(std::filesystem::is_symlink(folder.at("old.csv")));
  EXPECT_TRUE(std::filesystem::is_symlink(folder.at("new.csv")));
  EXPECT_EQ(lines_of(folder.read("there/old.csv")).size(), 6u);
  EXPECT_NE(folder.read("there/new.csv"), "");
}

TEST(cli_files, words_of_an_svg_are_outlines_or_real) {
  const Folder folder;
  for (const std::string kind : {"outlines", "real"})
    ASSERT_EQ(iemlab(folder, {"run", "three_blobs", "--steps", "1", "--quiet", "--svg-text", kind, "--figure",
                              "loss=" + kind + ".svg"})
                  .code,
              0);
  EXPECT_EQ(folder.read("outlines.svg").find("<text"), std::string::npos);
  EXPECT_NE(folder.read("outlines.svg").find("aria-label=\"Loss\""), std::string::npos);
  EXPECT_NE(folder.read("real.svg").find(">Loss</text>"), std::string::npos);
  const Outcome refused =
      iemlab(folder, {"run", "three_blobs", "--svg-text", "letters", "--figure", "loss=x.svg"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("allowed are real and outlines"), std::string::npos) << refused.err;
}

TEST(cli_files, a_caption_of_ones_own_stands_below_every_figure) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "three_blobs", "--steps", "1", "--quiet", "--caption", "My words & $J$",
                            "--figure", "loss=a.svg", "--figure", "usage=b.tex"})
                .code,
            0);
  EXPECT_NE(folder.read("a.svg").find("<desc>My words &amp; J</desc>"), std::string::npos);
  EXPECT_NE(folder.read("b.tex").find("My words"), std::string::npos);
}

// Boxes on paper are not silent, and are said once, however many figures have them.
TEST(cli_files, letters_that_the_font_lacks_are_said_once) {
  const Folder folder;
  folder.write("s.toml", small_scene("title = \"\u6F22\u5B57\"\n"));
  const Outcome outcome = iemlab(folder, {"run", "s.toml", "--steps", "1", "--quiet", "--figure",
                                          "loss=a.svg", "--figure", "usage=b.pdf", "--figure", "loss=c.csv"});
  EXPECT_EQ(outcome.code, 0);
  ASSERT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  EXPECT_NE(outcome.err.find("warning: the font of figures has no letter for"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(iemlab(folder, {"run", "three_blobs", "--steps", "1", "--quiet", "--figure", "loss=d.svg"}).err,
            "");
}

}  // namespace
}  // namespace iem::test
