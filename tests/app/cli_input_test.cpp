// Wrong input: one line on standard error that names the place, the right exit code, and nothing opened or
// written.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <utility>

#include "tests/app/command.h"

namespace iem::test {
namespace {

// One line, beginning with a place in a file or with the program's name, no control characters in it.
void expect_one_line(const Outcome& outcome) {
  const auto lines = lines_of(outcome.err);
  ASSERT_EQ(lines.size(), 1u) << outcome.err;
  static const std::regex place("^[^ ]+:[0-9]+:[0-9]+: ");
  EXPECT_TRUE(lines[0].starts_with("iemlab: ") || std::regex_search(lines[0], place)) << lines[0];
  for (const char c : lines[0]) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20) << lines[0];
  EXPECT_EQ(outcome.err.find("internal error"), std::string::npos) << outcome.err;
}

struct Wrong {
  const char* name;
  const char* scene;   // after format and lab, which are lines 1 and 2
  const char* begins;  // what the line begins with, after the file's name
  const char* holds;   // and what it contains
  friend void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }
};

class WrongScene : public testing::TestWithParam<Wrong> {};

TEST_P(WrongScene, is_refused_at_its_place) {
  const Folder folder;
  folder.write("empty.csv", "");
  folder.write("header.csv", "a,b\n");
  folder.write("text.csv", "a,b\n1,2\n3,four\n");
  folder.write("nan.csv", "a,b\n1,nan\n");
  folder.write("one.csv", "a\n1\n2\n");
  folder.write("bad.npy", "not numpy");
  folder.write("s.toml", small_scene(GetParam().scene));
  const auto before = folder.files();
  const Outcome outcome =
      iemlab(folder, {"run", "s.toml", "--trace", "t.csv", "--state", "s.json", "--figure", "stage=f.svg"});
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  expect_one_line(outcome);
  EXPECT_EQ(outcome.err.find(GetParam().begins), 0u) << outcome.err;
  EXPECT_NE(outcome.err.find(GetParam().holds), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), before);
}

const char* const kPoints = "points = [[0.0, 0.0], [1.0, 1.0]]\n";

const Wrong kWrong[] = {
    {"unknown_key", "[model]\ncomponets = 3\n", "s.toml:4:1: ", "did you mean"},
    {"unknown_key_of_no_kin", "[model]\nzzzzzzzzzz = 3\n", "s.toml:4:1: ", "zzzzzzzzzz"},
    {"unknown_table", "[modell]\ncomponents = 3\n", "s.toml:3:", "modell"},
    {"wrong_type", "[model]\ncomponents = \"three\"\n", "s.toml:4:", "model.components"},
    {"float_where_whole", "[model]\ncomponents = 2.5\n", "s.toml:4:", "integer"},
    {"bool_where_number", "[optimizer]\nlearning_rate = true\n", "s.toml:4:", "optimizer.learning_rate"},
    {"nan", "[optimizer]\nlearning_rate = nan\n", "s.toml:4:", "finite"},
    {"infinity", "[data]\nnoise = inf\n", "s.toml:4:", "finite"},
    {"nan_in_points", "[data]\nsource = \"inline\"\npoints = [[0.0, nan]]\n", "s.toml:5:", "finite"},
    {"out_of_range", "[model]\ntemperature = -1\n", "s.toml:4:", "0"},
    {"not_a_choice", "[model]\nenergy = \"gausian\"\n", "s.toml:4:", "gaussian"},
    {"not_of_the_kind", "[data]\nsource = \"inline\"\npoints = [\"a\"]\n", "s.toml:5:", "points"},
    {"three_columns", "[data]\nsource = \"inline\"\npoints = [[0.0, 1.0, 2.0]]\n", "s.toml:5:", "points"},
    {"ragged", "[data]\nsource = \"inline\"\npoints = [[0.0, 1.0], [2.0]]\n", "s.toml:5:", "points"},
    {"duplicate_key", "[model]\ncomponents = 2\ncomponents = 3\n", "s.toml:5:", ""},
    {"duplicate_table", "[model]\n[data]\n[model]\n", "s.toml:5:", ""},
    {"syntax", "[model\n", "s.toml:3:", ""},
    {"missing_file", "[data]\nsource = \"csv\"\npath = \"gone.csv\"\n", "s.toml:5:", "gone.csv"},
    {"no_path", "[data]\nsource = \"csv\"\n", "s.toml:4:", "path"},
    {"empty_csv", "[data]\nsource = \"csv\"\npath = \"empty.csv\"\n", "empty.csv:1:1: ", "empty"},
    {"header_only_csv", "[data]\nsource = \"csv\"\npath = \"header.csv\"\n", "header.csv:", "header"},
    {"text_in_csv", "[data]\nsource = \"csv\"\npath = \"text.csv\"\n", "text.csv:3:3: ", "four"},
    {"nan_in_csv", "[data]\nsource = \"csv\"\npath = \"nan.csv\"\n", "nan.csv:2:3: ", ""},
    {"one_column_csv", "[data]\nsource = \"csv\"\npath = \"one.csv\"\n", "one.csv:1:", "column"},
    {"bad_npy", "[data]\nsource = \"npy\"\npath = \"bad.npy\"\n", "iemlab: bad.npy", "npy"},
    {"not_positive_definite",
     "[model]\ncomponents = 1\ninit = \"explicit\"\nmeans = [[0.0, 0.0]]\ncovariances = [[[1.0, 2.0], [2.0, "
     "1.0]]]\nweights = [1.0]\n",
     "s.toml:7:", "positive definite"},
    {"not_symmetric",
     "[model]\ncomponents = 1\ninit = \"explicit\"\nmeans = [[0.0, 0.0]]\ncovariances = [[[1.0, 0.5], [0.2, "
     "1.0]]]\nweights = [1.0]\n",
     "s.toml:7:", "symmetric"},
    {"covariance_of_another_kind",
     "[model]\ncomponents = 1\ncovariance = \"spherical\"\ninit = \"explicit\"\nmeans = [[0.0, 0.0]]\n"
     "covariances = [[[1.0, 0.0], [0.0, 2.0]]]\nweights = [1.0]\n",
     "s.toml:8:", "spherical"},
    {"too_few_means", "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0]]\n",
     "s.toml:6:", "means"},
    {"negative_weight",
     "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0], [1.0, 1.0]]\nweights = [1.5, "
     "-0.5]\n",
     "s.toml:7:", "weights"},
    {"more_components_than_points",
     "[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, 1.0]]\n[model]\ncomponents = 3\n",
     "s.toml:7:", "components"},
    {"more_components_than_points_by_default", "[data]\nsource = \"blobs\"\ncount = 2\n",
     "s.toml:5:9: ", "model.components = 3: there are only 2 points"},
    {"rule_that_does_not_apply", "[model]\nenergy = \"laplace\"\n[optimizer]\nmethod = \"em\"\n",
     "s.toml:6:", "gd"},
};

INSTANTIATE_TEST_SUITE_P(cli_input, WrongScene, testing::ValuesIn(kWrong),
                         [](const auto& row) { return std::string(row.param.name); });

void expect_input_refused(const Folder& folder, const std::vector<std::string>& arguments, int code,
                          const std::string& holds) {
  const auto before = folder.files();
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, code) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  expect_one_line(outcome);
  EXPECT_NE(outcome.err.find(holds), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), before);
}

// Where the key that is at fault is not in the file, the place is that of the one that needs it.
TEST(cli_input, what_a_scene_lacks_is_said_at_what_it_has) {
  const Folder folder;
  folder.write("a.toml", "format = 1\nlab = \"attention\"\n[data]\ntokens = [[0.0, 1.0], [1.0, 0.0]]\n");
  expect_input_refused(folder, {"run", "a.toml"}, 2, "a.toml:4:10: data.targets is missing");
  folder.write("c.toml", "format = 1\nlab = \"classifier\"\n[data]\npoints = [[0.0, 1.0], [1.0, 0.0]]\n");
  expect_input_refused(folder, {"run", "c.toml"}, 2,
                       "c.toml:4:10: data.source = \"inline\": its points have no labels");
}

TEST(cli_input, hypotheses_cannot_learn_only_what_they_have_not) {
  const Folder folder;
  folder.write(
      "line.toml",
      "format = 1\nlab = \"activation\"\n[data]\nsource = \"bumps\"\n[model]\nlearn = [\"positions\"]\n");
  const Outcome signs = iemlab(folder, {"run", "line.toml"});
  EXPECT_EQ(signs.code, 2);
  EXPECT_TRUE(signs.err.starts_with("line.toml:6:9: model.learn")) << signs.err;
  EXPECT_NE(signs.err.find("m, scale and prior"), std::string::npos) << signs.err;
  const Outcome none = iemlab(folder, {"run", "line.toml", "--set", "model.learn=[]", "--steps", "1"});
  EXPECT_EQ(none.code, 0) << none.err;
}

TEST(cli_input, a_scene_of_no_bytes_says_what_is_missing) {
  const Folder folder;
  folder.write("zero.toml", "");
  expect_input_refused(folder, {"run", "zero.toml"}, 2, "zero.toml:1:1: format is missing");
}

TEST(cli_input, a_scene_of_a_future_format_or_an_unknown_lab_is_refused) {
  const Folder folder;
  folder.write("f.toml", "format = 2\nlab = \"mixture\"\n");
  folder.write("l.toml", "format = 1\nlab = \"kitchen\"\n");
  expect_input_refused(folder, {"run", "f.toml"}, 2, "f.toml:1:");
  expect_input_refused(folder, {"run", "l.toml"}, 2, "l.toml:2:");
}

TEST(cli_input, what_is_no_scene_is_refused_whatever_it_is) {
  const Folder folder;
  std::string noise;
  for (int i = 0; i < 4096; ++i) noise += static_cast<char>((i * 7919) >> 3);
  folder.write("noise.toml", noise);
  folder.write("noise.iemlab", noise);
  folder.write("half.iemlab", "{\"format\":1");
  folder.write("other.iemlab", "{\"format\":1,\"scene\":7}");
  folder.write("folder.toml/inside", "");
  expect_input_refused(folder, {"run", "noise.toml"}, 2, "noise.toml:");
  expect_input_refused(folder, {"run", "noise.iemlab"}, 2, "noise.iemlab");
  expect_input_refused(folder, {"run", "half.iemlab"}, 2, "half.iemlab");
  expect_input_refused(folder, {"run", "other.iemlab"}, 2, "other.iemlab");
  expect_input_refused(folder, {"run", "folder.toml"}, 4, "folder");
  expect_input_refused(folder, {"run", "iem1:%%%"}, 2, "state string");
  expect_input_refused(folder, {"run", "iem1:AAAA"}, 2, "state string");
}

TEST(cli_input, a_scene_that_is_not_there_is_refused_with_the_nearest_name) {
  const Folder folder;
  expect_input_refused(folder, {"run", "pengins"}, 2, "did you mean penguins?");
  const Outcome outcome = iemlab(folder, {"run", "gone/scene.toml"});
  EXPECT_TRUE(outcome.code == 2 || outcome.code == 4);
  expect_one_line(outcome);
}

TEST(cli_input, a_scene_over_64_mib_is_refused) {
  const Folder folder;
  folder.write("huge.toml", small_scene());
  folder.write("huge.iemlab", "{}");
  for (const char* name : {"huge.toml", "huge.iemlab"}) {
    std::filesystem::resize_file(folder.at(name), 65ull << 20);
    const Outcome outcome = iemlab(folder, {"run", name});
    EXPECT_NE(outcome.code, 0);
    expect_one_line(outcome);
    EXPECT_NE(outcome.err.find("64 MiB"), std::string::npos) << outcome.err;
  }
}

// What takes time for each pair of letters or of columns would not end here.
TEST(cli_input, a_name_of_30000_letters_and_100000_columns_are_read_and_drawn) {
  const Folder folder;
  folder.write("name.csv", std::string(30'000, 'x') + ",y\n1,2\n3,4\n5,6\n7,8\n");
  std::string rows;
  for (int row = 1; row < 4; ++row) {
    for (int column = 0; column < 100'000; ++column) rows += std::to_string(row * column % 7) + ",";
    rows.back() = '\n';
  }
  folder.write("wide.csv", rows);
  for (const char* file : {"name.csv", "wide.csv"}) {
    const Outcome outcome = iemlab(folder, {"run", file, "--set", "model.components=1", "--steps", "1",
                                            "--quiet", "--figure", "stage=s.svg"});
    EXPECT_EQ(outcome.code, 0) << file << outcome.err;
    EXPECT_TRUE(folder.has("s.svg"));
    std::filesystem::remove(folder.at("s.svg"));
  }
}

TEST(cli_input, a_place_that_cannot_be_written_ends_with_4_before_anything_is_left_behind) {
  const Folder folder;
  folder.write("file", "x");
  // Below a regular file: nobody, root included, can write there.
  expect_input_refused(folder,
                       {"run", "penguins", "--steps", "3", "--state", "s.json", "--trace", "file/t.csv"}, 4,
                       "file/t.csv");
  expect_input_refused(folder, {"run", "penguins", "--steps", "3", "--state", "gone/s.json"}, 4,
                       "gone/s.json");
  expect_input_refused(
      folder, {"run", "penguins", "--steps", "3", "--trace", "t.csv", "--figure", "stage=gone/s.svg"}, 4,
      "gone/s.svg");
  expect_input_refused(folder, {"run", "penguins", "--steps", "3", "--trace", folder.path()}, 4,
                       "cannot be written");
}

TEST(cli_input, options_that_make_no_sense_are_refused_before_the_first_step) {
  const Folder folder;
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{"--figure", "stage"}, "ID=FILE"},
      {{"--figure", "stagee=f.svg"}, "must be one of"},
      {{"--figure", "stage=f.bmp"}, ".svg"},
      {{"--dump", "everything=f.csv"}, "must be one of"},
      {{"--trace", "a.csv", "--state", "a.csv"}, "both write"},
      {{"--trace", "-"}, "--trace: - stands for no stream here: give a file, or /dev/stdout"},
      {{"--dump", "points=-"}, "--dump points=-: - stands for no stream here"},
      {{"--set", "model.componets=3"}, "did you mean model.components"},
      {{"--set", "model.components"}, "model.components"},
      {{"--set", "model.components=[3"}, "model.components"},
      {{"--set", "model.temperature=nan"}, "finite"},
      {{"--set", "view.x=[-1e308,1e308]"}, "the range is too long: its length must be finite"},
      {{"--set", "view.y=[-1e308,1e308]"}, "the range is too long: its length must be finite"},
      {{"--at", "x:model.components=3"}, "STEP"},
      {{"--at", "2:model.componets=3"}, "did you mean model.components"},
      {{"--at", "2:state.meens=[[0.0, 0.0]]"}, "means, covariances, weights"},
      {{"--at", "900:model.components=3"}, "ends at step"},
      {{"--at", "2:seed=3"}, "seed says how a run begins and does not change one under way"},
      {{"--at", "0:seeds.init=3"}, "seeds.init says how a run begins"},
      {{"--at", "2:seeds.batch=3"}, "seeds.batch says how a run begins"},
      {{"--at", "2:model.init=random"}, "model.init says how a run begins"},
      {{"--steps", "-1"}, "--steps"},
      {{"--steps", "many"}, "--steps"},
      {{"--steps", "1e3"}, "--steps: 1e3 is not a whole number in digits"},
      {{"--steps", "1.5"}, "--steps: 1.5 is not a whole number in digits"},
      {{"--steps", "1e300"}, "--steps: 1e300 is out of range, must be from 0 to 1000000000000"},
      {{"--seed", "-4"}, "--seed: -4 is out of range, must be from 0 to 9007199254740992"},
      {{"--seed", "18446744073709551615"},
       "--seed: 18446744073709551615 is out of range, must be from 0 to 9007199254740992"},
      {{"--seed", "9007199254740993"},
       "--seed: 9007199254740993 is out of range, must be from 0 to 9007199254740992"},
      {{"--threads", "-1"}, "--threads"},
      {{"--theme", "mauve", "--figure", "stage=f.svg"}, "theme"},
      {{"--width-cm", "0", "--figure", "stage=f.svg"}, "--width-cm"},
      {{"--width-cm", "nan", "--figure", "stage=f.svg"}, "--width-cm: nan is not a finite number"},
      {{"--width-cm", "300"}, "--width-cm: 300 is out of range, must be from 2 to 200"},
      {{"--seed", ""}, "--seed: \"\" is not a finite number, must be from 0 to 9007199254740992"},
      {{"--seed="}, "--seed: needs a value: S"},
      {{"--steps", "1", "--steps", "2"}, "--steps: is given 2 times, and can be given once"},
      {{"--step", "5"}, "iemlab: --step: there is no such option; did you mean --steps?"},
      {{"--figur=stage=f.svg"}, "iemlab: --figur: there is no such option; did you mean --figure?"},
      {{"--animate", "stage=f.webp", "--pace", "chang"},
       "--pace: chang is not one of steps, change; did you mean change?"},
      {{"--nonsense"}, "--nonsense: there is no such option (see iemlab run --help)"},
      {{"one_too_many"}, "iemlab: one_too_many: not expected here (see"},
      {{"two", "words"}, "iemlab: two words: not expected here"},
  };
  for (const auto& [more, holds] : wrong) {
    std::vector<std::string> arguments = {"run", "penguins"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    SCOPED_TRACE(more[0] + " " + more.back());
    const auto before = folder.files();
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    expect_one_line(outcome);
    EXPECT_NE(outcome.err.find(holds), std::string::npos) << outcome.err;
    EXPECT_EQ(folder.files(), before);
  }
}

TEST(cli_input, an_edit_that_turns_out_not_to_fit_says_which_it_was) {
  const Folder folder;
  folder.write("s.toml", small_scene(std::string("[data]\nsource = \"inline\"\n") + kPoints +
                                     "[model]\ncomponents = 1\n"));
  expect_input_refused(folder, {"run", "s.toml", "--at", "2:model.components=5", "--trace", "t.csv"}, 2,
                       "--at 2: ");
  expect_input_refused(folder, {"run", "s.toml", "--at", "2:state.covariances=[[[1.0, 2.0], [2.0, 1.0]]]"}, 2,
                       "--at 2: ");
}

TEST(cli_input, a_command_that_is_nearly_one_is_recognised) {
  const Folder folder;
  expect_input_refused(folder, {"rum", "penguins"}, 2, "did you mean iemlab run?");
  expect_input_refused(folder, {"run"}, 2, "iemlab run --help");
  expect_input_refused(folder, {"list", "lab"}, 2, "did you mean labs?");
  expect_input_refused(folder, {"list", "figures", "--lab", "kitchen"}, 2, "mixture");
  expect_input_refused(folder, {"screenshot", "penguins", "-o", "p.png", "--size", "12"}, 2, "WxH");
}

}  // namespace
}  // namespace iem::test
