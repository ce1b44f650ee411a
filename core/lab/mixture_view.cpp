// What only the mixture's stage can show.
#include "core/lab/mixture_parameters.h"

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
  };
}

}  // namespace iem
