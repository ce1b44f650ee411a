// The golden cases through the command line.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(IEMLAB_GOLDEN_DIR))
    if (entry.path().extension() == ".toml") out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

void expect_close(const json& is, const json& should, double tolerance, const std::string& where) {
  if (should.is_array()) {
    ASSERT_EQ(is.size(), should.size()) << where;
    for (std::size_t i = 0; i < should.size(); ++i)
      expect_close(is[i], should[i], tolerance, where + "[" + std::to_string(i) + "]");
    return;
  }
  const auto a = is.get<double>(), b = should.get<double>();
  EXPECT_LE(std::abs(a - b), tolerance * std::max(1.0, std::abs(b))) << where << ": " << a << " is not " << b;
}

json rows_of(const Table& table) { return table.rows; }

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, is_met_through_the_command_line) {
  const Folder folder;
  const std::string stem = std::string(IEMLAB_GOLDEN_DIR) + "/" + GetParam();
  const json should = json::parse(file_text(stem + ".json"));

  std::vector<std::string> arguments = {"run",   stem + ".toml", "--quiet", "--trace",
                                        "t.csv", "--state",      "s.json"};
  if (should.contains("steps"))
    arguments.insert(arguments.end(), {"--steps", std::to_string(should["steps"].get<int>())});
  for (const char* dump : {"responsibilities", "energies", "attention", "score_gradient"})
    if (should.contains(dump))
      arguments.insert(arguments.end(), {"--dump", std::string(dump) + "=" + dump + ".csv"});
  if (should.contains("activation"))
    arguments.insert(arguments.end(), {"--figure", "activation=activation.csv"});
  const Outcome outcome = iemlab(folder, arguments);
  ASSERT_EQ(outcome.code, 0) << outcome.err;

  const Table trace = table_of(folder.read("t.csv"));
  for (const char* column : {"loss", "grad_norm"})
    if (should.contains(column)) expect_close(trace.column(column), should[column], 1e-9, column);
  const json state = json::parse(folder.read("s.json"));
  if (should.contains("parameters"))
    for (const auto& [name, value] : should["parameters"].items())
      expect_close(state["parameters"][name], value, 1e-9, name);
  for (const char* dump : {"responsibilities", "energies", "attention", "score_gradient"})
    if (should.contains(dump))
      expect_close(rows_of(table_of(folder.read(std::string(dump) + ".csv"))), should[dump], 1e-9, dump);
  if (!should.contains("activation")) return;
  std::vector<double> curve;
  for (const std::string& line : lines_of(folder.read("activation.csv")))
    if (line.starts_with("activation,")) curve.push_back(std::strtod(split(line, ',')[2].c_str(), nullptr));
  expect_close(curve, should["activation"], 1e-12, "activation");
}

// Nor can a case go missing.
TEST(GoldenCases, AreAllThere) { EXPECT_GE(cases().size(), 38U); }

INSTANTIATE_TEST_SUITE_P(cli_golden, Golden, testing::ValuesIn(cases()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace iem::test
