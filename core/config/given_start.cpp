#include "core/config/given_start.h"

#include <iterator>
#include <utility>

namespace iem {

std::string only_for_explicit(const Config& config) {
  return config.text("model.init") == "explicit" ? ""
                                                 : "Given values are read with init = \"explicit\" only.";
}

Parameter drawn_start_parameter() {
  return {.key = "model.init",
          .group = Group::model,
          .kind = ParameterKind::choice,
          .effect = Effect::start,
          .label = "Start",
          .help = "random: normal numbers; explicit: as the scene says.",
          .default_value = std::string("random"),
          .choices = {"random", "explicit"},
          .advanced = true};
}

Parameter drawn_scale_parameter(std::string help, double default_value, double slider_max,
                                std::function<bool(const Config&)> drawn, std::vector<std::string> by) {
  Parameter p{.key = "model.init_scale",
              .group = Group::model,
              .effect = Effect::start,
              .label = "Initial scale",
              .help = std::move(help),
              .default_value = default_value,
              .min = 0,
              .slider_min = 0.01,
              .slider_max = slider_max,
              .logarithmic = true,
              .advanced = true};
  p.unavailable = [drawn = std::move(drawn)](const Config& config) {
    const bool any = config.text("model.init") != "explicit" || drawn(config);
    return any ? std::string() : std::string("Nothing of an explicit start is drawn.");
  };
  p.switched_by = {"model.init"};
  p.switched_by.insert(p.switched_by.end(), by.begin(), by.end());
  return p;
}

Parameter given_block_parameter(std::string key, std::string label, std::string help,
                                std::vector<std::int64_t> shape,
                                std::function<std::string(const Config&)> lacking,
                                std::vector<std::string> by) {
  Parameter p{.key = std::move(key),
              .group = Group::model,
              .kind = ParameterKind::tensor,
              .effect = Effect::start,
              .label = std::move(label),
              .help = std::move(help),
              .default_value = Tensor{},
              .shape = std::move(shape),
              .in_panel = false};
  p.unavailable = [lacking = std::move(lacking)](const Config& config) {
    std::string none = lacking ? lacking(config) : std::string();
    return none.empty() ? only_for_explicit(config) : none;
  };
  p.switched_by = {"model.init"};
  p.switched_by.insert(p.switched_by.end(), by.begin(), by.end());
  return p;
}

}  // namespace iem
