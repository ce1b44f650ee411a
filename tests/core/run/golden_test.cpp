// The golden cases, computed by independent programs (tests/golden/README.md), through the C++ interface.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using Json = nlohmann::json;

std::vector<std::string> golden_cases() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(IEMLAB_GOLDEN_DIR)) {
    const std::string name = entry.path().stem().string();
    const bool compared = name.starts_with("mix_") || name.starts_with("torch_") ||
                          name.starts_with("act_train_") || name.starts_with("lay_");
    if (entry.path().extension() == ".toml" && compared) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void flatten(const Json& json, std::vector<double>& out) {
  if (json.is_number()) return out.push_back(json.get<double>());
  for (const Json& item : json) flatten(item, out);
}

// Relative or absolute, whichever is larger.
void expect_agrees(std::span<const double> value, const Json& json, const std::string& what) {
  std::vector<double> truth;
  flatten(json, truth);
  ASSERT_EQ(value.size(), truth.size()) << what;
  for (std::size_t i = 0; i < truth.size(); ++i)
    EXPECT_NEAR(value[i], truth[i], 1e-9 * std::max(1.0, std::abs(truth[i]))) << what << "[" << i << "]";
}

void expect_agrees(const Eigen::MatrixXd& value, const Json& json, const std::string& what) {
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = value;
  expect_agrees(std::span<const double>(rows.data(), static_cast<std::size_t>(rows.size())), json, what);
}

class Golden : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Mixture, Golden, ::testing::ValuesIn(golden_cases()),
                         [](const auto& p) { return p.param; });

TEST_P(Golden, EveryStepAndTheEndAgree) {
  const std::string path = std::string(IEMLAB_GOLDEN_DIR) + "/" + GetParam();
  const Json truth = Json::parse(std::ifstream(path + ".json"));
  iem::Run run(load_scene(path + ".toml"), testing::pool(2));
  const auto steps = truth.at("steps").get<std::int64_t>();
  run.seek(steps);
  ASSERT_EQ(run.state().step, steps);
  expect_agrees(run.history().column(0), truth.at("loss"), "loss");
  if (truth.contains("grad_norm")) expect_agrees(run.history().column(1), truth.at("grad_norm"), "grad_norm");
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta))
    expect_agrees(block.tensor.data, truth.at("parameters").at(block.name), block.name);
  const auto snapshot = take_snapshot(run);
  if (truth.contains("responsibilities"))
    expect_agrees(snapshot->evaluation.responsibilities, truth.at("responsibilities"), "responsibilities");
  if (truth.contains("energies"))
    expect_agrees(snapshot->evaluation.energies, truth.at("energies"), "energies");
}

TEST(GoldenCases, TheOnesThatMustPassAreThere) {
  const std::vector<std::string> names = golden_cases();
  for (const char* name :
       {"mix_gd_full", "mix_gd_tempered", "mix_gd_novolume", "mix_em_full", "mix_em_spherical", "mix_adam",
        "mix_natural", "act_train_gd_gaussian", "act_train_em_gaussian", "torch_momentum", "torch_nesterov",
        "torch_rmsprop", "torch_adamw", "lay_abs", "lay_relu", "lay_high", "lay_readout"})
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
}

}  // namespace
}  // namespace iem
