// The view keys that only the mixture's figures have.
#include "core/labs/mixture/figures/list.h"

#include <algorithm>
#include <iterator>

#include "core/labs/mixture/figures/atlas.h"
#include "core/labs/mixture/figures/phases.h"

namespace iem {
namespace {

// A digit string below a million, or nothing.
std::optional<Eigen::Index> small_number(const std::string& digits) {
  if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stol(digits);
}

std::string no_landscape(const Config& config) {
  if (config.text("view.field") != "energy") return "Only the field of the energy stands up as a landscape.";
  return config.flag("view.landscape") ? "" : "There is no landscape to look at.";
}

// An angle of the view of a landscape.
Parameter angle(const char* key, const char* label, double degrees, double min, double max,
                const char* help) {
  return {.key = key,
          .group = Group::view,
          .kind = ParameterKind::real,
          .effect = Effect::view,
          .label = label,
          .unit = "degrees",
          .help = help,
          .default_value = degrees,
          .min = min,
          .max = max,
          .slider_min = min,
          .slider_max = max,
          .advanced = true,
          .unavailable = no_landscape,
          .switched_by = {"view.field", "view.landscape"}};
}

std::vector<Parameter> stage_view_parameters() {
  return {
      {.key = "view.points",
       .group = Group::view,
       .kind = ParameterKind::choice,
       .effect = Effect::view,
       .label = "Points by",
       .help =
           "What colours the points: their responsibilities, their labels where they have some, or nothing.",
       .default_value = std::string("responsibility"),
       .choices = {"responsibility", "label", "nothing"}},
      {.key = "view.cloud",
       .group = Group::view,
       .kind = ParameterKind::choice,
       .effect = Effect::view,
       .label = "Points as",
       .help = "A disc each, or how many lie where; automatic: a density above 200,000 points.",
       .default_value = std::string("automatic"),
       .choices = {"automatic", "discs", "density"},
       .advanced = true},
      {.key = "view.landscape",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Landscape",
       .help = "The energy in three dimensions: a well at every prototype; where they overlap, the bottoms "
               "move towards each other.",
       .default_value = false,
       .unavailable =
           [](const Config& config) {
             return config.text("view.field") == "energy"
                        ? std::string()
                        : std::string("Only the field of the energy stands up as a landscape.");
           },
       .switched_by = {"view.field"}},
      angle("view.azimuth", "Turned", 32, -180, 180,
            "How far the landscape is turned about its upright axis."),
      angle("view.elevation", "Seen from", 52, 0, 90,
            "How far above the ground of the landscape the eye is."),
      {.key = "view.threads",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Threads",
       .help = "From the shown point to every prototype, as wide as its responsibility.",
       .default_value = false},
      {.key = "view.point_pull",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Pull of points",
       .help =
           "While a prototype is hovered: r_ij (x_i - mu_j) of every point. With the gaussian energy their "
           "sum over N_j is EM's step; the others weigh or count the points differently.",
       .default_value = true},
  };
}

std::vector<Parameter> landscape_parameters() {
  Parameter x{.key = "view.landscape_x",
              .group = Group::view,
              .kind = ParameterKind::text,
              .effect = Effect::view,
              .label = "Landscape, across",
              .help =
                  "The parameter along the landscape's horizontal axis: means[0][1], covariances[0][0], "
                  "weights[0]. Empty: the plane of the start, the end of EM and the present.",
              .default_value = std::string(),
              .in_panel = false};
  x.misfit = [](const Value& value) -> std::string {
    const std::string& name = std::get<std::string>(value);
    return name.empty() || read_landscape_entry(name)
               ? ""
               : "must name an entry of means, covariances or weights: means[0][1], weights[0]";
  };
  Parameter y = x;
  y.key = "view.landscape_y";
  y.label = "Landscape, up";
  y.help = "The parameter along the landscape's vertical axis.";
  return {x, y};
}

}  // namespace

std::optional<LandscapeEntry> read_landscape_entry(const std::string& name) {
  LandscapeEntry entry;
  const std::size_t open = name.find('[');
  if (open == std::string::npos || name.back() != ']') return std::nullopt;
  entry.block = name.substr(0, open);
  if (entry.block != "means" && entry.block != "covariances" && entry.block != "weights") return std::nullopt;
  const std::string inside = name.substr(open + 1, name.size() - open - 2);
  const std::size_t between = inside.find("][");
  const auto row = small_number(inside.substr(0, between));
  const std::optional<Eigen::Index> column =
      between == std::string::npos ? 0 : small_number(inside.substr(between + 2));
  if (!row || !column) return std::nullopt;
  entry.row = *row;
  entry.column = *column;
  return entry;
}

std::vector<Parameter> mixture_view_parameters() {
  std::vector<Parameter> all = stage_view_parameters();
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  all.push_back(phase_parameter(mixture_phase_names()));
  append(landscape_parameters());
  append(atlas_parameters());
  append(page_parameters(mixture_figures(), [](const Config&) {
    static const Value plots = std::vector<std::string>{"loss", "identity", "responsibilities", "activation"};
    return &plots;
  }));
  all.push_back(notation_parameter());
  return all;
}

}  // namespace iem
