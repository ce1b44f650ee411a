// A mixture of experts against its definition: numbers worked out beside it in forty digits, central
// differences of J, weighted least squares written a second time.
#include <gtest/gtest.h>

#include <Eigen/LU>

#include <cmath>
#include <set>

#include "core/check/check.h"
#include "core/labs/classifier/model/experts.h"
#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/labs/classifier/cases.h"

namespace iem {
namespace {

using testing::classifier_scene;
using testing::pool;

// (x, y) on no line in particular.
std::string points_of_experts() {
  const Dataset data = testing::cloud(40, 9);
  std::string points;
  for (Eigen::Index i = 0; i < data.size(); ++i)
    points += (i > 0 ? ", [" : "[") + to_toml(Value{data.points(i, 0)}) + ", " +
              to_toml(Value{data.points(i, 1)}) + "]";
  return "[data]\nsource = \"inline\"\npoints = [" + points + "]\n";
}

Evaluation evaluate_experts(const Snapshot& s, const Theta& theta, Wanted wanted = Wanted::sums) {
  ThreadPool alone(1);
  Evaluation e;
  s.model().evaluate(theta, s.temperature, s.data(), {}, wanted, alone, e);
  return e;
}

// Worked out with mpmath in 40 digits from the definition in core/labs/classifier/model/experts.h, gradients
// by its numerical differentiation. Points, lines: alpha = .8, -.5, beta = .25, -.125, sigma^2 = .5, 1.25.
constexpr const char* kFivePoints =
    "[data]\nsource = \"inline\"\npoints = [[-2.0, 1.5], [-0.5, -0.75], [0.25, 0.5], [1.5, 2.0], [3.0, "
    "-1.0]]\n";
constexpr const char* kLines =
    "experts = 2\ninit = \"explicit\"\nslopes = [0.8, -0.5]\nintercepts = [0.25, -0.125]\nnoise_variances = "
    "[0.5, 1.25]\n";

struct ExpertsReference {
  std::string model;
  std::vector<std::pair<std::string, Tensor>> gate;
  double loss;
  std::vector<double> free, clamped;  // of expert 1
  std::vector<double> gradient;
};

std::vector<ExpertsReference> experts_references() {
  return {
      {"temperature = 0.75\n",
       {{"W", {{2, 1}, {0.5, -0.25}}}, {"b", {{2}, {0.125, 0}}}},
       1.5625251645041598599,
       {0.13784165696493571404, 0.41742979353768532313, 0.60268533797849169897, 0.84113089511908484862,
        0.95956043518199676737},
       {7.1804629980673697067e-6, 0.55128413752975050396, 0.7898786028888655167, 0.99813481322413784847,
        1.0387693277748165547e-6},
       {0.47752644296899826411, -0.47752644296899826411, 0.12386846918142292817, -0.12386846918142292817,
        -0.39946705661668863075, -0.13900185562339766481, -0.10308570708454676162, -0.16325151090116521404,
        0.26688318284169389163, 0.33079403072331906071}},
      {"energy = \"gaussian\"\ndiscriminative = 0.5\n",
       {{"means", {{2, 1}, {-1, 1.5}}},
        {"covariances", {{2, 1, 1}, {0.75, 2}}},
        {"weights", {{2}, {0.25, 0.75}}}},
       3.0912822404201207189,
       {0.85663715820957210066, 0.55604738240693194238, 0.22110486531859459981, 0.0083686044011637912528,
        0.000022267405255513906468},
       {0.0032674618942108626684, 0.65238311867795177196, 0.35925618691542927164, 0.21199045328995913775,
        6.7393741193057660953e-11},
       {-0.38468836452013069199, 0.3053063662015025567, -0.28037156009266043228, -0.91637280745340447978,
        0.04383858360516283776, -0.04383858360516283776, -0.14258929134763252114, -0.68793557567363274294,
        0.099024018559603308232, -0.59038053947552007173, 0.11481018999093107731, -0.51256786445997998312}}};
}

TEST(Experts, AgreeWithNumbersWorkedOutBesideThem) {
  for (const ExpertsReference& expected : experts_references()) {
    iem::Run run(classifier_scene(std::string(kFivePoints) + "[model]\n" + kLines + expected.model), pool());
    for (const auto& [block, value] : expected.gate) run.apply({"state." + block, value});
    const auto s = take_snapshot(run);
    const Evaluation e = evaluate_experts(*s, s->state.theta, Wanted::rows);
    EXPECT_NEAR(e.loss, expected.loss, 1e-14);
    const double kappa = static_cast<const Experts&>(s->model()).kappa();
    for (Eigen::Index i = 0; i < 5; ++i) {
      const auto at = static_cast<std::size_t>(i);
      EXPECT_NEAR(e.responsibilities(i, 0), expected.free[at], 1e-15) << expected.model << i;
      EXPECT_NEAR(e.pulls(i, 0), expected.clamped[at] - kappa * expected.free[at], 1e-15) << i;
    }
    ASSERT_EQ(e.gradient.size(), static_cast<Eigen::Index>(expected.gradient.size()));
    for (Eigen::Index i = 0; i < e.gradient.size(); ++i)
      EXPECT_NEAR(e.gradient[i], expected.gradient[static_cast<std::size_t>(i)], 1e-14) << i;
  }
}

// [model] of gates that there are; `em` of those with an M-step.
std::vector<std::string> models_of_experts(bool em) {
  std::vector<std::string> out;
  for (const char* count : {"experts = 1\n", "experts = 2\n", "experts = 3\n"}) {
    const std::string head(count);
    for (const char* tau : {"", "temperature = 0.3\n", "temperature = 1.7\n"}) out.push_back(head + tau);
    for (const EnergyType& energy : energies()) {
      const bool has_m_step = energy.em == MStep::moments && energy.em_unavailable.empty();
      if (energy.on_circle || (em && !has_m_step)) continue;
      for (const std::string& covariance : covariance_names())
        for (const char* rest : {"discriminative = 0.0\n", "discriminative = 0.0\ntemperature = 0.6\n",
                                 "discriminative = 0.4\n", "", "volume_term = false\n"})
          if (!em || std::string(rest).starts_with("discriminative = 0.0"))
            out.push_back(head + "energy = \"" + energy.id + "\"\ncovariance = \"" + covariance + "\"\n" +
                          rest);
    }
  }
  return out;
}

TEST(Experts, HaveTheGradientOfTheirLossForEveryGate) {
  int models = 0;
  for (const std::string& model : models_of_experts(false)) {
    iem::Run run(classifier_scene(points_of_experts() + "[model]\n" + model +
                                  "[optimizer]\nmethod = \"gd\"\nlearning_rate = 0.02\n"),
                 pool());
    run.seek(2);
    const auto s = take_snapshot(run);
    Theta differences(s->state.theta.size());
    for (Eigen::Index i = 0; i < differences.size(); ++i) {
      constexpr double kStep = 1e-6;
      Theta up = s->state.theta, down = up;
      up[i] += kStep, down[i] -= kStep;
      differences[i] = (evaluate_experts(*s, up).loss - evaluate_experts(*s, down).loss) / (2 * kStep);
    }
    s->model().layout().mask(differences);
    EXPECT_TRUE(testing::close(s->evaluation.gradient, differences, 3e-8)) << model;
    std::set<std::string> passed;
    for (const CheckResult& check : run_checks(*s)) {
      EXPECT_NE(check.status, CheckStatus::fail) << model << check.id << " " << check.error;
      if (check.status == CheckStatus::pass) passed.insert(check.id);
    }
    for (const char* id :
         {"clamped_minus_free", "clamped_gradient", "lse_gradient", "expert_pull", "row_sums"})
      EXPECT_TRUE(passed.contains(id)) << model << id;
    ++models;
  }
  EXPECT_GT(models, 300);
}

// The lines that least squares weighted by r* draws, by the normal equations in the data's own coordinates.
TEST(Experts, GoToWeightedLeastSquaresInOneStepOfEm) {
  int models = 0;
  for (const std::string& model : models_of_experts(true)) {
    iem::Run run(classifier_scene(points_of_experts() + "[model]\n" + model +
                                  "[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n"),
                 pool());
    run.seek(1);
    const auto s = take_snapshot(run);
    const auto& experts = static_cast<const Experts&>(s->model());
    const std::vector<Expert> next = experts.unpack(s->next);
    for (int h = 0; h < experts.classes(); ++h) {
      Eigen::Matrix2d square = Eigen::Matrix2d::Zero();
      Eigen::Vector2d right = Eigen::Vector2d::Zero();
      std::vector<double> weights;
      for (Eigen::Index i = 0; i < s->data().size(); ++i) {
        const Eigen::Vector2d at(s->data().points(i, 0), 1);
        weights.push_back(experts.row(s->state.theta, s->temperature, at[0], s->data().points(i, 1), -1)
                              .clamped[static_cast<std::size_t>(h)]);
        square += weights.back() * at * at.transpose();
        right += weights.back() * s->data().points(i, 1) * at;
      }
      const Eigen::Vector2d line = square.inverse() * right;
      double off = 0, sum = 0;
      for (Eigen::Index i = 0; i < s->data().size(); ++i) {
        const double w = weights[static_cast<std::size_t>(i)];
        const double e = s->data().points(i, 1) - line[0] * s->data().points(i, 0) - line[1];
        off += w * e * e, sum += w;
      }
      const Expert& got = next[static_cast<std::size_t>(h)];
      EXPECT_NEAR(got.slope, line[0], 1e-10 * std::max(1.0, std::abs(line[0]))) << model << h;
      EXPECT_NEAR(got.intercept, line[1], 1e-10 * std::max(1.0, std::abs(line[1]))) << model << h;
      EXPECT_NEAR(got.noise, off / sum, 1e-10 * std::max(1.0, off / sum)) << model << h;
    }
    ++models;
  }
  EXPECT_GT(models, 60);
}

TEST(Experts, NeverRaiseTheirLossInAStepOfEm) {
  int steps = 0;
  for (const std::string& model : models_of_experts(true))
    for (const char* learn :
         {"", "learn = [\"slopes\", \"noise_variances\"]\n", "learn = [\"intercepts\"]\n"}) {
      iem::Run run(classifier_scene(points_of_experts() + "[model]\n" + model + learn +
                                    "[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n"),
                   pool());
      double before = run.evaluation().loss;
      for (int step = 1; step <= 25; ++step, ++steps) {
        run.seek(step);
        EXPECT_LE(run.evaluation().loss, before + 1e-12 * std::max(1.0, std::abs(before)))
            << model << learn << step;
        before = run.evaluation().loss;
      }
    }
  EXPECT_GT(steps, 3000);
}

// Each gate alone too: a linear one that learns only W, only b or both, at a low temperature.
TEST(Experts, NeverRaiseTheirLossByTheGateAlone) {
  for (const char* learn : {"[\"W\"]", "[\"b\"]", "[\"W\", \"b\"]"})
    for (const char* tau : {"0.1", "1.0", "4.0"}) {
      iem::Run run(classifier_scene(points_of_experts() + "[model]\nexperts = 3\nlearn = " + learn +
                                    "\ntemperature = " + tau + "\n[optimizer]\nmethod = \"em\"\n"),
                   pool());
      const double first = run.evaluation().loss;
      double before = first;
      for (int step = 1; step <= 40; ++step) {
        run.seek(step);
        EXPECT_LE(run.evaluation().loss, before + 1e-13) << learn << tau << step;
        before = run.evaluation().loss;
      }
      EXPECT_LT(before, first - 1e-4) << learn << tau;
    }
}

// The rule `natural` goes part of the way to where EM goes, in each parameter of users; its formula says so.
TEST(Experts, GoPartOfTheWayOfEmInTheirOwnParameters) {
  iem::Run run(classifier_scene(points_of_experts() + "[model]\nexperts = 2\n[optimizer]\nmethod = "
                                                      "\"natural\"\nlearning_rate = 0.25\n"),
               pool());
  run.seek(3);
  const auto s = take_snapshot(run);
  EXPECT_EQ(lab_of(*s->setup).formula(Group::learning, s->config()),
            "\\alpha_h\\leftarrow(1-\\eta)\\,\\alpha_h+\\eta\\,\\alpha_h^{\\mathrm{EM}}");
  const Experts& model = *experts_of(*s);
  const std::vector<Expert> now = model.unpack(s->state.theta), em = model.unpack(s->em_target),
                            next = model.unpack(s->next);
  for (std::size_t h = 0; h < now.size(); ++h) {
    EXPECT_GT(std::abs(em[h].slope - now[h].slope), 1e-6);
    EXPECT_NEAR(next[h].slope, 0.75 * now[h].slope + 0.25 * em[h].slope, 1e-12);
    EXPECT_NEAR(next[h].noise, 0.75 * now[h].noise + 0.25 * em[h].noise, 1e-12);
  }
}

TEST(Experts, KeepWhatIsTheSameWhenTheirNumberChanges) {
  iem::Run run(classifier_scene(points_of_experts() + "[model]\nexperts = 2\n[optimizer]\nmethod = \"em\"\n"),
               pool());
  run.seek(5);
  const auto before = take_snapshot(run);
  run.apply({"model.experts", std::int64_t{3}});
  const auto after = take_snapshot(run);
  const std::vector<Expert> two = experts_of(*before)->unpack(before->state.theta),
                            three = experts_of(*after)->unpack(after->state.theta);
  ASSERT_EQ(three.size(), 3U);
  for (std::size_t h = 0; h < 2; ++h) {
    EXPECT_EQ(two[h].slope, three[h].slope);
    EXPECT_EQ(two[h].w, three[h].w);
  }
  // Classes again would need labels.
  EXPECT_NE(error_of([&] {
              run.apply({"model.experts", std::int64_t{0}});
            }).find("no labels"),
            std::string::npos);
}

// The strip is a field over x: as pale as one, so that points and lines stand out from it.
TEST(Experts, HaveTheirGateInTheColoursOfAField) {
  const iem::Run run(load_scene("kink_of_experts"), pool());
  const std::shared_ptr<const Snapshot> s = take_snapshot(run);
  const View view{s->config(), {ElementId::Kind::point, 3}, {}};
  const Figure stage = lab_of(*s->setup).figure("stage", *s, view);
  int shares = 0, rings = 0;
  for (const Mark& mark : stage.panels.at(0).marks) {
    if (const auto* band = std::get_if<Band>(&mark); band != nullptr && band->series.starts_with("gate ")) {
      EXPECT_EQ(band->ink.role, Role::territory) << band->series;
      EXPECT_EQ(band->ink.index, shares++);
      EXPECT_EQ(band->ink.alpha, 1);
    }
    if (const auto* ring = std::get_if<RingMark>(&mark)) {
      EXPECT_TRUE(ring->marked);
      EXPECT_NE(ring->label.find("$r"), std::string::npos) << ring->label;
      ++rings;
    }
  }
  EXPECT_EQ(shares, 2);
  EXPECT_EQ(rings, 2);
}

TEST(Experts, SayInOneLineWhatDoesNotGoTogether) {
  const auto said = [](const std::string& toml) {
    return error_of([&] { iem::Run run(classifier_scene(toml), pool()); });
  };
  const std::string data = points_of_experts() + "[model]\nexperts = 2\n";
  EXPECT_NE(said(data + "init = \"explicit\"\n").find("model.slopes"), std::string::npos);
  EXPECT_NE(said(data + "init = \"explicit\"\nslopes = [1.0]\n").find("must be"), std::string::npos);
  EXPECT_NE(
      said(data + "init = \"explicit\"\nslopes = [1.0, 2.0]\nintercepts = [0.0]\n").find("model.intercepts"),
      std::string::npos);
  EXPECT_NE(said(data + "energy = \"cosine\"\ncovariance = \"fixed\"\n").find("model.energy"),
            std::string::npos);
  EXPECT_NE(said(data + "learn = [\"means\"]\n").find("there is no means"), std::string::npos);
  EXPECT_NE(said(data + "energy = \"gaussian\"\n[optimizer]\nmethod = \"em\"\n").find("discriminative"),
            std::string::npos);
  EXPECT_NE(said(data + "[optimizer]\nmethod = \"bohning\"\n").find("use em"), std::string::npos);
  EXPECT_EQ(said(data), "");
}

}  // namespace
}  // namespace iem
