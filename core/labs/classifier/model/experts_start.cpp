#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/labs/classifier/model/experts_keys.h"

namespace iem {
namespace {

bool are_given(const Config& config) { return config.text("model.init") == "explicit"; }

// The scale of the points, from which a start is made.
struct Look {
  double x = 0, y = 0, across = 1, up = 1;  // means and deviations, 1 where there is no spread
  double slope = 0;                         // of the regression line through all points
  explicit Look(const Dataset& data) {
    const auto u = data.points.col(0).array(), v = data.points.col(1).array();
    x = u.mean(), y = v.mean();
    const double square = (u - x).square().mean(), high = (v - y).square().mean();
    if (square > 0) slope = ((u - x) * (v - y)).mean() / square, across = std::sqrt(square);
    if (high > 0) up = std::sqrt(high);
  }
};

// Expert h of `count`, its line through the middle of all at a drawn slope.
Expert drawn_expert(const Look& look, int h, int count, Random& init) {
  Expert out;
  out.slope = look.slope + init.normal() * look.up / look.across;
  out.intercept = look.y - out.slope * look.x;
  out.noise = look.up * look.up;
  // Evenly over 1.2 standard deviations on either side, where most points of a normal distribution lie.
  const double place = count > 1 ? 2.0 * h / (count - 1) - 1 : 0;
  out.mean = look.x + 1.2 * place * look.across;
  out.variance = look.across * look.across / count;
  return out;
}

void require_length(const Config& config, const char* key, std::int64_t experts) {
  const Tensor& given = config.tensor(key);
  if (!given.data.empty() && given.shape[0] != experts)
    throw config.error(key, "has shape " + shape_text(given.shape) + ": must be " + shape_text({experts}) +
                                ", as model.experts = " + std::to_string(experts) + " says");
}

}  // namespace

void check_given_experts(const Config& config) {
  if (!are_given(config)) return;
  if (config.tensor("model.slopes").data.empty())
    throw config.error("model.init", "init = \"explicit\" needs model.slopes (one an expert)");
  for (const char* key : {"model.slopes", "model.intercepts", "model.noise_variances"})
    require_length(config, key, config.integer("model.experts"));
}

Theta start_of_experts(const Config& config, const Experts& model, const Dataset& data, Random& init) {
  const Look look(data);
  const int count = model.classes();
  std::vector<Expert> experts;
  for (int h = 0; h < count; ++h) experts.push_back(drawn_expert(look, h, count, init));
  if (are_given(config)) {
    const auto given = [&](const char* key, double Expert::*value, bool or_zero) {
      const std::vector<double>& numbers = config.tensor(key).data;
      const std::size_t lines = config.tensor("model.slopes").data.size();
      for (std::size_t h = 0; h < experts.size() && h < lines; ++h) {
        if (h < numbers.size())
          experts[h].*value = numbers[h];
        else if (or_zero)
          experts[h].*value = 0;
      }
    };
    if (config.tensor("model.slopes").data.empty())
      throw config.error("model.init", "init = \"explicit\" needs model.slopes (one an expert)");
    given("model.slopes", &Expert::slope, false);
    given("model.intercepts", &Expert::intercept, true);
    given("model.noise_variances", &Expert::noise, false);
  }
  return model.pack(experts);
}

Theta carry_experts_over(const Theta& theta, const Experts& from, const Config& config, const Experts& to,
                         const Dataset& data, Random& init) {
  std::vector<Expert> experts = to.unpack(start_of_experts(config, to, data, init));
  const std::vector<Expert> old = from.unpack(theta);
  const bool same_gate = from.is_linear() == to.is_linear();
  for (std::size_t h = 0; h < std::min(old.size(), experts.size()); ++h) {
    const Expert fresh = experts[h];
    experts[h] = old[h];
    if (same_gate) continue;
    experts[h].w = fresh.w, experts[h].b = fresh.b;
    experts[h].mean = fresh.mean, experts[h].variance = fresh.variance, experts[h].weight = fresh.weight;
  }
  return to.pack(experts);
}

}  // namespace iem
