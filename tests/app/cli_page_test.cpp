// iemlab page: several figures on one page.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "core/session/state_string.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

const std::string kDocs = std::string(IEMLAB_SOURCE_DIR) + "/docs";
const std::string kHead = "format = 1\nscene = \"three_blobs\"\n";

std::string page_panel(const std::string& figure, const std::string& more = "") {
  return "[[panel]]\nfigure = \"" + figure + "\"\n" + more + "\n";
}

const std::string kThree = kHead + page_panel("stage", "step = 0") + page_panel("stage", "step = 6") +
                           page_panel("usage", "step = 6\nset = { optimizer.method = \"em\" }");

// The blocks of code on a page, after ```KIND.
std::string fenced(const std::string& text, const std::string& kind) {
  const std::size_t begin = text.find("```" + kind + "\n") + kind.size() + 4;
  return text.substr(begin, text.find("```", begin) - begin);
}

TEST(cli_page, the_example_is_the_one_of_its_page_and_every_command_there_works) {
  const Folder folder;
  const std::string page = file_text(kDocs + "/pages.md"), example = file_text(kDocs + "/pages_example.toml");
  EXPECT_EQ(fenced(page, "toml"), example);
  folder.write("pages_example.toml", example);
  int commands = 0;
  for (const std::string& line : lines_of(page)) {
    if (!line.starts_with("iemlab ")) continue;
    const Outcome outcome = shell(folder, line);
    EXPECT_EQ(outcome.code, 0) << line << "\n" << outcome.err;
    ++commands;
  }
  EXPECT_EQ(commands, 5);
  EXPECT_EQ(lines_of(iemlab(folder, {"page", "pages_example.toml", "-o", "again.svg"}).out).size(), 6u);
  EXPECT_EQ(folder.read("again.svg"), folder.read("page.svg"));
}

TEST(cli_page, the_same_file_gives_the_same_bytes_in_every_format) {
  const Folder folder;
  folder.write("p.toml", kThree);
  for (const std::string ending : {"svg", "pdf", "png"}) {
    std::set<std::string> bytes;
    for (const std::string threads : {"1", "3"}) {
      const Outcome outcome =
          iemlab(folder, {"page", "p.toml", "-o", "p." + ending, "--threads", threads, "--quiet"});
      ASSERT_EQ(outcome.code, 0) << outcome.err;
      EXPECT_EQ(outcome.out, "");
      bytes.insert(folder.read("p." + ending));
    }
    EXPECT_EQ(bytes.size(), 1u) << ending;
  }
}

TEST(cli_page, has_the_size_that_is_asked_for) {
  const Folder folder;
  folder.write("p.toml", kThree);
  for (const std::string ending : {"svg", "pdf", "png"})
    ASSERT_EQ(iemlab(folder, {"page", "p.toml", "-o", "p." + ending, "--width-cm", "12", "--height-cm", "10",
                              "--dpi", "127"})
                  .code,
              0);
  EXPECT_NE(folder.read("p.svg").find("width=\"12cm\" height=\"10cm\""), std::string::npos);
  std::smatch box;
  const std::string pdf = folder.read("p.pdf");
  ASSERT_TRUE(std::regex_search(pdf, box, std::regex("MediaBox \\[ 0 0 ([0-9.]+) ([0-9.]+)")));
  EXPECT_NEAR(std::stod(box[1]), 12 / 2.54 * 72, 0.01);
  EXPECT_NEAR(std::stod(box[2]), 10 / 2.54 * 72, 0.01);
  const std::string png = folder.read("p.png");
  const auto number_at = [&](std::size_t at) {
    int out = 0;
    for (std::size_t i = at; i < at + 4; ++i) out = 256 * out + static_cast<unsigned char>(png[i]);
    return out;
  };
  EXPECT_EQ(number_at(16), 600);
  EXPECT_EQ(number_at(20), 500);
}

TEST(cli_page, reopens_panel_by_panel) {
  const Folder folder;
  folder.write("p.toml", kThree);
  const auto hash = [&](const std::vector<std::string>& command) {
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.json()["hash"].get<std::string>();
  };
  const std::map<std::string, std::string> runs = {
      {"a", hash({"run", "three_blobs", "--steps", "0", "--json"})},
      {"b", hash({"run", "three_blobs", "--steps", "6", "--json"})},
      {"c", hash({"run", "three_blobs", "--steps", "6", "--set", "optimizer.method=em", "--json"})}};
  for (const std::string file : {"p.svg", "p.pdf", "p.png"}) {
    ASSERT_EQ(iemlab(folder, {"page", "p.toml", "-o", file}).code, 0);
    EXPECT_EQ(find_state_strings(folder.read(file)).size(), 3u);
    for (const auto& [letter, run] : runs)
      EXPECT_EQ(hash({"run", file + "#" + letter, "--steps", "0", "--json"}), run) << file << letter;
    const Outcome first = iemlab(folder, {"run", file, "--steps", "0", "--json"});
    EXPECT_EQ(first.json()["hash"], runs.at("a"));
    EXPECT_NE(first.err.find(file + "#b to #c names another"), std::string::npos) << first.err;
    const Outcome none = iemlab(folder, {"run", file + "#d", "--steps", "0"});
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("it has no panel d: its panels are a to c"), std::string::npos) << none.err;
  }
  // A panel of another page.
  folder.write("q.toml", "format = 1\n" + page_panel("loss", "scene = \"p.svg#c\"\nstep = 9"));
  ASSERT_EQ(iemlab(folder, {"page", "q.toml", "-o", "q.svg"}).code, 0);
  EXPECT_EQ(hash({"run", "q.svg", "--steps", "0", "--json"}),
            hash({"run", "three_blobs", "--steps", "9", "--set", "optimizer.method=em", "--json"}));
  const Outcome over = iemlab(folder, {"page", "q.toml", "-o", "p.svg"});
  EXPECT_EQ(over.code, 2);
  EXPECT_NE(over.err.find("would replace the saved run"), std::string::npos) << over.err;
}

TEST(cli_page, names_no_clip_twice_nor_as_another_file_does) {
  const Folder folder;
  folder.write("p.toml", kThree);
  folder.write("q.toml", kHead + page_panel("stage", "step = 1"));
  std::set<std::string> clips;
  std::size_t all = 0;
  for (const std::string name : {"p", "q"}) {
    ASSERT_EQ(iemlab(folder, {"page", name + ".toml", "-o", name + ".svg"}).code, 0);
    const std::string svg = folder.read(name + ".svg");
    static const std::regex id("<clipPath id=\"([^\"]*)\"");
    for (std::sregex_iterator it(svg.begin(), svg.end(), id), end; it != end; ++it, ++all) {
      clips.insert((*it)[1]);
      EXPECT_NE(svg.find("url(#" + (*it)[1].str() + ")"), std::string::npos);
    }
  }
  EXPECT_EQ(clips.size(), all);
  EXPECT_GE(all, 4u);
  if (shell(folder, "command -v xmllint").code == 0) {
    EXPECT_EQ(shell(folder, "xmllint --noout p.svg q.svg").code, 0);
  }
}

// How often a text stands in another.
int page_count(const std::string& text, const std::string& part) {
  int out = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++out;
  return out;
}

TEST(cli_page, shares_names_of_curves_and_ranges_unless_told_not_to) {
  const Folder folder;
  const std::string curves = page_panel("usage", "step = 3") + page_panel("usage", "step = 30");
  folder.write("one.toml", kHead + curves);
  folder.write("each.toml", kHead + "[share]\nx = false\nlegend = false\n" + curves);
  const auto svg = [&](const std::string& name) {
    const Outcome outcome = iemlab(folder, {"page", name + ".toml", "-o", "p.svg", "--svg-text", "real"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return folder.read("p.svg");
  };
  const std::string one = svg("one"), each = svg("each");
  EXPECT_EQ(page_count(one, ">prototype 1</text>"), 1);
  EXPECT_EQ(page_count(each, ">prototype 1</text>"), 2);
  EXPECT_EQ(page_count(one, ">30</text>"), 2) << "both go to step 30";
  EXPECT_EQ(page_count(each, ">30</text>"), 1);
  EXPECT_EQ(page_count(one, ">(b) Usage</text>"), 1);
}

TEST(cli_page, shows_the_runs_beside_one_where_asked_for) {
  const Folder folder;
  const std::string scene = "format = 1\nscene = \"four_rules\"\n";
  folder.write("one.toml", scene + page_panel("loss", "step = 5"));
  folder.write("all.toml", scene + page_panel("loss", "step = 5\ncompare = true") +
                               page_panel("excess", "step = 5\ncompare = true"));
  for (const std::string name : {"one", "all"}) {
    const Outcome outcome =
        iemlab(folder, {"page", name + ".toml", "-o", name + ".svg", "--svg-text", "real"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
  EXPECT_EQ(page_count(folder.read("one.svg"), ">EM</text>"), 0);
  EXPECT_EQ(page_count(folder.read("all.svg"), ">EM</text>"), 1);
}

TEST(cli_page, of_the_readme_works) {
  const Folder folder;
  const std::string readme = file_text(std::string(IEMLAB_SOURCE_DIR) + "/README.md");
  folder.write("page.toml", fenced(readme.substr(readme.find("one page of a paper")), "toml"));
  EXPECT_EQ(iemlab(folder, {"page", "page.toml", "-o", "page.pdf"}).code, 0);
}

TEST(cli_page, says_what_is_wrong_and_where) {
  const Folder folder;
  std::string many = kHead;
  for (int i = 0; i < 1000; ++i) many += page_panel("loss");
  const std::string stage = page_panel("stage");
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "p.toml:1:1: format is missing: a page begins with format = 1"},
      {"format = 1\n", "p.toml:1:1: there is no panel"},
      {"format = 2\n" + stage, "p.toml:1:10: format = 2: must be 1\n"},
      {"format = 1\npanel = []\n", "p.toml:1:1: there is no panel"},
      {many, ": panel: there may be at most 64"},
      {kHead + "colums = 3\n" + stage, "p.toml:3:1: unknown key colums; did you mean columns?"},
      {kHead + page_panel("stage", "stp = 3"), "p.toml:5:1: unknown key panel[0].stp; did you mean step?"},
      {kHead + page_panel("stge"), "p.toml:4:10: figure = \"stge\": must be one of stage, loss"},
      {kHead + "[[panel]]\nstep = 3\n", "p.toml:3:1: figure is missing"},
      {"format = 1\n" + stage, "p.toml:2:1: scene is missing"},
      {"format = 1\nscene = \"three_blob\"\n" + stage,
       "p.toml:2:9: scene: no scene or file \"three_blob\"; did you mean three_blobs?"},
      {kHead + page_panel("stage", "set = { optimizer.method = \"emm\" }"),
       "p.toml:5:28: optimizer.method = \"emm\": must be one of"},
      {kHead + page_panel("stage", "set = { model.nu = 4.0 }"),
       "p.toml:5:20: model.nu = 4.0: has no effect with model.energy"},
      {kHead + page_panel("stage", "step = -1"), "p.toml:5:8: step = -1: must be from 0"},
      {kHead + page_panel("stage", "columns = 3"), "p.toml:5:11: columns = 3: the page has 2"},
      {kHead + page_panel("stage", "[panel.paper]\ntype_pt = 9"), "p.toml:6:1: type_pt: is one for the page"},
      {kHead + "[paper]\nletter = \"x\"\n" + stage, "p.toml:4:1: letter: every panel has its own"},
      {kHead + "[papr]\n" + stage, "p.toml:3:2: unknown table [papr]; did you mean [paper]?"},
      {kHead + page_panel("excess", "step = 1"), "p.toml:4:10: figure = \"excess\": panel a has nothing"}};
  for (const auto& [text, message] : cases) {
    folder.write("p.toml", text);
    const Outcome outcome = iemlab(folder, {"page", "p.toml", "-o", "p.svg"});
    EXPECT_EQ(outcome.code, 2) << message << outcome.err;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << message << "\n" << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_FALSE(folder.has("p.svg")) << message;
  }
  folder.write("p.toml", kThree);
  EXPECT_NE(iemlab(folder, {"page", "p.toml", "-o", "p.tex"}).err.find(".svg, .pdf, .eps or .png"),
            std::string::npos);
  EXPECT_EQ(iemlab(folder, {"page", "p.toml", "-o", "p.svg", "--height-cm", "2"}).code, 2);
  EXPECT_EQ(iemlab(folder, {"page", "none.toml", "-o", "p.svg"}).code, 4);
}

TEST(cli_page, a_long_run_can_be_interrupted_and_leaves_nothing) {
  const Folder folder;
  folder.write("p.toml", kHead + page_panel("loss", "step = 1000000000"));
  Started page({IEMLAB_BINARY, "page", "p.toml", "-o", "p.svg"}, folder);
  page.wait_until_it_works();
  page.interrupt();
  EXPECT_EQ(page.wait().code, 130);
  EXPECT_EQ(folder.files(), std::vector<std::string>{"p.toml"});
}

TEST(cli_page, writes_what_a_diverged_run_came_to) {
  const Folder folder;
  folder.write("p.toml", kHead + page_panel("loss", "step = 50\nset = { optimizer.learning_rate = 1e6 }"));
  const Outcome outcome = iemlab(folder, {"page", "p.toml", "-o", "p.svg"});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("panel a: the run became non-finite"), std::string::npos) << outcome.err;
  EXPECT_TRUE(folder.has("p.svg"));
}

}  // namespace
}  // namespace iem::test
