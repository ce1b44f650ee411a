// Whatever stands in a scene, a session, a table or an argument: a terminal is shown lines of visible
// characters.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "tests/app/command.h"
#include "tests/core/nasty_strings.h"

namespace iem::test {
namespace {

std::string toml_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    char code[8];
    std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    const bool plain = c < 0 || (c >= 0x20 && c != 0x7f && c != '"' && c != '\\');
    out += plain ? std::string(1, c) : std::string(code);
  }
  return out + "\"";
}

void expect_visible(const std::string& printed, std::size_t lines) {
  EXPECT_EQ(lines_of(printed).size(), lines) << printed;
  for (const std::string& line : lines_of(printed)) EXPECT_EQ(one_line(line), line);
  EXPECT_TRUE(printed.empty() || printed.back() == '\n');
}

std::string scene_called(const std::string& title) {
  return "format = 1\nlab = \"activation\"\ntitle = " + toml_string(title) + "\ndata.source = \"none\"\n";
}

TEST(Terminal, ASummaryHasItsLinesWhateverTheTitle) {
  const Folder folder;
  for (const std::string& nasty : nasty_strings()) {
    folder.write("s.toml", scene_called(nasty));
    const Outcome run = iemlab(folder, {"run", "s.toml", "--steps", "0", "--state", "s.json"});
    EXPECT_EQ(run.code, 0) << run.err;
    expect_visible(run.out, 3);
    EXPECT_EQ(lines_of(run.out)[0], terminal_text(nasty));
    expect_visible(run.err, 0);
    EXPECT_EQ(nlohmann::json::parse(folder.read("s.json"))["step"], 0);
    const Outcome json = iemlab(folder, {"run", "s.toml", "--steps", "0", "--json"});
    expect_visible(json.out, 1);
    EXPECT_EQ(json.json()["steps"], 0);
  }
}

TEST(Terminal, FilesAreNamedSafely) {
  const Folder folder;
  for (const std::string& nasty : nasty_bytes()) {
    if (nasty.find_first_of(std::string("/\0", 2)) != std::string::npos) continue;
    const Outcome run = iemlab(folder, {"run", "silu_gate", "--steps", "0", "--trace", "t " + nasty});
    EXPECT_EQ(run.code, 0) << run.err;
    expect_visible(run.out, 3);
    EXPECT_TRUE(folder.has("t " + nasty));
  }
}

// Every way in that an error message quotes.
TEST(Terminal, AnErrorIsOneLineWhateverItQuotes) {
  const Folder folder;
  int checked = 0;
  for (const std::string& nasty : nasty_bytes()) {
    folder.write("title.toml", scene_called("x") + "model.nonsense = 1\n");
    folder.write("lab.toml", "format = 1\nlab = " + toml_string(nasty) + "\n");
    folder.write("key.toml", "format = 1\nlab = \"mixture\"\n" + toml_string(nasty) + " = 1\n");
    folder.write("value.toml", small_scene("model.energy = " + toml_string(nasty) + "\n"));
    folder.write("path.toml", small_scene("data.source = \"csv\"\ndata.path = " + toml_string(nasty) + "\n"));
    folder.write("raw.toml", nasty);
    folder.write("cell.csv", "a,b\n1,2\n3," + nasty + "\n");
    folder.write("cell.toml", small_scene("data.source = \"csv\"\ndata.path = \"cell.csv\"\n"));
    folder.write("bad.iemlab", nasty);
    std::vector<std::vector<std::string>> commands;
    for (const char* scene :
         {"lab.toml", "key.toml", "value.toml", "path.toml", "raw.toml", "cell.toml", "bad.iemlab"})
      commands.push_back({"run", scene, "--steps", "0", "--quiet"});
    if (nasty.find('\0') == std::string::npos) {
      commands.push_back({"run", "no " + nasty});
      commands.push_back({"run", "iem1:" + nasty});
      commands.push_back({nasty + " " + nasty, nasty});
      for (const char* option :
           {"--set", "--at", "--isa", "--theme", "--figure", "--dump", "--code", "--steps"})
        commands.push_back({"run", "penguins", option, nasty + "!"});
      commands.push_back({"run", "penguins", "--trace", "nowhere/" + nasty});
      commands.push_back({"list", nasty + "!"});
      commands.push_back({"sweep", "penguins", "--seeds", nasty + "!"});
    }
    for (const auto& command : commands) {
      const Outcome outcome = iemlab(folder, command);
      if (outcome.code == 0) continue;  // harmless there
      EXPECT_TRUE(outcome.code == 2 || outcome.code == 4) << outcome.code << outcome.err;
      expect_visible(outcome.out, 0);
      expect_visible(outcome.err, 1);
      ++checked;
    }
  }
  EXPECT_GT(checked, static_cast<int>(15 * nasty_strings().size()));
}

TEST(Terminal, ASessionThatPartedSaysSoInOneLine) {
  const Folder folder;
  folder.write("s.toml", scene_called("x"));
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "3", "--quiet", "--save-session", "s.iemlab"}).code,
            0);
  for (const std::string& nasty : nasty_strings()) {
    auto session = nlohmann::ordered_json::parse(folder.read("s.iemlab"));
    session["program"] = nasty;
    session["name"] = nasty;
    session["hash"] = "0123456789abcdef";
    folder.write("p.iemlab", session.dump());
    const Outcome run = iemlab(folder, {"run", "p.iemlab", "--steps", "0", "--quiet"});
    EXPECT_EQ(run.code, nasty.find('\0') == std::string::npos ? 0 : 2) << run.err;
    expect_visible(run.out, 0);
    expect_visible(run.err, 1);
  }
}

TEST(Terminal, SweepsChecksAndListsAreVisibleLines) {
  const Folder folder;
  folder.write("s.toml", scene_called(nasty_strings()[22]));
  const Outcome sweep = iemlab(folder, {"sweep", "s.toml", "--steps", "1", "--set", "model.scale=1,2\n"});
  const Outcome check = iemlab(folder, {"check", "s.toml", "--steps", "1"});
  EXPECT_EQ(check.code, 0) << check.err;
  for (const std::string& printed : {sweep.out, check.out}) expect_visible(printed, lines_of(printed).size());
  for (const char* what : {"labs", "energies", "optimizers", "figures", "parameters", "scenes"}) {
    const Outcome words = iemlab(folder, {"list", what}), json = iemlab(folder, {"list", what, "--json"});
    expect_visible(words.out, lines_of(words.out).size());
    expect_visible(json.out, lines_of(json.out).size());
    EXPECT_FALSE(json.json().empty());
  }
}

// A scene's file whose name is no UTF-8: every output is written, and those that must be UTF-8 are.
TEST(Terminal, AFileNameThatIsNotUtf8SpoilsNothing) {
  const Folder folder;
  const std::string scene = folder.write("caf\xe9.toml", small_scene());
  const Outcome run =
      iemlab(folder, {"run", "caf\xe9.toml", "--steps", "1", "--figure", "stage=f.svg", "--figure",
                      "stage=f.pdf", "--figure", "stage=f.png", "--figure", "stage=f.tex", "--width-cm",
                      "8.5", "--state", "s.json", "--save-session", "s.iemlab"});
  EXPECT_EQ(run.code, 0) << run.err;
  expect_visible(run.out, 8);
  expect_visible(run.err, 0);
  for (const char* file : {"f.svg", "f.tex", "s.json", "s.iemlab"}) {
    const std::string text = folder.read(file);
    EXPECT_FALSE(text.empty()) << file;
    EXPECT_EQ(invalid_utf8(text), text.size()) << file;
  }
  EXPECT_NE(folder.read("f.svg").find("caf\uFFFD"), std::string::npos);
  EXPECT_TRUE(folder.read("f.pdf").starts_with("%PDF"));
}

}  // namespace
}  // namespace iem::test
