// Own data on the command line: tables of real programs in the place of a scene, the keys of [data] that
// files have, and what is said of it all.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/command.h"
#include "tests/support/tables.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;

std::string scene_with(const std::string& data, const std::string& model = "components = 1\n") {
  return "format = 1\nlab = \"mixture\"\n[data]\n" + data + "[model]\n" + model;
}

const std::string kBirds =
    "id,bill_length_mm,body_mass_g,flipper_length_mm,species\n1,39.1,3750,181,Adelie\n2,39.5,3800,186,"
    "Adelie\n"
    "3,,,,Gentoo\n4,46.1,4500,211,Gentoo\n5,50,5700,230,Gentoo\n6,46.5,3500,192,Chinstrap\n";

Outcome expect_table_refused(const Folder& folder, const std::vector<std::string>& arguments,
                             const std::string& begins) {
  const auto before = folder.files();
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  EXPECT_EQ(outcome.err.find(begins), 0u) << outcome.err;
  EXPECT_EQ(folder.files(), before);
  return outcome;
}

Table points_of(const Folder& folder, std::vector<std::string> arguments, Outcome* outcome = nullptr) {
  arguments.insert(arguments.begin(), "run");
  arguments.insert(arguments.end(), {"--steps", "0", "--quiet", "--dump", "points=p.csv"});
  const Outcome done = iemlab(folder, arguments);
  EXPECT_EQ(done.code, 0) << done.err;
  if (outcome) *outcome = done;
  return table_of(folder.read("p.csv"));
}

TEST(cli_tables, real_ones_are_read_right_or_refused_in_one_line) {
  int read = 0, refused = 0;
  for (const RealTable& table : real_tables()) {
    const Folder folder;
    folder.write(table.name, file_text(table.path()));
    const std::vector<std::string> arguments = {"run",         table.name,
                                                "--set",       "data.standardise=false",
                                                "--set",       "model.components=1",
                                                "--steps",     "0",
                                                "--quiet",     "--dump",
                                                "points=p.csv"};
    const Outcome outcome = iemlab(folder, arguments);
    if (!table.error.empty()) {
      EXPECT_EQ(outcome.code, 2) << table.name << outcome.err;
      EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
      EXPECT_TRUE(outcome.err.ends_with(table.error + "\n")) << table.error << "\n" << outcome.err;
      EXPECT_EQ(folder.files(), std::vector<std::string>{table.name});
      ++refused;
      continue;
    }
    ASSERT_EQ(outcome.code, 0) << table.name << ": " << outcome.err;
    const Table points = table_of(folder.read("p.csv"));
    ASSERT_EQ(points.rows.size(), table.points.size()) << table.name;
    for (std::size_t i = 0; i < table.points.size(); ++i) {
      EXPECT_EQ(points.rows[i][0], table.points[i].first) << table.name;
      EXPECT_EQ(points.rows[i][1], table.points[i].second) << table.name;
    }
    EXPECT_EQ(lines_of(outcome.err).size(), table.note.empty() ? 0u : 1u)
        << table.name << ": " << outcome.err;
    EXPECT_NE(outcome.err.find(table.note), std::string::npos) << outcome.err;
    if (!table.note.empty())
      EXPECT_EQ(outcome.err.find("iemlab: note: " + table.name + ": "), 0u) << outcome.err;
    ++read;
  }
  EXPECT_GE(read, 25);
  EXPECT_GE(refused, 10);
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(IEMLAB_SOURCE_DIR "/tests/tables"))
    files += entry.is_regular_file();
  EXPECT_EQ(files, static_cast<std::size_t>(read + refused) + 1) << "a table that expected.txt does not list";
}

TEST(cli_tables, a_table_stands_where_a_scene_is_expected) {
  const Folder folder;
  folder.write("birds.csv", kBirds);
  const std::vector<std::string> drop = {"--set", "data.missing=drop"};
  const auto with_drop = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), drop.begin(), drop.end());
    return arguments;
  };
  const Outcome run = iemlab(folder, with_drop({"run", "birds.csv", "--steps", "2", "--state", "s.json"}));
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out.find("birds.csv\n"), 0u) << run.out;
  const auto state = nlohmann::json::parse(folder.read("s.json"));
  EXPECT_EQ(state["parameters"]["means"].size(), 3u) << "a mixture of three";
  // On standardised data: the same run as the scene that says so.
  folder.write("s.toml",
               "format = 1\nlab = \"mixture\"\n[data]\nsource = \"csv\"\npath = \"birds.csv\"\nmissing = "
               "\"drop\"\nstandardise = true\n[model]\ncomponents = 3\n");
  const Outcome table = iemlab(folder, with_drop({"run", "birds.csv", "--steps", "2", "--json"}));
  const Outcome scene = iemlab(folder, {"run", "s.toml", "--steps", "2", "--json"});
  EXPECT_EQ(table.json()["hash"], scene.json()["hash"]);
  EXPECT_EQ(table.json()["lab"], "mixture");
  EXPECT_EQ(iemlab(folder, with_drop({"sweep", "birds.csv", "--seeds", "0..1", "--steps", "2"})).code, 0);
  const Outcome check = iemlab(folder, with_drop({"check", "birds.csv", "--steps", "2"}));
  EXPECT_EQ(check.code, 0) << check.out << check.err;
  // A saved session finds it again, from elsewhere too.
  ASSERT_EQ(
      iemlab(folder, with_drop({"run", "birds.csv", "--steps", "2", "--save-session", "b.iemlab", "--quiet"}))
          .code,
      0);
  const Outcome again = iemlab(folder, {"run", "b.iemlab", "--steps", "0", "--json"});
  EXPECT_EQ(again.json()["hash"], scene.json()["hash"]) << again.err;
  expect_table_refused(folder, {"run", "birds.csv"},
                       "birds.csv:4:3: column bill_length_mm: no number; 1 of 6 rows lacks a number");
  const Outcome gone = iemlab(folder, {"run", "gone.csv"});
  EXPECT_EQ(gone.code, 4) << gone.err;
  EXPECT_EQ(gone.err, "iemlab: gone.csv: cannot be opened: No such file or directory\n");
}

TEST(cli_tables, a_picture_of_a_table) {
  const Folder folder;
  folder.write("t.csv", "x,y,z\n1,2,3\n3,4,4\n5,7,1\n2,2,2\n");
  const Outcome outcome = iemlab(folder, {"screenshot", "t.csv", "-o", "p.png"});
  if (outcome.code == 5) GTEST_SKIP() << "no OpenGL: " << outcome.err;
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err.find("iemlab: note: t.csv: columns x and y of 3 are taken"), 0u) << outcome.err;
  EXPECT_TRUE(folder.has("p.png"));
}

TEST(cli_tables, the_choice_is_said_once_and_in_the_caption) {
  const Folder folder;
  folder.write("birds.csv", kBirds);
  const Outcome outcome =
      iemlab(folder, {"run", "birds.csv", "--set", "data.missing=drop", "--set", "model.components=1",
                      "--steps", "0", "--quiet", "--figure", "stage=s.svg", "--figure", "loss=l.svg"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err,
            "iemlab: note: birds.csv: columns bill_length_mm and body_mass_g of 5 are taken (id counts the "
            "rows, species "
            "holds words); data.columns chooses others, data.label takes classes\n"
            "iemlab: note: birds.csv: 1 of 6 rows without a number is left out\n");
  for (const char* figure : {"s.svg", "l.svg"}) {
    const std::string svg = folder.read(figure);
    EXPECT_NE(
        svg.find(
            "birds.csv, step 0, seed 0, columns bill_length_mm and body_mass_g of 5, 1 of 6 rows without "
            "a number is left out"),
        std::string::npos)
        << figure;
  }
  const std::string stage = folder.read("s.svg");
  EXPECT_NE(stage.find("bill length (mm), standardised"), std::string::npos);
  EXPECT_NE(stage.find("body mass (g), standardised"), std::string::npos);
  EXPECT_NE(stage.find("Standardised: bill length minus 44.24 mm, divided by 4.258 mm; body mass minus 4250 "
                       "g, divided by "),
            std::string::npos);
}

TEST(cli_tables, columns_and_labels_by_name) {
  const Folder folder;
  folder.write("birds.csv", kBirds);
  folder.write("s.toml",
               scene_with("path = \"birds.csv\"\ncolumns = [\"flipper_length_mm\", \"bill_length_mm\"]\n"
                          "label = \"species\"\nmissing = \"drop\"\n") +
                   "[view]\npoints = \"label\"\n");
  Outcome outcome;
  const Table points = points_of(folder, {"s.toml"}, &outcome);
  EXPECT_EQ(points.column("flipper_length_mm"), (std::vector<double>{181, 186, 211, 230, 192}));
  EXPECT_EQ(points.column("bill_length_mm"), (std::vector<double>{39.1, 39.5, 46.1, 50, 46.5}));
  EXPECT_EQ(points.column("label"), (std::vector<double>{0, 0, 1, 1, 2}));
  EXPECT_EQ(outcome.err, "iemlab: note: birds.csv: 1 of 6 rows without a number is left out\n");
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "0", "--quiet", "--figure", "stage=s.svg"}).code, 0);
  for (const char* name : {"\"Adelie\"", "\"Gentoo\"", "\"Chinstrap\"", "flipper length (mm)"})
    EXPECT_NE(folder.read("s.svg").find(name), std::string::npos) << name;
  EXPECT_EQ(points_of(folder, {"s.toml", "--set", "data.columns=[4, 2]"}).column("flipper_length_mm")[3],
            230);
  EXPECT_EQ(points_of(folder, {"s.toml", "--set", "data.label=1"}).column("label")[4], 6);
  expect_table_refused(folder, {"run", "s.toml", "--set", "data.columns=[\"flipper\", \"species\"]"},
                       "iemlab: --set: data.columns: there is no column \"flipper\"");
  expect_table_refused(folder, {"run", "s.toml", "--set", "data.columns=[\"species\"]"},
                       "iemlab: --set: data.columns = [\"species\"]: must name 2 columns");
  for (const char* value : {"[0, 1]", "[1.5, 2]", "true", "[[1, 2]]", "[\"a\", \"\"]"})
    expect_table_refused(folder, {"run", "s.toml", "--set", std::string("data.columns=") + value},
                         "iemlab: --set: data.columns = ");
}

TEST(cli_tables, a_scene_says_where_a_wrong_column_is_named) {
  const Folder folder;
  folder.write("birds.csv", kBirds);
  folder.write("s.toml", scene_with("path = \"birds.csv\"\ncolumns = [\"bill_lenght_mm\", \"species\"]\n"));
  expect_table_refused(
      folder, {"run", "s.toml"},
      "s.toml:5:11: data.columns: there is no column \"bill_lenght_mm\": there are id, bill_length_mm, "
      "body_mass_g, flipper_length_mm and 1 more; did you mean bill_length_mm?\n");
  folder.write(
      "s.toml",
      scene_with("path = \"birds.csv\"\ncolumns = [\"bill_length_mm\", \"species\"]\nmissing = \"drop\"\n"));
  expect_table_refused(
      folder, {"run", "s.toml"},
      "birds.csv:2:17: text in a number column: column species: \"Adelie\" is not a number\n");
}

TEST(cli_tables, what_can_only_mean_one_thing_is_taken_so) {
  const Folder folder;
  folder.write("d.csv", "x,y\n1,2\n3,4\n5,7\n");
  folder.write("path.toml", scene_with("path = \"d.csv\"\n"));
  EXPECT_EQ(points_of(folder, {"path.toml"}).column("y"), (std::vector<double>{2, 4, 7}));
  folder.write("points.toml", scene_with("points = [[1, 2], [3, 4]]\n"));
  EXPECT_EQ(points_of(folder, {"points.toml"}).column("y"), (std::vector<double>{2, 4}));
  folder.write("attention.toml",
               "format = 1\nlab = \"attention\"\n[data]\ntargets = [[1, 0], [0, 1], [1, 1]]\n");
  ASSERT_EQ(
      iemlab(folder, {"run", "attention.toml", "--steps", "0", "--quiet", "--dump", "values=v.csv"}).code, 0);
  EXPECT_EQ(table_of(folder.read("v.csv")).rows.size(), 3u);
  folder.write("line.toml", "format = 1\nlab = \"activation\"\n[data]\npoints = [[1], [2]]\n");
  EXPECT_EQ(iemlab(folder, {"run", "line.toml", "--steps", "0", "--quiet"}).code, 0);
}

TEST(cli_tables, a_key_that_the_source_does_not_read_is_refused) {
  const Folder folder;
  folder.write("d.csv", "x,y\n1,2\n3,4\n5,7\n");
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"source = \"blobs\"\npath = \"d.csv\"\n",
       "s.toml:5:8: data.path = \"d.csv\": has no effect with data.source = \"blobs\"; it has with "
       "\"csv\", \"npy\"\n"},
      {"source = \"npy\"\npath = \"d.csv\"\npoints = [[1, 2]]\n",
       "s.toml:6:10: data.points = [[1.0, 2.0]]: has no effect with data.source = \"npy\"; it has with "
       "\"inline\"\n"},
      {"path = \"d.csv\"\ncount = 600\n",
       "s.toml:5:9: data.count = 600: has no effect with data.source = \"csv\"; it has with "},
      {"points = [[1, 2]]\nnoise = 0.5\n",
       "s.toml:5:9: data.noise = 0.5: has no effect with data.source = \"inline\"; it has with "},
      {"columns = [1, 2]\n",
       "s.toml:4:11: data.columns = [1.0, 2.0]: has no effect with data.source = \"blobs\"; it has with "
       "\"csv\", \"npy\"\n"},
      {"source = \"moons\"\nmissing = \"drop\"\n",
       "s.toml:5:11: data.missing = \"drop\": has no effect with data.source = \"moons\"; it has with "
       "\"csv\", \"npy\"\n"},
      {"path = \"d.xlsx\"\n",
       "s.toml:4:8: data.path = \"d.xlsx\": its ending names no source: must end in .csv, .tsv, .txt, .dat "
       "or "
       ".npy, or data.source must say what it is\n"},
      {"path = \"builtin:penguins\"\n",
       "s.toml:4:8: data.path = \"builtin:penguins\": no such built-in file; there are digits.npy, "},
      {"source = \"blobs\"\npath = \"x\"\n",
       "s.toml:5:8: data.path = \"x\": has no effect with data.source = \"blobs\""},
      {"path = \"gone.csv\"\n", "s.toml:4:8: data.path = \"gone.csv\": cannot be opened"},
  };
  for (const auto& [data, line] : wrong) {
    folder.write("s.toml", scene_with(data));
    expect_table_refused(folder, {"run", "s.toml"}, line);
  }
  // With the default nothing is lost, and a later word may overrule the scene.
  folder.write("s.toml", scene_with("path = \"d.csv\"\ncount = 300\nmissing = \"refuse\"\n"));
  EXPECT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "0"}).code, 0);
  EXPECT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "0", "--set", "data.source=moons"}).code, 0);
  expect_table_refused(folder, {"run", "three_blobs", "--set", "data.path=d.csv"},
                       "iemlab: --set: data.path = \"d.csv\": has no effect with data.source = \"blobs\"");
}

// A source that makes its own points would stand in for them.
TEST(cli_tables, an_empty_list_of_points_is_refused) {
  const Folder folder;
  const std::string points = "points = [[1, 2], [3, 4], [5, 7], [2, 2]]\n";
  for (const auto& [data, line] : std::vector<std::pair<std::string, std::string>>{
           {"points = []\n", "s.toml:4:10: data.points = []: must hold a point at least"},
           {"source = \"inline\"\npoints = []\n",
            "s.toml:5:10: data.points = []: must hold a point at least"},
           {points + "labels = []\n", "s.toml:5:10: data.labels = []: must hold a label for each point"}}) {
    folder.write("s.toml", scene_with(data));
    expect_table_refused(folder, {"run", "s.toml"}, line);
  }
  for (const auto& [data, line] : std::vector<std::pair<std::string, std::string>>{
           {"tokens = []\ntargets = []\n", "s.toml:4:10: data.tokens = []: must hold a token at least"},
           {"targets = []\n", "s.toml:4:11: data.targets = []: must hold a target for each position"}}) {
    folder.write("s.toml", "format = 1\nlab = \"attention\"\n[data]\n" + data);
    expect_table_refused(folder, {"run", "s.toml"}, line);
  }
  expect_table_refused(folder, {"run", "three_blobs", "--set", "data.points=[]"},
                       "iemlab: --set: data.points = []: must hold a point at least");
  expect_table_refused(folder, {"sweep", "three_blobs", "--set", "data.points=[]"},
                       "iemlab: --set: data.points = []: must hold a point at least");
  // Names that are not given are a list without names, and so are columns and a range.
  folder.write("s.toml", scene_with(points + "label_names = []\naxis_names = []\n[view]\nx = []\n"));
  EXPECT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "0", "--quiet"}).code, 0);
}

TEST(cli_tables, other_points_take_the_name_of_the_scene_with_them) {
  const Folder folder;
  folder.write("mine.csv", "x,y\n1,2\n3,4\n5,7\n2,2\n8,1\n6,6\n4,4\n1,1\n9,3\n");
  const auto title = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"run", "penguins", "--steps", "1", "--figure", "loss=l.svg"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.out.substr(0, outcome.out.find('\n')) + "|" + folder.read("l.svg");
  };
  EXPECT_EQ(title({}).find("Penguins"), 0u);
  for (const std::string& text :
       {title({"--set", "data.path=mine.csv"}), title({"--at", "0:data.path=" + folder.at("mine.csv")})}) {
    EXPECT_EQ(text.find("mine.csv|"), 0u) << text.substr(0, 60);
    EXPECT_EQ(text.find("Penguins"), std::string::npos);
  }
  EXPECT_EQ(title({"--set", "data.source=moons"}).find("Two moons|"), 0u);
}

TEST(cli_tables, what_will_hardly_work_is_said) {
  const Folder folder;
  const auto said = [&](const std::string& csv, const std::vector<std::string>& more = {}) {
    folder.write("t.csv", csv);
    std::vector<std::string> arguments = {"run",     "t.csv", "--steps",           "0",
                                          "--quiet", "--set", "model.components=1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.err;
  };
  EXPECT_EQ(said("x,y\n1,5\n2,5\n3,5\n"),
            "iemlab: note: t.csv: y is the same in all 3 points: a component has no width along "
            "it (model.sigma_floor sets a smallest one)\n");
  const std::string apart = "x,y\n1e12,1e-9\n2e12,3e-9\n4e12,1e-9\n";
  EXPECT_EQ(said(apart, {"--set", "data.standardise=false"}),
            "iemlab: note: t.csv: x reaches 1.5e+21 times as far as y: data.standardise = true puts both on "
            "one scale\n");
  EXPECT_EQ(said(apart), "") << "they are standardised";
  EXPECT_EQ(said("x,y\n1,2\n3,4\n", {"--set", "model.components=2"}),
            "iemlab: note: t.csv: 2 points for 2 components: fewer than three each, so that one may collapse "
            "onto a point "
            "(model.components takes fewer)\n");
  EXPECT_EQ(said("x,y\n1,2\n3,4\n4,1\n"), "");
}

TEST(cli_tables, axes_in_unlike_units_fill_the_picture) {
  const Folder folder;
  const auto shape = [&](const std::string& y, const std::vector<std::string>& more = {}) {
    folder.write("t.csv", "year,income\n2000,1\n2001,2\n2003," + y + "\n2010,1.5\n");
    std::vector<std::string> arguments = {"run",
                                          "t.csv",
                                          "--steps",
                                          "0",
                                          "--quiet",
                                          "--set",
                                          "model.components=1",
                                          "--set",
                                          "data.standardise=false",
                                          "--figure",
                                          "stage=s.svg"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(iemlab(folder, arguments).code, 0);
    const std::string svg = folder.read("s.svg");
    const std::size_t at = svg.find("viewBox=\"0 0 ") + 13;
    return std::stod(svg.substr(svg.find(' ', at) + 1)) / std::stod(svg.substr(at));
  };
  const double equal = shape("49"), free = shape("52");  // 10 years against 48 and 51
  EXPECT_GT(equal, 1.2) << "an upright strip";
  EXPECT_LT(free, 1);
  EXPECT_EQ(shape("52", {"--set", "view.aspect=equal"}), equal);
  EXPECT_EQ(shape("49", {"--set", "view.aspect=free"}), free);
}

}  // namespace
}  // namespace iem::test
