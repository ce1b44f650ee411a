#include "core/data/sources/advice.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/data/sources/sources.h"

namespace iem {
namespace {

std::string axis_name(const Dataset& data, Eigen::Index axis) {
  const auto a = static_cast<std::size_t>(axis);
  return a < data.names.size() && !data.names[a].empty() ? data.names[a]
                                                         : "coordinate " + std::to_string(axis + 1);
}

double reach(const Dataset& data, Eigen::Index axis) {
  const auto column = data.points.col(axis);
  return column.maxCoeff() - column.minCoeff();
}

std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

std::string about_spread(const Dataset& data) {
  constexpr double kWorldsApart = 100;  // times
  const double x = reach(data, 0), y = reach(data, 1);
  for (Eigen::Index axis = 0; axis < 2; ++axis)
    if (reach(data, axis) == 0)
      return axis_name(data, axis) + " is the same in all " + std::to_string(data.size()) +
             " points: a component has no width along it (model.sigma_floor sets a smallest one)";
  const double times = std::max(x, y) / std::min(x, y);
  if (data.standardised || !(times > kWorldsApart)) return {};
  return axis_name(data, x > y ? 0 : 1) + " reaches " + rounded(times) + " times as far as " +
         axis_name(data, x > y ? 1 : 0) + ": data.standardise = true puts both on one scale";
}

std::string about_count(const Dataset& data, const Config& config) {
  constexpr std::int64_t kEnough = 3;  // points: fewer lie on a line
  if (config.table().find("model.components") == nullptr || config.text("model.covariance") == "fixed")
    return {};
  const std::int64_t components = config.integer("model.components");
  if (data.size() >= kEnough * components) return {};
  return std::to_string(data.size()) + " points for " + std::to_string(components) +
         (components == 1 ? " component" : " components") +
         ": fewer than three each, so that one may collapse onto a point (model.components takes fewer)";
}

}  // namespace

std::vector<std::string> advice_on(const Dataset& data, const Config& config) {
  std::vector<std::string> out;
  if (data.size() == 0 || data.dimension() != 2) return out;
  for (std::string words : {about_spread(data), about_count(data, config)})
    if (!words.empty()) out.push_back(std::move(words));
  return out;
}

std::vector<std::string> advice_on_file(const Dataset& data, const Config& config,
                                        const std::string& folder) {
  const bool file = !data_source(config).extensions.empty();
  if (!file || config.text("data.path").starts_with("builtin:")) return {};
  std::vector<std::string> out = advice_on(data, config);
  for (std::string& words : out) words = resolved_path(config.text("data.path"), folder) + ": " + words;
  return out;
}

}  // namespace iem
