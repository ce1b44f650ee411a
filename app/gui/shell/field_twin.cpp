#include "app/gui/shell/field_twin.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/gui/gl/field_renderer.h"
#include "app/gui/shell/window.h"
#include "app/paint/theme.h"
#include "core/base/error.h"
#include "core/check/finite.h"
#include "core/labs/kit/lab.h"
#include "core/run/run.h"

namespace iem::gui {
namespace {

// The largest difference of a channel over all kinds of field, 0..1; NaN where the shader does not draw it.
double largest_difference(const std::vector<FieldInput>& fields, const FieldView& view) {
  FieldRenderer renderer;
  int worst = 0;
  for (const FieldInput& input : fields) {
    const FieldPalette palette =
        paint::field_palette(paint::theme(paint::ThemeId::light), static_cast<int>(input.components.size()));
    const std::vector<std::uint8_t> shader = renderer.pixels(input, view, palette);
    const std::vector<std::uint8_t> twin = render_field(input, view, palette);
    if (shader.size() != twin.size()) return std::nan("");
    for (std::size_t i = 0; i < twin.size(); ++i)
      worst = std::max(worst, std::abs(int{shader[i]} - int{twin[i]}));
  }
  return worst / 255.0;
}

// The data and a margin around it.
FieldView view_of(const Dataset& data) {
  const Eigen::RowVector2d lo = data.points.colwise().minCoeff(), hi = data.points.colwise().maxCoeff();
  const double mx = 0.3 * (hi[0] - lo[0]) + 1e-9, my = 0.3 * (hi[1] - lo[1]) + 1e-9;
  return {lo[0] - mx, hi[0] + mx, lo[1] - my, hi[1] + my, 160, 120};
}

}  // namespace

CheckResult field_twin(const Scene& scene, std::int64_t steps) {
  CheckResult result{"field_twin",      "the field on screen and its CPU twin agree",
                     std::nan(""),      2 / 255.0,
                     CheckStatus::skip, ""};
  try {
    WindowOptions options;
    options.headless = true;
    options.remember = false;
    options.width = options.height = 64;
    const Window window(options);  // for its OpenGL context
    Run run(scene, std::make_shared<ThreadPool>(0));
    run.seek(steps);
    const std::shared_ptr<const Snapshot> snapshot = take_snapshot(run);
    const std::vector<FieldInput> fields = lab_of(run.setup()).fields(*snapshot);
    if (fields.empty()) {
      result.reason = "this lab draws no field";
      return result;
    }
    if (result.reason = cannot_be_checked(*snapshot); !result.reason.empty()) return result;
    result.error = largest_difference(fields, view_of(*run.setup().data));
    if (std::isnan(result.error)) {
      result.reason = "this field is drawn by the processor alone";
      return result;
    }
    result.status = result.error <= result.tolerance ? CheckStatus::pass : CheckStatus::fail;
  } catch (const InputError& error) {
    if (error.kind() != ErrorKind::missing) throw;
    result.reason = error.what();
  }
  return result;
}

}  // namespace iem::gui
