#include "core/data/sources/toy_sources.h"

#include <cmath>

#include "core/base/libm.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

Dataset make_evidence(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double sigma = config.real("data.noise");
  data.labels.resize(count);
  data.points.resize(count, kObservations);
  for (int& place : data.labels) place = static_cast<int>(3 * random.uniform());
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index s = 0; s < kObservations; ++s)
      data.points(i, s) = kPlaces[static_cast<std::size_t>(data.labels[i])] + sigma * random.normal();
  data.label_names = {"left", "middle", "right"};
  return data;
}

Dataset make_groups(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double noise = config.real("data.noise");
  const auto weights = true_group_weights(config);
  data.points.resize(count, kGroupedInputs + 1);
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index j = 0; j < kGroupedInputs; ++j) data.points(i, j) = random.normal();
  for (Eigen::Index i = 0; i < count; ++i) {
    double y = 0;
    for (Eigen::Index j = 0; j < kGroupedInputs; ++j)
      y += data.points(i, j) * weights[static_cast<std::size_t>(j)];
    data.points(i, kGroupedInputs) = y + noise * random.normal();
  }
  return data;
}

Parameter strengths_parameter() {
  Parameter p{.key = kStrengthsKey,
              .group = Group::data,
              .kind = ParameterKind::tensor,
              .effect = Effect::data,
              .label = "Strengths",
              .help = "How much each of the ten groups has to do with the output.",
              .default_value = Tensor{{kGroups}, {0, 1, 0, 0, 0, 0, 1, 0, 0, 0}},
              .min = 0,
              .max = 1e6};
  p.shape = {kGroups};
  p.in_panel = false;
  return p;
}

Dataset make_one_wave(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double noise = config.real("data.noise");
  data.points.resize(count, 3);
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index j = 0; j < 2; ++j) data.points(i, j) = random.normal();
  for (Eigen::Index i = 0; i < count; ++i)
    data.points(i, 2) = libm::sin(1.5 * data.points(i, 0)) + noise * random.normal();
  data.points.col(2).array() -= data.points.col(2).mean();
  data.names = {"x1", "x2", "y"};
  return data;
}

}  // namespace

std::array<double, kGroupSize> group_direction(int group) {
  if (group % 2 == 1) return {1.0, -0.8, 0.6, 0.9};
  return {-0.7, 0.7, 0.8, -0.9};
}

std::array<double, kGroupedInputs> true_group_weights(const Config& config) {
  std::array<double, kGroupedInputs> out{};
  const std::vector<double>& strengths = config.tensor(kStrengthsKey).data;
  for (std::size_t j = 0; j < out.size(); ++j) {
    const std::size_t group = j / kGroupSize;
    out[j] = strengths[group] * group_direction(static_cast<int>(group))[j % kGroupSize];
  }
  return out;
}

DataSource evidence_source() {
  return {"evidence",
          "Evidence",
          "Episodes of twelve noisy observations of one of three places.",
          {"data.count", "data.noise"},
          {},
          kRows,
          make_evidence};
}

DataSource groups_source() {
  return {"groups",
          "Groups of inputs",
          "Forty inputs in ten groups, of which two make the output.",
          {"data.count", "data.noise", kStrengthsKey},
          {strengths_parameter()},
          kRows,
          make_groups};
}

DataSource one_wave_source() {
  return {"one_wave",
          "One wave",
          "Two inputs, of which the first alone makes the output.",
          {"data.count", "data.noise"},
          {},
          kRows,
          make_one_wave};
}

}  // namespace iem
