#include "core/mixture/parameters.h"

#include <utility>

#include "core/config/choice.h"
#include "core/config/given_start.h"

namespace iem {
namespace {

std::vector<std::string> energy_ids() {
  std::vector<std::string> ids;
  for (const EnergyType& energy : energies()) ids.push_back(energy.id);
  return ids;
}

}  // namespace

Parameter energy_parameter() {
  return {.key = "model.energy",
          .group = Group::model,
          .kind = ParameterKind::choice,
          .effect = Effect::objective,
          .label = "Energy",
          .help = "How the distance of a point to a prototype is measured: lower means a better match.",
          .default_value = std::string("gaussian"),
          .choices = energy_ids()};
}

Parameter covariance_parameter() {
  return {.key = "model.covariance",
          .group = Group::model,
          .kind = ParameterKind::choice,
          .effect = Effect::structure,
          .label = "Covariance",
          .symbol = "\\Sigma_j",
          .help = "Which shapes the components may take.",
          .default_value = std::string("full"),
          .choices = covariance_names()};
}

Parameter volume_term_parameter() {
  return {.key = "model.volume_term",
          .group = Group::model,
          .kind = ParameterKind::boolean,
          .effect = Effect::objective,
          .label = "Volume term",
          .symbol = "-\\log|W_j|",
          .help = "The price of being wide. Without it, learned covariances grow without bound: W collapses.",
          .default_value = true};
}

Parameter sigma_floor_parameter() {
  return {.key = "model.sigma_floor",
          .group = Group::model,
          .label = "Smallest spread",
          .symbol = "\\sigma_{\\min}",
          .help = "No component becomes narrower than this in any direction; 0 is no floor.",
          .default_value = 0.0,
          .min = 0,
          .slider_min = 0,
          .slider_max = 1,
          .advanced = true};
}

Parameter responsibility_parameter() {
  return {.key = "model.responsibility",
          .group = Group::objective,
          .kind = ParameterKind::choice,
          .effect = Effect::objective,
          .label = "Responsibility",
          .symbol = "r",
          .help =
              "Softmax leaves every prototype a share; the sparse ones give exact zeros, which do not pull "
              "at all.",
          .default_value = std::string("softmax"),
          .choices = responsibility_names()};
}

Parameter held_out_parameter() {
  return {.key = "data.held_out",
          .group = Group::data,
          .effect = Effect::data,
          .label = "Held out",
          .help =
              "The share of the points that nothing is learned from: their loss shows what was learned "
              "by heart. Only the mean and the deviation of standardised data are those of all points.",
          .default_value = 0.0,
          .min = 0,
          .max = 0.9,
          .slider_min = 0,
          .slider_max = 0.9,
          .advanced = true};
}

std::vector<Parameter> given_start_parameters() {
  return {given_block_parameter("model.means", "Means", "Initial means, K x 2.", {-1, 2}),
          given_block_parameter("model.covariances", "Covariances",
                                "Initial covariances, K x 2 x 2, symmetric positive definite.", {-1, 2, 2}),
          given_block_parameter("model.weights", "Weights",
                                "Initial weights, K positive numbers; normalised.", {-1})};
}

Parameter margin_parameter(std::string help) {
  return {.key = "model.margin",
          .group = Group::objective,
          .effect = Effect::objective,
          .label = "Margin",
          .symbol = "m",
          .help = std::move(help),
          .default_value = 1.0,
          .slider_min = -5,
          .slider_max = 10,
          .unavailable =
              [](const Config& config) {
                return config.text("model.objective") == "sigmoid"
                           ? std::string()
                           : std::string("Only sigmoid has a margin.");
              },
          .switched_by = {"model.objective"}};
}

CovarianceKind covariance_kind(const Config& config) {
  return choice_of<CovarianceKind>(config, "model.covariance", covariance_names());
}

void check_directions(const Config& config, const EnergyType& energy, const Dataset& data) {
  if (!energy.on_circle) return;
  const bool said = config.is_set("model.covariance");  // else it is the energy that was chosen
  if (covariance_kind(config) != CovarianceKind::fixed)
    throw config.error(said ? "model.covariance" : "model.energy",
                       "the " + energy.id + " energy has no covariances; choose fixed" +
                           (said ? "" : " for model.covariance"));
  const Dataset all = with_held_out(data);
  for (Eigen::Index i = 0; i < all.size(); ++i) {
    if (!all.points.row(i).isZero(0)) continue;
    // Where some are held out the points stand in another order than in the data.
    const std::string which = data.held_out ? "a point" : "point " + std::to_string(i);
    throw config.error("model.energy", which + " is at the origin, where there is no direction");
  }
}

}  // namespace iem
