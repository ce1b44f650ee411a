// A divergence names its step, its quantity and a remedy that helps.
#include "core/run/divergence.h"
#include "core/session/scene_file.h"

#include "core/labs/kit/lab.h"
#include "core/run/fault.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

iem::Run diverged(const std::string& name, double rate) {
  Scene scene = load_scene(name);
  scene.config.set("optimizer.learning_rate", rate);
  iem::Run run(std::move(scene), pool());
  run.seek(100);
  EXPECT_TRUE(run.divergence()) << name;
  return run;
}

Diagnosis diagnosis_of(const iem::Run& run) {
  const auto snapshot = take_snapshot(run);
  EXPECT_FALSE(snapshot->diagnoses.empty());
  return snapshot->diagnoses.empty() ? Diagnosis{} : snapshot->diagnoses.front();
}

TEST(DivergenceWords, AreTheSameInTheWindowAndOnTheCommandLine) {
  const iem::Run run = diverged("three_blobs", 1e6);
  const Diagnosis d = diagnosis_of(run);
  const std::int64_t step = run.divergence()->step;
  EXPECT_EQ(d.kind, kDivergedKind);
  EXPECT_EQ(d.text, "the run became non-finite at step " + std::to_string(step) + " (" +
                        run.divergence()->quantity + ")");
  EXPECT_EQ(divergence_line(run), d.text + ": step " + std::to_string(step - 1) +
                                      " is the last finite state; take a tenth of the learning rate "
                                      "(optimizer.learning_rate = 1e+05)");
}

TEST(DivergenceRemedy, IsAnotherScaleWhereTheAxesDifferByMoreThanFiveTimes) {
  EXPECT_EQ(diagnosis_of(diverged("old_faithful", 10)).edits[0].key, "data.standardise");
  EXPECT_EQ(diagnosis_of(diverged("three_blobs", 1e6)).edits[0].key, "optimizer.learning_rate");
  EXPECT_EQ(diagnosis_of(diverged("penguins", 1e6)).edits[0].key, "optimizer.learning_rate")
      << "they are standardised already";
  for (const auto& [y, key] : {std::pair{"4.9", "optimizer.learning_rate"}, {"5.1", "data.standardise"}}) {
    const std::string points = "[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, " + std::string(y) +
                               "], [1.0, 0.0], [0.0, " + y + "]]\n";
    for (const char* init : {"", "init = \"explicit\"\nmeans = [[0.0, 0.0], [1.0, 1.0]]\n"}) {
      iem::Run run(mixture_scene(points + "[model]\ncomponents = 2\n" + init +
                                 "[optimizer]\nmethod = \"gd\"\nlearning_rate = 1e8\n"),
                   pool());
      run.seek(50);
      ASSERT_TRUE(run.divergence());
      EXPECT_EQ(diagnosis_of(run).edits[0].key, *init ? "optimizer.learning_rate" : key)
          << "means that are given are in the data's own units";
    }
  }
}

TEST(DivergenceRemedy, TakenFromTheStartAsOftenAsItIsOfferedHelps) {
  for (const auto& [name, rate] :
       {std::pair{"old_faithful", 10.0}, {"three_blobs", 1e4}, {"penguins", 1e6}}) {
    Scene scene = load_scene(name);
    scene.config.set("optimizer.learning_rate", rate);
    int taken = 0;
    for (; taken < 12; ++taken) {
      iem::Run run(scene, pool());
      run.seek(60);
      if (!run.divergence()) break;
      const Diagnosis d = diagnosis_of(run);
      ASSERT_FALSE(d.edits.empty()) << name;
      for (const Edit& edit : d.edits) scene.config.set(edit.key, edit.value);
    }
    EXPECT_GT(taken, 0) << name;
    EXPECT_LT(taken, 12) << name;
  }
}

TEST(DivergenceRemedy, OfAStartThatIsNotFiniteIsNoRate) {
  iem::Run run(mixture_scene("[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1e200, 1.0], [1.0, 0.5]]\n"
                             "[model]\ncomponents = 1\n[optimizer]\nmethod = \"gd\"\n"),
               pool());
  ASSERT_TRUE(is_broken(run));
  const std::string line = divergence_line(run);
  EXPECT_TRUE(line.starts_with("the run became non-finite at step 0 (")) << line;
  EXPECT_TRUE(line.ends_with("; standardise the data (data.standardise = true)")) << line;
  EXPECT_EQ(diagnosis_of(run).kind, kDivergedKind);
}

}  // namespace
}  // namespace iem::testing
