// What an edit does to a run is said by the Effect of its key, for every key of every lab: where a row stands
// in the control panel changes no number, and what a rule remembers of a J that is gone is gone with it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/print_lab.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

// Small runs whose rule has a memory.
const std::map<std::string, std::string>& small_scenes() {
  static const std::string em = "[optimizer]\nmethod = \"incremental_em\"\nbatch_size = 7\n";
  static const std::map<std::string, std::string> all = {
      {"mixture", "[data]\nsource = \"blobs\"\ncount = 40\n[model]\nresponsibility = \"softmax\"\n" + em},
      {"activation", "[data]\nsource = \"bumps\"\ncount = 40\n" + em},
      {"attention",
       "[data]\nsource = \"inline\"\ntask = \"regression\"\ntargets = [[0.9, 0.9], [-1.1, 0.6], [-0.9, "
       "-0.9]]\n"
       "[optimizer]\nmethod = \"adam\"\nlearning_rate = 0.01\n"},
      {"classifier",
       "[data]\nsource = \"blobs\"\ncount = 40\nnoise = 1.0\nlabelled = 0.7\n"
       "[model]\nenergy = \"gaussian\"\ndiscriminative = 0.0\n" +
           em},
      {"layer",
       "[data]\nsource = \"blobs\"\ncount = 40\n[optimizer]\nmethod = \"adam\"\nlearning_rate = 0.01\n"},
      {"neighbours",
       "[model]\ntoy = \"self_penalty\"\n[data]\ncount = 20\n"
       "[optimizer]\nmethod = \"adam\"\nlearning_rate = 0.01\n"},
  };
  return all;
}

Scene small_scene(const Lab& lab) {
  return parse_scene("format = 1\nlab = \"" + lab.id() + "\"\nseed = 4\n" + small_scenes().at(lab.id()),
                     "small.toml");
}

// Legal values other than the present one, as a hand would choose them.
std::vector<Value> other_values(const Parameter& p, const Config& config) {
  std::vector<Value> out;
  const Value& now = config.value(p.key);
  switch (p.kind) {
    case ParameterKind::boolean: out = {!std::get<bool>(now)}; break;
    case ParameterKind::integer: out = {std::get<std::int64_t>(now) + 1}; break;
    case ParameterKind::real: out = {0.9 * std::get<double>(now), std::get<double>(now) + 0.3}; break;
    case ParameterKind::choice:
      for (const std::string& choice : p.choices) out.emplace_back(choice);
      break;
    case ParameterKind::choices:
      for (const std::string& choice : p.choices) out.emplace_back(std::vector<std::string>{choice});
      break;
    case ParameterKind::tensor:
      if (p.shape == std::vector<std::int64_t>{-1}) out = {Tensor{{3}, {0.2, 1.1, 0.7}}};
      if (p.shape == std::vector<std::int64_t>{2}) out = {Tensor{{2}, {-3, 2}}};
      break;
    case ParameterKind::text:
    case ParameterKind::column:
    case ParameterKind::columns: break;
  }
  std::erase(out, now);
  return out;
}

// The state three steps after the edit; 0 where it is refused.
std::uint64_t hash_after(const Scene& scene, const Edit& edit) {
  iem::Run run(scene, pool());
  run.seek(3);
  try {
    run.apply(edit);
  } catch (const InputError&) {
    return 0;
  }
  run.seek(6);
  return run.state().hash();
}

// The same scene, with one row of the panel in another group.
Scene with_row_moved(const Scene& scene, const std::string& key, Group group) {
  std::vector<Parameter> rows = scene.config.table().all();
  std::ranges::find(rows, key, &Parameter::key)->group = group;
  Scene out = scene;
  out.config = Config(scene.config.lab(), std::make_shared<const ParameterTable>(std::move(rows)));
  for (const std::string& set : scene.config.keys()) out.config.set(set, scene.config.value(set));
  return out;
}

class EveryLab : public ::testing::TestWithParam<const Lab*> {};
INSTANTIATE_TEST_SUITE_P(Labs, EveryLab, ::testing::ValuesIn(labs()),
                         [](const auto& row) { return row.param->id(); });

TEST_P(EveryLab, MovingARowOfThePanelChangesNoNumber) {
  const Scene scene = small_scene(*GetParam());
  int moved = 0;
  for (const Parameter& p : scene.config.table().all()) {
    const std::vector<Value> values = other_values(p, scene.config);
    if (values.empty()) continue;
    const Edit edit{p.key, values.back(), 0};
    const std::uint64_t hash = hash_after(scene, edit);
    for (const Group group : {Group::model, Group::objective, Group::view})
      if (group != p.group) {
        EXPECT_EQ(hash_after(with_row_moved(scene, p.key, group), edit), hash) << p.key;
      }
    if (hash != 0) ++moved;
  }
  EXPECT_GT(moved, 15) << "hardly any edit was taken";
}

// J and what EM reads of it. (Not its gradient: where a block is not learned, its derivative is not
// computed.)
bool same_objective(const Evaluation& a, const Evaluation& b) {
  return a.loss == b.loss && a.statistics.rows() == b.statistics.rows() &&
         a.statistics.cols() == b.statistics.cols() && a.statistics == b.statistics;
}

TEST_P(EveryLab, AKeyThatChangesJVoidsWhatTheRuleRemembersOfItAndNoOtherDoes) {
  const Scene scene = small_scene(*GetParam());
  iem::Run run(scene, pool());
  run.seek(3);
  const bool remembers = run.state().optimizer_state.sums.size() > 0;
  const std::set<std::string> of_em = {"mixture", "activation", "classifier"};
  EXPECT_EQ(remembers, of_em.contains(GetParam()->id()));
  int changed = 0, kept = 0;
  for (const Parameter& p : scene.config.table().all())
    for (const Value& value : other_values(p, scene.config)) {
      iem::Run next = run;
      try {
        next.apply({p.key, value, 0});
      } catch (const InputError&) {
        continue;
      }
      const bool same_theta =
          next.state().theta.size() == run.state().theta.size() && next.state().theta == run.state().theta;
      const bool same_j = same_theta && same_objective(next.evaluation(), run.evaluation());
      const bool empty = next.state().optimizer_state.sums.size() == 0;
      SCOPED_TRACE(p.key);
      if (!same_j) {
        ++changed;
        EXPECT_NE(p.effect, Effect::view);
        EXPECT_NE(p.effect, Effect::start);
        EXPECT_TRUE(empty) << "what is remembered belongs to another J";
        EXPECT_TRUE(p.effect != Effect::setting || !p.state.empty() || !same_theta) << "an Effect is missing";
      } else if (p.effect == Effect::setting) {
        ++kept;
        EXPECT_EQ(empty, !remembers) << "nothing that is remembered has changed";
      }
    }
  EXPECT_GT(changed, 3);
  EXPECT_GT(kept, 10);
}

// Incremental EM with other responsibilities, another objective or another energy goes on as one that begins
// at that theta.
TEST(IncrementalEm, BeginsAnewWhereTheObjectiveBecomesAnother) {
  const std::vector<Edit> edits = {{"model.responsibility", std::string("sparsemax"), 0},
                                   {"model.responsibility", std::string("entmax15"), 0},
                                   {"model.temperature", 1.7, 0},
                                   {"schedule.temperature_decay", 0.97, 0},
                                   {"model.energy", std::string("student_t"), 0}};
  for (const Edit& edit : edits) {
    SCOPED_TRACE(edit.key);
    iem::Run run(mixture_scene("[optimizer]\nmethod = \"incremental_em\"\nbatch_size = 32\n"), pool());
    run.seek(5);
    ASSERT_GT(run.state().optimizer_state.sums.size(), 0);
    run.apply(edit);
    RunState fresh = run.state();
    fresh.optimizer_state = {};
    const StepInput input{*run.setup().model, *run.setup().data, run.evaluation(), run.temperature(),
                          run.pool()};
    run.setup().optimizer->step(input, fresh.theta, fresh.optimizer_state, fresh.batch_random);
    run.setup().model->project(fresh.theta);
    run.step();
    EXPECT_TRUE(testing::same_bits(run.state().theta, fresh.theta));
  }
}

}  // namespace
}  // namespace iem
