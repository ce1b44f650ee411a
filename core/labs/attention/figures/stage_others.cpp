// The values of other runs on the attention stage, where those are in the plane too.
#include "core/labs/attention/figures/stage_names.h"
#include "core/labs/kit/other_runs.h"

namespace iem {

void add_other_values(Figure& figure, Panel& panel, const AttentionStage& s) {
  draw_other_runs(
      figure, s.snapshot, s.view, "Hollow, from their keys in the dashes of their curves",
      [&](const ComparedRun& run) {
        const auto* model = dynamic_cast<const Attention*>(run.setup->model.get());
        if (model == nullptr || !model->options().direct || model->options().key_width != 2 ||
            model->options().value_width != 2 || model->keys() > kMostDrawn)
          return false;
        const AttentionVectors now = model->vectors(run.state.theta, *run.setup->data);
        for (Eigen::Index j = 0; j < model->keys(); ++j) {
          const Eigen::RowVector2d key = now.keys.row(j), step = now.values.row(j);
          const Eigen::RowVector2d tip = s.places() ? step : Eigen::RowVector2d(key + step);
          const Ink ink{Role::line, static_cast<int>(j), 0.7};
          Line way{.series = "way of " + run.label + " value " + std::to_string(j + 1),
                   .ink = ink,
                   .width_px = 1.2};
          way.x = figure.own({key[0], tip[0]}), way.y = figure.own({key[1], tip[1]});
          way.dash = series_dash(run.mark);
          panel.marks.push_back(std::move(way));
          Marker ghost{
              .series = run.label + " tip", .x = tip[0], .y = tip[1], .shape = Shape::disc, .ink = ink};
          ghost.radius_px = 4;
          ghost.halo_px = 1;
          ghost.hollow = true;
          ghost.stroke_px = 1.4;
          panel.marks.push_back(std::move(ghost));
        }
        return true;
      });
}

}  // namespace iem
