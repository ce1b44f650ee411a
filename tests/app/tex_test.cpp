// Figures as LaTeX documents, read by LaTeX where there is one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/export/export.h"
#include "core/base/error.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"
#include "tests/app/latex.h"

namespace iem::test {
namespace {

// A scene of every lab, with all of the lab's figures.
const std::vector<std::pair<std::string, std::string>>& scenes() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"mixture", "penguins"},       {"mixture", "outliers"},      {"activation", "student_sign"},
      {"activation", "silu_gate"},   {"attention", "routing_toy"}, {"attention", "retrieval"},
      {"attention", "routing_roles"}};
  return all;
}

std::vector<std::string> figures_as_tex(const Folder& folder, const std::string& lab,
                                        const std::string& scene) {
  std::vector<std::string> arguments = {"run", scene, "--steps", "9", "--quiet"}, files;
  // No sign that is written depends on how many starts a map has.
  if (lab == "mixture") arguments.insert(arguments.end(), {"--set", "view.atlas_size=8"});
  for (const FigureType& type : find_lab(lab)->figures()) {
    files.push_back(scene + "_" + type.id + ".tex");
    arguments.insert(arguments.end(), {"--figure", type.id + "=" + files.back()});
  }
  const Outcome run = iemlab(folder, arguments);
  // A figure that has nothing to show is not written, and said.
  std::erase_if(files, [&](const std::string& file) {
    return run.err.find(file + ": the figure ") != std::string::npos;
  });
  EXPECT_EQ(run.code, lines_of(run.err).empty() ? 0 : 2) << run.err;
  EXPECT_GT(files.size(), 5u) << scene << run.err;
  return files;
}

// LaTeX stops at a character that it does not know; of ASCII it knows all, and the rest is ours to name.
TEST(tex_figures, are_written_in_ascii) {
  Folder folder;
  for (const auto& [lab, scene] : scenes())
    for (const std::string& file : figures_as_tex(folder, lab, scene)) {
      const std::string tex = folder.read(file);
      const auto strange =
          std::ranges::find_if(tex, [](char c) { return static_cast<unsigned char>(c) > 127; });
      EXPECT_EQ(strange, tex.end()) << file << ": "
                                    << tex.substr(static_cast<std::size_t>(strange - tex.begin()), 40);
    }
}

// Values close together and far from 0: TeX computes in 16 bits before the point and 16 after it.
TEST(tex_figures, of_narrow_ranges_are_counted_from_an_offset) {
  Folder folder;
  const std::string place = IEMLAB_SOURCE_DIR "/tests/cases/tex-narrow-range/";
  for (const char* file : {"scene.toml", "data.csv"}) folder.write(file, file_text(place + file));
  ASSERT_EQ(iemlab(folder, {"run", "scene.toml", "--steps", "5", "--quiet", "--figure", "activation=a.tex",
                            "--figure", "bound=b.tex"})
                .code,
            0);
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--set", "optimizer.method=em", "--steps", "40", "--quiet",
                            "--figure", "bound=c.tex"})
                .code,
            0);
  const bool compiles = has_latex(folder);
  for (const std::string name : {"a", "b", "c"}) {
    const std::string tex = folder.read(name + ".tex");
    EXPECT_TRUE(tex.find("{+ ") != std::string::npos || tex.find("{$-$ ") != std::string::npos)
        << name << ": the axis does not name its offset";
    // Every axis is wide enough, seen from 0.
    int axes = 0;
    for (std::size_t at = 0; (at = tex.find("ymin=", at)) != std::string::npos; ++at, ++axes) {
      const double lo = std::stod(tex.substr(at + 5)), hi = std::stod(tex.substr(tex.find("ymax=", at) + 5));
      EXPECT_GT(hi - lo, 1e-3 * std::max(std::abs(lo), std::abs(hi))) << name;
    }
    EXPECT_GT(axes, 0) << name;
    if (!compiles) continue;
    const Outcome read = latex(folder, name + ".tex");
    EXPECT_EQ(read.code, 0) << name << "\n" << read.out;
    EXPECT_EQ(read.out.find("Dimension too large"), std::string::npos) << name;
    EXPECT_EQ(read.out.find("is approximately empty"), std::string::npos) << name;
  }
  if (!compiles) GTEST_SKIP() << "the text was checked; no LaTeX here to read it";
}

std::set<std::string> png_files(const Folder& folder) {
  std::set<std::string> out;
  for (const auto& file : folder.files())
    if (std::string(file).ends_with(".png")) out.insert(std::filesystem::path(file).filename().string());
  return out;
}

TEST(tex_figures, have_their_fields_as_pictures_beside_them) {
  Folder folder;
  std::filesystem::create_directory(folder.at("sub"));
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "3", "--quiet", "--figure",
                            "stage=sub/my figure.tex", "--figure", "loss=loss.tex"})
                .code,
            0);
  const std::string tex = folder.read("sub/my figure.tex");
  int pictures = 0;
  for (std::size_t at = 0; (at = tex.find("] {my-figure-", at)) != std::string::npos; ++at, ++pictures) {
    const std::size_t begin = at + 3, end = tex.find('}', begin);
    EXPECT_TRUE(folder.has("sub/" + tex.substr(begin, end - begin))) << tex.substr(begin, end - begin);
  }
  EXPECT_GE(pictures, 1);
  EXPECT_LT(tex.size(), 200000u) << "a field is no grid of cells";
  EXPECT_EQ(folder.read("loss.tex").find("graphics["), std::string::npos);
  EXPECT_FALSE(folder.has("loss-field.png"));
}

// The text and its pictures appear together, over nothing that is read and over no other output.
TEST(tex_figures, and_their_pictures_take_the_place_of_nothing_else) {
  Folder folder;
  const auto refused = [&](std::vector<std::string> arguments, const std::string& why) {
    const auto before = folder.files();
    arguments.insert(arguments.begin(), "run");
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_EQ(folder.files(), before);
  };
  refused({"penguins", "--figure", "stage=a.tex", "--figure", "loss=a-field.png"}, "a-field.png");
  refused({"penguins", "--figure", "loss=a-field-2.png", "--figure", "stage=a.tex"}, "a-field-2.png");
  ASSERT_EQ(
      iemlab(folder, {"run", "penguins", "--steps", "1", "--quiet", "--figure", "stage=in-field.png"}).code,
      0);
  const std::string input = folder.read("in-field.png");
  refused({"in-field.png", "--figure", "stage=in.tex"}, "would replace the saved run");
  EXPECT_EQ(folder.read("in-field.png"), input);
}

TEST(tex_figures, that_cannot_be_written_leave_no_picture) {
  Folder folder;
  const iem::Run run(load_scene("penguins"), std::make_shared<ThreadPool>(1));
  const auto snapshot = take_snapshot(run);
  const Figure figure = lab_of(run.setup()).figure("stage", *snapshot, {snapshot->config(), {}, {}});
  std::filesystem::create_directory(folder.at("a.tex"));  // in the way of the text, not of its picture
  EXPECT_THROW(write_figure(figure, folder.at("a.tex")), InputError);
  EXPECT_EQ(png_files(folder).size(), 0u);
  std::filesystem::create_directory(folder.at("b-field.png"));
  EXPECT_THROW(write_figure(figure, folder.at("b.tex")), InputError);
  EXPECT_FALSE(folder.has("b.tex"));
}

TEST(tex_figures, as_a_fragment_are_read_into_a_paper) {
  Folder folder;
  for (const std::string theme : {"print", "dark"})
    ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "3", "--quiet", "--tex", "fragment", "--theme",
                              theme, "--width-cm", "8.5", "--figure", "stage=" + theme + ".tex"})
                  .code,
              0);
  const std::string tex = folder.read("print.tex");
  EXPECT_EQ(tex.find("\\documentclass"), std::string::npos);
  EXPECT_EQ(tex.find("\\begin{document}"), std::string::npos);
  EXPECT_NE(tex.find("% In the preamble: "), std::string::npos);
  // The preamble that the README and the fragment ask for, and no other.
  write_paper(folder, "paper.tex", "One \\input{print} and \\input{dark}.");
  if (!has_latex(folder)) GTEST_SKIP() << "the text was checked; no LaTeX here to read it";
  const Outcome read = latex(folder, "paper.tex");
  EXPECT_EQ(read.code, 0) << read.out;
}

// A table of any country: LaTeX stops at a letter that it does not know, unless it is told what to do. Where
// a box stands it is said, once.
TEST(tex_figures, of_names_in_any_script_are_what_latex_reads) {
  Folder folder;
  std::string rows;
  for (int i = 0; i < 12; ++i) rows += std::to_string(i % 5) + "," + std::to_string(i % 4 + i % 3) + "\n";
  struct Case {
    std::string header, without;  // the letters that are boxes
  };
  const std::vector<Case> cases = {
      {"\u03BC\u03AE\u03BA\u03BF\u03C2 (\u03BCm),\u0398\u03B5\u03C1\u03BC\u03CC\u03C4\u03B7\u03C4\u03B1 "
       "(\u00B0C)",
       ""},
      {"d\u0142ugo\u015B\u0107 si\u0119 (cm),\u00C5ngstr\u00F6m \u00DE\u00F3r \u00AB\u00E9\u00BB", ""},
      {"k (s\u207B\u00B9),m\u00B3 H\u2082O\u2074", ""},
      {"cafe\u0301 (n),a\u0308\u0302b", ""},
      {"\u8EAB\u9AD8 (cm),\u4F53\u91CD (kg)", "\u8EAB\u9AD8\u4F53\u91CD"},
      {"\U0001F427 length,weight", "\U0001F427"},
      {"\u0434\u043B\u0438\u043D\u0430,b", "\u0434\u043B\u0438\u043D\u0430"}};
  const bool compiles = has_latex(folder);
  std::string inputs;  // of one paper with all fragments: LaTeX takes seconds to begin
  for (const std::string kind : {"document", "fragment"})
    for (const Case& c : cases) {
      folder.write("a.csv", c.header + "\n" + rows);
      const std::string name = kind + std::to_string(&c - &cases.front());
      const Outcome run =
          iemlab(folder, {"run", "a.csv", "--steps", "2", "--quiet", "--tex", kind, "--figure",
                          "pull=" + name + ".tex", "--figure", "trajectory=b.tex"});
      EXPECT_EQ(run.code, 0) << run.err;
      EXPECT_EQ(lines_of(run.err).size(), c.without.empty() ? 0u : 1u) << run.err;
      if (!c.without.empty())
        EXPECT_NE(run.err.find("pdflatex has no letter for " + c.without), std::string::npos) << run.err;
      if (kind == "fragment") inputs += "\n\n\\input{" + name + "}";
      if (!compiles || kind == "fragment") continue;
      const Outcome read = latex(folder, name + ".tex");
      EXPECT_EQ(read.code, 0) << c.header << "\n" << read.out;
    }
  write_paper(folder, "paper.tex", inputs);
  if (compiles) {
    const Outcome read = latex(folder, "paper.tex");
    EXPECT_EQ(read.code, 0) << read.out;
  }
  if (!compiles) GTEST_SKIP() << "the text was checked; no LaTeX here to read it";
}

TEST(tex_figures, of_another_kind_are_refused) {
  Folder folder;
  const Outcome outcome = iemlab(folder, {"run", "penguins", "--figure", "loss=a.tex", "--tex", "book"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("allowed are document and fragment"), std::string::npos) << outcome.err;
  EXPECT_FALSE(folder.has("a.tex"));
}

TEST(tex_figures, reopen_their_run) {
  Folder folder;
  const Outcome first = iemlab(
      folder, {"run", "penguins", "--steps", "7", "--json", "--figure", "stage=a.tex", "--tex", "fragment"});
  ASSERT_EQ(first.code, 0) << first.err;
  const Outcome again = iemlab(folder, {"run", "a.tex", "--steps", "0", "--json"});
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.json()["hash"], first.json()["hash"]);
}

// One of each sort: LaTeX takes seconds for a figure.
TEST(tex_figures, are_what_latex_reads) {
  Folder folder;
  if (!has_latex(folder)) GTEST_SKIP() << "no LaTeX here";
  std::string inputs;
  for (const auto& [scene, figure] :
       std::vector<std::pair<std::string, std::string>>{{"penguins", "stage"},
                                                        {"outliers", "pull"},
                                                        {"tanh", "family"},
                                                        {"student_sign", "statistic"},
                                                        {"routing_toy", "attention"},
                                                        {"slow_values", "timescales"}}) {
    ASSERT_EQ(iemlab(folder, {"run", scene, "--steps", "9", "--quiet", "--tex", "fragment", "--figure",
                              figure + "=" + figure + ".tex"})
                  .code,
              0);
    inputs += "\n\n\\input{" + figure + "}";
  }
  write_paper(folder, "paper.tex", inputs);
  const Outcome read = latex(folder, "paper.tex");
  EXPECT_EQ(read.code, 0) << read.out;
}

}  // namespace
}  // namespace iem::test
