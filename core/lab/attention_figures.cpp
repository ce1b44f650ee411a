#include "core/lab/attention_figures.h"

#include "core/lab/figure_parts.h"

namespace iem {

const std::vector<AttentionFigure>& attention_figures() {
  static const std::vector<AttentionFigure> all = {
      {{"loss", "Loss", "J over steps, with the entropy of the chain where there is one."},
       attention_loss_figure},
  };
  return all;
}

AttentionRows rows_of(const Snapshot& snapshot, std::vector<Eigen::Index> queries) {
  return attention_of(snapshot).rows(snapshot.state.theta, snapshot.temperature, snapshot.data(),
                                     std::move(queries));
}

Figure attention_loss_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". J, minimised.";
  figure.panels.push_back(loss_panel(figure, snapshot));
  return figure;
}

}  // namespace iem
