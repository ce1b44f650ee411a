// What strangers hand over: files that are none, cases that were read wrongly once, scripts with mistakes.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;

Outcome expect_refused(const Folder& folder, const std::vector<std::string>& arguments, int code,
                       const std::string& begins, const std::string& holds = "") {
  const auto before = folder.files();
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, code) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  EXPECT_EQ(outcome.err.find(begins), 0u) << outcome.err;
  EXPECT_NE(outcome.err.find(holds), std::string::npos) << outcome.err;
  EXPECT_LT(outcome.err.size(), 700u) << outcome.err.substr(0, 700);
  EXPECT_EQ(outcome.err.find("internal error"), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), before);
  return outcome;
}

// The folders of tests/cases, as their README and expected.txt say.
void expect_case(const std::string& name, const std::string& begins, const std::vector<std::string>& holds) {
  const Folder folder;
  const std::string place = IEMLAB_SOURCE_DIR "/tests/cases/" + name + "/";
  for (const char* file : {"scene.toml", "data.csv"}) folder.write(file, file_text(place + file));
  const Outcome outcome =
      expect_refused(folder, {"run", "scene.toml", "--steps", "0", "--dump", "points=p.csv"}, 2, begins);
  for (const std::string& word : holds) EXPECT_NE(outcome.err.find(word), std::string::npos) << outcome.err;
}

TEST(cli_stranger, a_first_row_is_not_lost) {
  expect_case("csv-first-row-lost", "data.csv:1:1: ", {"\"NA\""});
}

TEST(cli_stranger, a_row_longer_than_the_header_is_refused) {
  expect_case("csv-row-longer-than-header", "data.csv:2:", {"4 fields", "header 2"});
}

TEST(cli_stranger, data_that_are_given_are_used) {
  const Folder folder;
  const std::string place = IEMLAB_SOURCE_DIR "/tests/cases/data-given-but-not-used/";
  for (const char* file : {"scene.toml", "data.csv"}) folder.write(file, file_text(place + file));
  const Outcome outcome =
      iemlab(folder, {"run", "scene.toml", "--steps", "0", "--quiet", "--dump", "points=p.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(table_of(folder.read("p.csv")).rows, (std::vector<std::vector<double>>{{1, 2}, {3, 4}, {5, 7}}));
}

TEST(cli_stranger, a_mistake_in_a_table_has_a_path_that_opens_from_here) {
  const Folder folder;
  folder.write("sub/d.csv", "x,y\n1,2\n3,red\n");
  folder.write("sub/s.toml", small_scene("[data]\nsource = \"csv\"\npath = \"d.csv\"\n"));
  expect_refused(folder, {"run", "sub/s.toml"}, 2, "sub/d.csv:3:3: ");
}

TEST(cli_stranger, what_is_no_regular_file_is_refused_at_once) {
  const Folder folder;
  ASSERT_EQ(mkfifo(folder.at("pipe").c_str(), 0600), 0);
  ASSERT_EQ(mkfifo(folder.at("pipe.iemlab").c_str(), 0600), 0);
  ASSERT_EQ(mkfifo(folder.at("pipe.toml").c_str(), 0600), 0);
  fs::create_symlink("/dev/zero", folder.at("zero.iemlab"));
  fs::create_symlink("/dev/zero", folder.at("zero.svg"));
  const std::string why = "is a pipe or a device, not a regular file: save it to a file first";
  for (const std::string path : {"pipe", "/dev/zero", "/dev/null"}) {
    folder.write("s.toml", small_scene("[data]\nsource = \"csv\"\npath = \"" + path + "\"\n"));
    expect_refused(folder, {"run", "s.toml"}, 4, "s.toml:5:8: data.path = \"" + path, why);
  }
  for (const std::string name : {"pipe.iemlab", "pipe.toml", "zero.iemlab", "zero.svg"})
    expect_refused(folder, {"run", name}, 4, "iemlab: " + name + ": ", why);
}

TEST(cli_stranger, names_that_are_none_are_refused_in_a_short_line) {
  const Folder folder;
  const std::string name(300, 'a'), longer(100000, 'b');
  expect_refused(folder, {"run", name}, 2, "iemlab: no scene, file or state string \"aaaa",
                 "begins with iem1:");
  expect_refused(folder, {"run", longer}, 2, "iemlab: no scene, file or state string", "begins with iem1:");
  expect_refused(folder, {"run", "iem2:AAAA"}, 2, "iemlab: no scene, file or state string \"iem2:AAAA\"",
                 "begins with iem1:");
  expect_refused(folder, {"run", longer + ".iemlab"}, 4, "iemlab: bbbb", "cannot be opened");
  expect_refused(folder, {"run", "gone/" + longer}, 4, "iemlab: gone/bbbb", "cannot be opened");
  for (const char* option : {"--isa", "--theme", "--at", "--set", "--steps", "--seed", "--figure", "--dump"})
    expect_refused(folder, {"run", "penguins", option, longer}, 2, "iemlab: ");
  expect_refused(folder, {"sweep", "penguins", "--seeds", longer}, 2, "iemlab: ");
  expect_refused(folder, {"screenshot", "penguins", "-o", "p.png", "--size", longer}, 2, "iemlab: ");
  expect_refused(folder, {"list", "figures", "--lab", longer}, 2, "iemlab: ");
}

TEST(cli_stranger, one_key_in_two_axes_of_a_sweep_is_refused) {
  const Folder folder;
  expect_refused(folder,
                 {"sweep", "penguins", "--set", "model.nu=1,2", "--set", " model.nu =3", "--table", "t.csv"},
                 2, "iemlab: --set ", "model.nu is given twice");
}

TEST(cli_stranger, a_sweep_over_what_makes_no_difference_has_no_deviation) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"sweep", "penguins", "--seeds", "0..6", "--steps", "7", "--set",
                                          "model.init=kmeans++", "--set", "seeds.init=3"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  int lines = 0;
  for (const std::string& line : lines_of(outcome.out)) {
    const std::size_t at = line.find(" +- ");
    if (at == std::string::npos) continue;
    EXPECT_EQ(line.substr(at), " +- 0") << line;
    ++lines;
  }
  EXPECT_GT(lines, 2);
}

TEST(cli_stranger, an_explicit_start_of_attention_is_whole) {
  const Folder folder;
  const std::string head =
      "format = 1\nlab = \"attention\"\n[data]\nsource = \"inline\"\ntargets = [[1, 0], [0, 1]]\n"
      "[model]\ninit = \"explicit\"\n";
  const std::string queries = "queries = [[1, 0], [0, 1]]\n", keys = "keys = [[1, 0]]\n",
                    values = "values = [[1, 0]]\n";
  for (const auto& [blocks, missing] :
       std::vector<std::pair<std::string, std::string>>{{"", "model.queries"},
                                                        {queries, "model.keys"},
                                                        {queries + keys, "model.values"},
                                                        {keys + values, "model.queries"}}) {
    folder.write("s.toml", head + blocks);
    expect_refused(folder, {"run", "s.toml"}, 2,
                   "s.toml:7:8: model.init = \"explicit\": ", "needs " + missing);
  }
  folder.write("s.toml", head + queries + keys + values);
  EXPECT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "1"}).code, 0);
}

TEST(cli_stranger, a_sequence_is_bounded_wherever_its_length_comes_from) {
  const Folder folder;
  expect_refused(folder, {"run", "routing_roles", "--set", "data.count=20001"}, 2,
                 "iemlab: --set: data.count", "from 1 to 20000");
  std::string targets = "[1, 0]";
  for (int i = 0; i < 20000; ++i) targets += ", [1, 0]";
  folder.write("s.toml",
               "format = 1\nlab = \"attention\"\n[data]\nsource = \"inline\"\ntargets = [" + targets + "]\n");
  expect_refused(folder, {"run", "s.toml"}, 2, "s.toml:5:11: data.targets", "at most 20000");
}

TEST(cli_stranger, a_replay_of_more_steps_than_can_be_meant_is_refused) {
  const Folder folder;
  ASSERT_EQ(
      iemlab(folder, {"run", "three_blobs", "--steps", "2", "--quiet", "--save-session", "s.iemlab"}).code,
      0);
  auto session = nlohmann::json::parse(folder.read("s.iemlab"));
  session["step"] = 1000000000001;
  folder.write("more.iemlab", session.dump());
  expect_refused(folder, {"run", "more.iemlab"}, 2,
                 "iemlab: more.iemlab: not a session: step = 1000000000001", "to 1000000000000");
}

TEST(cli_stranger, a_picture_is_a_png) {
  const Folder folder;
  for (const char* name : {"x.jpg", "x", "x.png.svg", "png"})
    expect_refused(folder, {"screenshot", "penguins", "-o", name}, 2, std::string("iemlab: -o ") + name,
                   "must end in .png");
}

TEST(cli_stranger, every_bad_line_of_a_script_is_refused_at_its_place) {
  const Folder folder;
  const std::string longer(5000, 'x');
  const std::vector<std::pair<std::string, std::string>> lines = {
      {"set model.nu=abc", "must be a number"},
      {"set seed=-1", "must be from 0"},
      {"set model.components=999", "must be from 1 to 64"},
      {"set model.components", "must be key.path=VALUE"},
      {"set model.componets=3", "did you mean model.components?"},
      {"set data.path=gone.csv", ""},
      {"set view.field=\"blue\"", "must be one of"},
      {"set", "must be key.path=VALUE"},
      {"pin 99999999", "must be a whole number from -1 to"},
      {"pin -2", "must be a whole number from -1 to"},
      {"pin", "must be a whole number"},
      {"pin 3 4", "must be a whole number"},
      {"pin prototype 99", "no such prototype"},
      {"pin prototype 0", "must be a whole number from 1"},
      {"pin prototype one", "must be a whole number"},
      {"steps -1", "must be a whole number from 1"},
      {"steps 1e3", "must be a whole number from 1"},
      {"steps 0x10", "must be a whole number"},
      {"steps", "must be a whole number"},
      {"steps 99999999999999999999", "must be a whole number"},
      {"hover 10", "must be two numbers within the picture"},
      {"hover 10 nan", "must be two numbers within the picture"},
      {"hover 10 20 30", "must be two numbers within the picture"},
      {"hover -1 20", "must be two numbers within the picture"},
      {"hover 5000 20", "must be two numbers within the picture"},
      {"action view.only_stag", "did you mean view.only_stage?"},
      {"action", "no such action"},
      {"action edit.undo", ""},
      {"record", "must end in .webp"},
      {"record a.bmp", "must end in .webp"},
      {"Steps 3", "must begin with action, set, pin, hover, steps or record"},
      {"\x1b[31m", "must begin with"},
      {longer, "must begin with"},
  };
  for (const auto& [line, why] : lines) {
    folder.write("do.txt", "# first\n\n  " + line + "\r\nsteps 1\n");
    const Outcome outcome =
        iemlab(folder, {"screenshot", "three_blobs", "-o", "p.png", "--script", "do.txt"});
    if (outcome.code == 5) GTEST_SKIP() << "no OpenGL: " << outcome.err;
    if (line == "set data.path=gone.csv") {  // not used by this source, so there is nothing wrong with it
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      fs::remove(folder.at("p.png"));
      continue;
    }
    EXPECT_EQ(outcome.code, 2) << line.substr(0, 60) << ": " << outcome.err;
    EXPECT_EQ(outcome.err.find("do.txt:3:3: \"" + (line[0] == '\x1b' ? "?[31m" : line.substr(0, 40))), 0u)
        << outcome.err;
    EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_LT(outcome.err.size(), 400u);
    EXPECT_FALSE(folder.has("p.png"));
  }
}

TEST(cli_stranger, a_good_script_does_what_it_says) {
  const Folder folder;
  folder.write("do.txt",
               "# all of them\nset model.components=4\nset view.field=entropy\nsteps 50\npin 7\npin -1\n"
               "pin prototype 4\n\thover 100.5 200\naction edit.undo\n");
  const Outcome outcome = iemlab(folder, {"screenshot", "three_blobs", "-o", "P.PNG", "--script", "do.txt"});
  if (outcome.code == 5) GTEST_SKIP() << "no OpenGL: " << outcome.err;
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(folder.has("P.PNG"));
}

}  // namespace
}  // namespace iem::test
