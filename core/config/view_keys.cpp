#include "core/config/view_keys.h"

namespace iem {

void take_view_keys(Config& config, const Config& view) {
  for (const Parameter& parameter : config.table().all()) {
    if (parameter.effect != Effect::view) continue;
    if (view.is_set(parameter.key)) {
      config.set(parameter.key, view.value(parameter.key));
    } else {
      config.reset(parameter.key);
    }
  }
}

}  // namespace iem
