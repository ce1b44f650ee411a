// Every energy, covariance kind and learning rule of mixtures against numbers that another program computed
// from the formulas (tests/golden/README.md): losses and gradient norms at every step, parameters at the end.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "core/energy/energy.h"
#include "core/optimize/optimizer.h"
#include "core/session/scene_file.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

using nlohmann::json;

const json& file() {
  static const json all = json::parse(std::ifstream(IEMLAB_GOLDEN_DIR "/rules/mixture.json"));
  return all;
}

// Read off the lines, a case each: every test is a process, and each asks before it begins.
std::vector<std::string> names() {
  constexpr std::string_view kName = "{\"name\":\"";
  std::vector<std::string> out;
  std::ifstream in(IEMLAB_GOLDEN_DIR "/rules/mixture.json");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(kName))
      out.push_back(line.substr(kName.size(), line.find('"', kName.size()) - kName.size()));
  return out;
}

const json& of(const std::string& name) {
  for (const json& item : file()["cases"])
    if (item["name"] == name) return item;
  throw std::out_of_range(name);
}

void expect_close(double is, double should, const std::string& where) {
  EXPECT_LE(std::abs(is - should), 1e-12 * std::max(1.0, std::abs(should))) << where << ": " << is;
}

std::vector<double> flat(const json& nest) {
  if (!nest.is_array()) return {nest.get<double>()};
  std::vector<double> out;
  for (const json& item : nest)
    for (const double x : flat(item)) out.push_back(x);
  return out;
}

class IndependentRules : public ::testing::TestWithParam<std::string> {};

TEST_P(IndependentRules, Agree) {
  const json& should = of(GetParam());
  const std::string scene = file()["head"].get<std::string>() + should["scene"].get<std::string>();
  iem::Run run(parse_scene(scene, "case.toml"), std::make_shared<ThreadPool>(1));
  run.seek(should["steps"].get<std::int64_t>());
  const std::vector<double> loss = run.history().column(0), norm = run.history().column(1);
  ASSERT_EQ(loss.size(), should["loss"].size());
  for (std::size_t t = 0; t < loss.size(); ++t) {
    expect_close(loss[t], should["loss"][t], "loss " + std::to_string(t));
    expect_close(norm[t], should["grad_norm"][t], "grad_norm " + std::to_string(t));
  }
  std::size_t compared = 0;
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta)) {
    if (!should["parameters"].contains(block.name)) continue;
    const std::vector<double> reference = flat(should["parameters"][block.name]);
    ASSERT_EQ(block.tensor.data.size(), reference.size()) << block.name;
    for (std::size_t i = 0; i < reference.size(); ++i)
      expect_close(block.tensor.data[i], reference[i], block.name);
    ++compared;
  }
  EXPECT_EQ(compared, should["parameters"].size());
}

INSTANTIATE_TEST_SUITE_P(Mixture, IndependentRules, ::testing::ValuesIn(names()),
                         [](const auto& row) { return row.param; });

TEST(IndependentRulesFile, HasEachCaseOnALineOfItsOwn) { EXPECT_EQ(names().size(), file()["cases"].size()); }

// What the registries list and no case covers is missing here.
TEST(IndependentRules, CoverEveryEnergyAndEveryRuleOfMixtures) {
  std::set<std::string> energies, rules;
  for (const json& item : file()["cases"]) {
    const Scene scene =
        parse_scene(file()["head"].get<std::string>() + item["scene"].get<std::string>(), "case.toml");
    energies.insert(scene.config.text("model.energy"));
    rules.insert(scene.config.text("optimizer.method"));
  }
  const iem::Run any = rule_run_with("gd");
  for (const EnergyType& energy : iem::energies()) EXPECT_TRUE(energies.contains(energy.id)) << energy.id;
  for (const OptimizerType& rule : optimizers()) {
    const bool weights_alone = rule.id == "exponentiated";
    if (weights_alone || rule.unavailable(*any.setup().model).empty()) {
      EXPECT_TRUE(rules.contains(rule.id)) << rule.id;
    }
  }
}

}  // namespace
}  // namespace iem::testing
