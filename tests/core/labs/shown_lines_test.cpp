// Whoever takes a calculator to what is shown arrives at what is shown: every line of numbers of every lab,
// on every built-in scene.
#include "core/base/number.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/core/tex_evaluator.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

// Points, prototypes, queries, hypotheses, and the place of the probe.
std::vector<Inspection> inspections(const Snapshot& s) {
  const Lab& lab = lab_of(*s.setup);
  std::vector<Inspection> out;
  for (const auto kind : {ElementId::Kind::point, ElementId::Kind::prototype, ElementId::Kind::query})
    for (const int index : {0, 1, 2, 5, 40})
      for (const int component : {-1, 0, 1}) out.push_back(lab.inspect(s, {kind, index}, component));
  for (const double at : {-1.3, 0.0, 0.4}) {
    Config config = s.config();
    if (config.table().find("view.at") == nullptr) break;
    config.set("view.at", at);
    for (const int component : {-1, 0}) out.push_back(lab.inspect_probe(s, {config, {}, {}}, component));
  }
  return out;
}

class EachScenesLines : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, EachScenesLines, ::testing::ValuesIn(test::scenes_of_every_kind()),
                         [](const auto& row) { return row.param; });

TEST_P(EachScenesLines, AddUpAndDivideAsShown) {
  iem::Run run(testing::short_scene(GetParam()), testing::pool());
  int lines = 0, checked = 0;
  for (const std::int64_t step : {0, 1, 7}) {
    run.seek(step);
    const auto s = take_snapshot(run);
    for (const Inspection& shown : inspections(*s))
      for (const FormulaLine& line : shown.formulas) {
        EXPECT_TRUE(testing::adds_up(line, &checked)) << shown.title;
        ++lines;
      }
    for (int point = 0; point < std::min<int>(5, static_cast<int>(s->data().size())); ++point)
      if (const NumberLine numbers = lab_of(*s->setup).number_line(*s, point, 0); !numbers.terms.empty()) {
        EXPECT_TRUE(testing::adds_up(number_formula(numbers, "d_{1}"), &checked));
      }
  }
  if (run.setup().problem().id() == "mixture" && run.setup().model->responsibilities_unavailable().empty()) {
    EXPECT_GT(lines, 20);
    EXPECT_GT(checked, 20);
  }
}

// The strip has room for four digits: its numbers divide to within what those leave open.
TEST_P(EachScenesLines, StripsOfPhasesDivide) {
  iem::Run run(testing::short_scene(GetParam()), testing::pool());
  run.seek(5);
  const auto s = take_snapshot(run);
  for (int point = 0; point < std::min<int>(20, static_cast<int>(s->data().size())); ++point) {
    const std::vector<Phase> phases = lab_of(*s->setup).phases(*s, point);
    const auto of = [&](const char* id) {
      const auto found = std::ranges::find(phases, id, &Phase::id);
      return found == phases.end() ? std::vector<double>{} : found->values;
    };
    const std::vector<double> weights = of("exponentials"), z = of("normaliser"), r = of("responsibilities");
    if (weights.empty() || z.size() != 1 || r.size() != weights.size()) continue;
    for (std::size_t j = 0; j < r.size(); ++j) {
      const double quotient = number_as_read(weights[j]) / number_as_read(z[0]);
      EXPECT_NEAR(quotient, number_as_read(r[j]), 1.6e-3 * quotient) << point;
    }
  }
}

}  // namespace
}  // namespace iem
