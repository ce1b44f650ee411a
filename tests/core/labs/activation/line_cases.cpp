#include "tests/core/labs/activation/line_cases.h"

#include "core/energy/line_kernel.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

// Hypotheses and kernels with priors, widths and values of their own.
std::vector<LineCase> line_models() {
  std::vector<LineCase> out = {{"logistic gate", "hypotheses = \"gate\"\n"},
                               {"gaussian gate", "hypotheses = \"gate\"\nenergy = \"gaussian\"\n"}};
  for (const LineKernel* kernel : line_kernels()) {
    const std::string energy = "energy = \"" + kernel->id + "\"\n";
    const std::string sign = "m = 0.7\nscale = 0.6\n", prior = "prior = 0.3\n";
    out.push_back({kernel->id + " signs", energy + sign});
    out.push_back({kernel->id + " signs with priors", energy + sign + prior});
    const std::string places =
        "hypotheses = \"prototypes\"\npositions = [-1.1, 0.2, 1.7]\nweights = [1.0, 2.0, 0.5]\nscale = 0.8\n";
    out.push_back({kernel->id + " prototypes", energy + places});
    out.push_back({kernel->id + " prototypes with widths and values",
                   energy + places + "widths = [1.0, 0.6, 1.7]\nvalues = [0.5, -2.0, 1.0]\n"});
    if (kernel->id == "student_t") out.push_back({"student_t curve", energy + sign + "exponent = 1.3\n"});
  }
  return out;
}

}  // namespace

std::vector<LineCase> line_cases(const std::vector<std::string>& statistics) {
  std::vector<LineCase> out;
  for (const LineCase& model : line_models())
    for (const std::string& statistic : statistics)
      for (const char* tau : {"1.0", "0.4", "3.0"})
        for (const bool volume : {true, false}) {
          const bool gate = model.name.ends_with("gate");
          if (gate && !volume) continue;
          out.push_back({model.name + ", " + statistic + ", tau " + tau + (volume ? "" : ", no volume term"),
                         model.toml + "statistic = \"" + statistic + "\"\ntemperature = " + tau + "\n" +
                             (volume ? "" : "volume_term = false\n")});
        }
  return out;
}

std::shared_ptr<const Snapshot> line_snapshot(const std::string& model, const std::string& rest,
                                              std::int64_t steps) {
  iem::Run run(parse_scene("format = 1\nlab = \"activation\"\n[model]\n" + model + rest, "formulas.toml"),
               pool());
  run.seek(steps);
  return take_snapshot(run);
}

const char* const kLinePoints =
    "[data]\nsource = \"inline\"\npoints = [[-1.9], [-1.35], [-0.8], [-0.45], [0.15], [0.75], [1.05], [1.6], "
    "[2.2]]\n";

}  // namespace iem::testing
