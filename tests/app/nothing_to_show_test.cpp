// A figure with nothing to show and a table without rows are not written; it is said why and the exit code
// is 2. All figures and tables of all labs, on every built-in scene at its start and a step later.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>

#include "app/cli/tables.h"
#include "app/export/export.h"
#include "core/base/error.h"
#include "core/labs/kit/lab.h"
#include "core/run/scene.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/app/command.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"

namespace iem::test {
namespace {

// Whether a row of a csv holds a finite number.
bool has_a_finite_number(const std::string& csv) {
  std::istringstream rows(csv);
  std::string row;
  std::getline(rows, row);  // its names
  while (std::getline(rows, row))
    for (const std::string& field : split(row, ',')) {
      char* end = nullptr;
      const double value = std::strtod(field.c_str(), &end);
      if (end != field.c_str() && *end == '\0' && std::isfinite(value)) return true;
    }
  return false;
}

struct WrittenOrNot {
  int shown = 0, empty = 0;
};

void expect_all_or_nothing(const Folder& folder, const std::string& what, bool empty,
                           const std::function<void(const std::string&)>& write, WrittenOrNot& seen) {
  const std::string file = folder.at("f.csv");
  std::string message;
  try {
    write(file);
  } catch (const InputError& error) {
    message = error.message();
    EXPECT_EQ(error.kind(), ErrorKind::bad_input) << what;
  }
  const bool there = std::filesystem::exists(file);
  EXPECT_EQ(there, message.empty()) << what << ": " << message;
  EXPECT_EQ(!there, empty) << what << ": " << message;
  if (there) {
    EXPECT_TRUE(has_a_finite_number(folder.read("f.csv"))) << what << " has nothing in it";
    std::filesystem::remove(file);
    std::filesystem::remove(file + ".json");
  } else {
    EXPECT_FALSE(std::filesystem::exists(file + ".json")) << what;
    EXPECT_NE(message.find("nothing to"), std::string::npos) << what << ": " << message;
  }
  ++(there ? seen.shown : seen.empty);
}

TEST(nothing_to_show, no_figure_and_no_table_of_any_lab_is_written_empty) {
  const Folder folder;
  WrittenOrNot figures, tables;
  int scenes = 0;
  for (const std::string& name : test::scenes_of_every_kind()) {
    if (name == "sticky_markov_sgd") continue;  // as its twin, and slow
    iem::Run run(load_scene(name), std::make_shared<ThreadPool>());
    const bool both = ++scenes % 3 == 0;
    for (const int step : {0, 1}) {
      if (!both && step != scenes % 2) continue;  // scenes take turns
      run.seek(step);
      const auto snapshot = take_snapshot(run);
      const Lab& lab = lab_of(run.setup());
      const Config seen = with_small_atlas(snapshot->config());
      for (const FigureType& type : lab.figures()) {
        if (type.needs.slow && step > 0) continue;
        const Figure figure = lab.figure(type.id, *snapshot, {seen, {}, {}});
        expect_all_or_nothing(
            folder, name + " " + type.id + " at " + std::to_string(step), !figure.sentence.empty(),
            [&](const std::string& file) { write_figure(figure, file); }, figures);
      }
      for (const std::string& id : lab.dumps()) {
        if (!snapshot->model().responsibilities_unavailable().empty()) continue;  // refused before the run
        const Dump dump = lab.dump(id, *snapshot);
        expect_all_or_nothing(
            folder, name + " " + id, dump.count == 0 || dump.columns.empty(),
            [&](const std::string& file) { cli::write_dump(file, dump, nlohmann::ordered_json::object()); },
            tables);
      }
    }
  }
  EXPECT_GT(figures.shown, 400);
  EXPECT_GT(figures.empty, 20);
  EXPECT_GT(tables.shown, 150);
  EXPECT_GT(tables.empty, 20);
}

TEST(nothing_to_show, is_said_and_ends_with_exit_code_2_while_the_rest_is_written) {
  const Folder folder;
  for (const std::string extension : {"svg", "pdf", "png", "tex", "csv"}) {
    const Outcome outcome =
        iemlab(folder, {"run", "tanh", "--steps", "0", "--quiet", "--figure", "loss=l." + extension, "--dump",
                        "responsibilities=r.csv", "--figure", "activation=a." + extension});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("l." + extension + ": the figure loss has nothing to show: "),
              std::string::npos)
        << outcome.err;
    EXPECT_NE(outcome.err.find("r.csv: there is nothing to write: There are no points."), std::string::npos)
        << outcome.err;
    std::vector<std::string> there = {"a." + extension};
    if (extension == "csv") there.emplace_back("a.csv.json");
    EXPECT_EQ(folder.files(), there);
    for (const std::string& file : there) std::filesystem::remove(folder.at(file));
  }
  const Outcome regression = iemlab(folder, {"run", "routing_toy", "--steps", "2", "--quiet", "--figure",
                                             "transition=t.svg", "--figure", "entropy=e.svg"});
  EXPECT_EQ(regression.code, 2);
  EXPECT_EQ(lines_of(regression.err).size(), 2u) << regression.err;
  EXPECT_TRUE(folder.files().empty());
}

}  // namespace
}  // namespace iem::test
