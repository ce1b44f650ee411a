// What only the mixture's stage can show.
#include "core/labs/mixture/model/keys.h"
#include "core/config/config.h"

namespace iem {

std::vector<Parameter> mixture_view_parameters() {
  return {
      {.key = "view.points",
       .group = Group::view,
       .kind = ParameterKind::choice,
       .effect = Effect::view,
       .label = "Points by",
       .help =
           "What colours the points: their responsibilities, their labels where they have some, or nothing.",
       .fallback = std::string("responsibility"),
       .choices = {"responsibility", "label", "nothing"}},
      {.key = "view.cloud",
       .group = Group::view,
       .kind = ParameterKind::choice,
       .effect = Effect::view,
       .label = "Points as",
       .help = "A disc each, or how many lie where; automatic: a density above 200,000 points.",
       .fallback = std::string("automatic"),
       .choices = {"automatic", "discs", "density"},
       .advanced = true},
      {.key = "view.landscape",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Landscape",
       .help = "The energy in three dimensions: a well at every prototype; where they overlap, the bottoms "
               "move towards each other.",
       .fallback = false,
       .unavailable =
           [](const Config& config) {
             return config.text("view.field") == "energy"
                        ? std::string()
                        : std::string("Only the field of the energy stands up as a landscape.");
           },
       .switched_by = {"view.field"}},
      {.key = "view.threads",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Threads",
       .help = "From the shown point to every prototype, as wide as the phase that is looked at says.",
       .fallback = false},
      {.key = "view.point_pull",
       .group = Group::view,
       .kind = ParameterKind::boolean,
       .effect = Effect::view,
       .label = "Pull of points",
       .help =
           "While a prototype is hovered: r_ij (x_i - mu_j) of every point. With the gaussian energy their "
           "sum over N_j is EM's step; the others weigh or count the points differently.",
       .fallback = true},
  };
}

}  // namespace iem
