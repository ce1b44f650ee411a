// Every toy against numbers of another program, on its own scenes and with other settings.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "core/expression/evaluator.h"
#include "core/labs/neighbours/toys/list.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

struct ReferenceRow {
  std::string expression;
  double value = 0, tolerance = 0;
};

std::map<std::string, std::vector<ReferenceRow>> reference_rows() {
  std::map<std::string, std::vector<ReferenceRow>> out;
  std::ifstream file(std::string(IEMLAB_SOURCE_DIR) + "/tests/core/labs/neighbours/reference.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    std::string scene, expression, value, tolerance;
    std::getline(cells, scene, '\t'), std::getline(cells, expression, '\t');
    std::getline(cells, value, '\t'), std::getline(cells, tolerance, '\t');
    out[scene].push_back({expression, std::stod(value), std::stod(tolerance)});
  }
  return out;
}

std::vector<std::string> scenes_with_references() {
  // By their first cells: every test is a process, and each asks before it begins.
  std::set<std::string> out;
  std::ifstream file(std::string(IEMLAB_SOURCE_DIR) + "/tests/core/labs/neighbours/reference.txt");
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') out.insert(line.substr(0, line.find('\t')));
  return {out.begin(), out.end()};
}

class ToyReference : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Scenes, ToyReference, ::testing::ValuesIn(scenes_with_references()),
                         [](const auto& row) { return row.param; });

TEST_P(ToyReference, HasTheNumbersOfAnotherProgram) {
  const std::vector<ReferenceRow> rows = reference_rows()[GetParam()];
  ASSERT_FALSE(rows.empty());
  Evaluator evaluator(iem::Run(load_scene(GetParam()), testing::pool()));
  for (const ReferenceRow& row : rows) {
    const Tensor found = evaluator.value(parse_expression(row.expression));
    ASSERT_EQ(found.data.size(), 1u) << row.expression;
    EXPECT_LE(std::abs(found.data[0] - row.value), row.tolerance * std::abs(row.value))
        << row.expression << ": " << found.data[0] << ", not " << row.value;
  }
}

TEST(ToyReferences, AreThereForEveryToy) {
  std::map<std::string, int> rows_of;
  int all = 0;
  for (const auto& [name, rows] : reference_rows()) {
    const Scene scene = load_scene(name);
    const bool is_toy = scene.config.table().find("model.toy") != nullptr;  // some are of the classifier lab
    if (is_toy) rows_of[scene.config.text("model.toy")] += static_cast<int>(rows.size());
    all += static_cast<int>(rows.size());
  }
  for (const ToyType& toy : toys()) EXPECT_GT(rows_of[toy.id], 9) << toy.id;
  EXPECT_GT(all, 500);
}

}  // namespace
}  // namespace iem
