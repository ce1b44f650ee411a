// What the mixture lab says in words, where a wrong word would be a false claim: units, fields, ellipses, the
// reasons of Convergence.
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

std::shared_ptr<const Snapshot> words_state(const std::string& toml, std::int64_t step = 3) {
  iem::Run run(testing::mixture_scene(toml), testing::pool());
  run.seek(step);
  return take_snapshot(run);
}

std::string caption_of(const Snapshot& s, const std::string& figure, const std::string& field = {}) {
  Config config = s.config();
  if (!field.empty()) config.set("view.field", field);
  return lab_of(*s.setup).figure(figure, s, {config, {}, {}}).caption;
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(MixtureWords, OnlyALikelihoodIsCountedInNats) {
  const auto unit = [](const std::string& model, const std::string& more = {}) {
    const Scene scene = testing::mixture_scene("[model]\n" + model + more);
    return find_lab("mixture")->loss_unit(scene.config);
  };
  EXPECT_EQ(unit(""), "nats");
  EXPECT_EQ(unit("energy = \"student_t\"\n"), "nats");
  for (const char* model : {"temperature = 2.0\n", "volume_term = false\n", "responsibility = \"entmax15\"\n",
                            "objective = \"sigmoid\"\n", "objective = \"correntropy\"\n",
                            "energy = \"cosine\"\ncovariance = \"fixed\"\n"})
    EXPECT_EQ(unit(model), "") << model;
  EXPECT_EQ(unit("", "[schedule]\ntemperature_decay = 0.9\n"), "");
}

TEST(MixtureWords, TheStagesCaptionIsOfTheFieldThatIsShown) {
  const auto s = words_state("");
  EXPECT_TRUE(says(caption_of(*s, "stage", "responsibility"), "Field: $r_j(x)=e^{-d_j}"));
  EXPECT_TRUE(says(caption_of(*s, "stage", "entropy"), "$H(r(x))="));
  EXPECT_TRUE(says(caption_of(*s, "stage", "energy"), "$-L(x)="));
  EXPECT_TRUE(says(caption_of(*s, "stage", "assignment"), "\\arg\\min_j"));
  EXPECT_TRUE(says(caption_of(*s, "stage", "gradient"), "Arrows: $-\\partial J/\\partial\\mu_{1}$"));
  for (const char* field : {"entropy", "density", "energy", "assignment", "gradient", "off"})
    EXPECT_FALSE(says(caption_of(*s, "stage", field), "$r_j(x)=")) << field;
}

TEST(MixtureWords, EllipsesAreStandardDeviationsOfAGaussianOnly) {
  for (const EnergyType& energy : energies()) {
    const auto s = words_state("[model]\nenergy = \"" + energy.id + "\"\ncovariance = \"" +
                               testing::any_covariance(energy) + "\"\n");
    const std::string caption = caption_of(*s, "stage");
    EXPECT_EQ(says(caption, "standard deviations"), energy.id == "gaussian") << caption;
    EXPECT_EQ(says(caption, "llipses"), !energy.on_circle) << caption;
  }
}

TEST(MixtureWords, SparseResponsibilitiesHaveNoExponentials) {
  for (const std::string rule : {"sparsemax", "entmax15"}) {
    const auto s = words_state("[model]\nresponsibility = \"" + rule + "\"\n");
    for (const Phase& phase : lab_of(*s->setup).phases(*s, 3)) {
      EXPECT_NE(phase.id, "exponentials");
      EXPECT_NE(phase.id, "normaliser");
    }
    for (const char* figure : {"stage", "loss", "bound"}) {
      const std::string caption = caption_of(*s, figure);
      EXPECT_TRUE(says(caption, "\\Omega")) << caption;
      EXPECT_FALSE(says(caption, "e^{")) << caption;
    }
    EXPECT_FALSE(
        says(lab_of(*s->setup).figure("stage", *s, {s->config(), {}, {}}).panels[0].title_tex, "\\log"));
  }
}

TEST(MixtureWords, TheLossIsTheObjectivesOwn) {
  EXPECT_TRUE(says(caption_of(*words_state("[model]\nobjective = \"correntropy\"\n"), "loss"), "2s^2"));
  EXPECT_TRUE(says(caption_of(*words_state("[model]\nobjective = \"sigmoid\"\n"), "loss"), "d_{ij}-m"));
  EXPECT_TRUE(says(caption_of(*words_state(""), "loss"), "\\log\\sum_j"));
}

constexpr const char* kTwoClouds =
    "\n[data]\nsource = \"inline\"\npoints = [[-2, 0.1], [-2.2, -0.2], [-1.8, 0.2], [-2.1, 0.3], [2, 0], "
    "[2.2, 0.2], "
    "[1.8, -0.3], [1.9, 0.1]]\n";

// An error grows at a saddle, stays along a flat direction, and grows with too large a rate: three reasons.
TEST(MixtureWords, ConvergenceSaysWhyAnErrorDoesNotShrink) {
  // Two components that are one and the same: what parts them falls away from here, under any rule.
  const std::string twins =
      "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.1, 0], [0.1, 0]]\n[optimizer]\nmethod = "
      "\"em\"\n";
  const std::string saddle = caption_of(*words_state(twins + kTwoClouds, 0), "convergence");
  EXPECT_TRUE(says(saddle, "saddle")) << saddle;
  EXPECT_FALSE(says(saddle, "rate")) << saddle;

  const std::string fast = "[model]\ncomponents = 2\n[optimizer]\nmethod = \"gd\"\nlearning_rate = 40.0\n";
  const std::string rate = caption_of(*words_state(fast + kTwoClouds, 0), "convergence");
  EXPECT_TRUE(says(rate, "the learning rate is too large")) << rate;
  EXPECT_FALSE(says(rate, "saddle")) << rate;

  iem::Run dead(load_scene("dead"), testing::pool());
  dead.seek(20);
  const std::string flat = caption_of(*take_snapshot(dead), "convergence");
  EXPECT_TRUE(says(flat, "flat direction")) << flat;
  EXPECT_FALSE(says(flat, "too large")) << flat;
}

TEST(MixtureWords, ConvergenceNamesTheCoordinatesOfItsConditionNumber) {
  const std::string caption = caption_of(*words_state("", 5), "convergence");
  EXPECT_TRUE(says(caption, "Hessian in $(\\mu,\\log W,\\mathrm{logits})$")) << caption;
}

// J of a warmer step is another objective.
TEST(MixtureWords, AFallingTemperatureIsSaid) {
  const auto s = words_state("[model]\ntemperature = 3.0\n[schedule]\ntemperature_decay = 0.9\n", 12);
  for (const char* figure : {"loss", "convergence"})
    EXPECT_TRUE(says(caption_of(*s, figure), "The temperature falls")) << figure;
  EXPECT_FALSE(says(caption_of(*words_state("", 3), "loss"), "temperature"));
}

}  // namespace
}  // namespace iem
