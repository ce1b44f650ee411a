// momentum, nesterov, rmsprop, adam and adamw against PyTorch: 50 steps in double precision
// (tests/golden/torch_*.json).
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

std::string read(const std::string& name) {
  std::ifstream file(std::string(IEMLAB_GOLDEN_DIR) + "/" + name);
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void flatten(const nlohmann::json& value, std::vector<double>& out) {
  if (value.is_array()) {
    for (const auto& part : value) flatten(part, out);
  } else {
    out.push_back(value.get<double>());
  }
}

class ReferenceRuns : public ::testing::TestWithParam<const char*> {};

TEST_P(ReferenceRuns, AgreeWithTheirReference) {
  const std::string name = GetParam();
  iem::Run run(parse_scene(read(name + ".toml"), name), std::make_shared<ThreadPool>(1));
  const nlohmann::json want = nlohmann::json::parse(read(name + ".json"));
  const nlohmann::json norms = want.value("grad_norm", nlohmann::json());
  for (std::size_t step = 0; step <= want["steps"].get<std::size_t>(); ++step) {
    ASSERT_NEAR(run.evaluation().loss, want["loss"][step].get<double>(), 1e-11) << "step " << step;
    if (norms.is_array() && step < norms.size()) {
      ASSERT_NEAR(run.evaluation().gradient_norm(), norms[step].get<double>(), 1e-10) << "step " << step;
    }
    if (step < want["steps"].get<std::size_t>()) {
      ASSERT_EQ(run.step(), StepResult::stepped);
    }
  }
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta)) {
    std::vector<double> reference;
    flatten(want["parameters"][block.name], reference);
    ASSERT_EQ(block.tensor.data.size(), reference.size());
    for (std::size_t i = 0; i < reference.size(); ++i)
      EXPECT_NEAR(block.tensor.data[i], reference[i], 1e-10) << block.name << " " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, ReferenceRuns,
                         ::testing::Values("torch_momentum", "torch_momentum_decay", "torch_nesterov",
                                           "torch_rmsprop", "torch_rmsprop_decay", "torch_adam_decay",
                                           "torch_adamw", "torch_adamw_decay", "mix_adam"),
                         [](const auto& rule) { return std::string(rule.param); });

}  // namespace
}  // namespace iem::testing
