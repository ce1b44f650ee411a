#include "core/labs/attention/figures/list.h"

#include <algorithm>

#include "core/labs/attention/figures/phases.h"
#include "core/labs/attention/figures/retrieval.h"
#include "core/labs/kit/runs_figures.h"

namespace iem {

const std::vector<FigureType>& attention_figures() {
  static const std::vector<FigureType> all = with_runs({
      {"stage",
       "Stage",
       "Queries, keys and values in the plane, with the attention of one query.",
       attention_stage_figure,
       {},
       FigureUse::stage},
      {.id = "attention",
       .title = "Routing",
       .help = "The attention of every query to every key.",
       .make = attention_map_figure,
       .tells_shares = true},
      {"advantage", "Usefulness", "How much more useful than average a value is to a query.",
       advantage_figure},
      {"routing_law",
       "Routing law",
       "dJ/ds by complex step against alpha (b - E[b]) / tau, on the diagonal.",
       routing_law_figure,
       {},
       FigureUse::identity},
      {"value_law", "Value law", "dJ/dv by complex step against the sum of alpha u, on the diagonal.",
       value_law_figure},
      {"values", "Values", "Keys and values on their first two principal components.",
       attention_values_figure},
      {"retrieval", "Retrieval", "q <- sum_j alpha_j k_j again and again, on the energy of the keys.",
       retrieval_figure},
      {"loss",
       "Loss",
       "J over steps, with the entropy of the chain where there is one.",
       attention_loss_figure,
       {},
       FigureUse::loss},
      {"entropy", "Predictive entropy", "Mean entropy of the predictions over steps.",
       predictive_entropy_figure},
      {"timescales", "Two time scales", "How fast routing and values change, on one logarithmic axis.",
       timescales_figure},
      {"transition", "Transition", "The transition matrix of the chain, true and learned.",
       transition_figure},
  });
  return all;
}

void widen_strip(Panel& panel) {
  constexpr double kLeast = 0.6;  // of the shorter axis, to the longer
  const double least = kLeast * std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo);
  for (Axis* axis : {&panel.x, &panel.y}) {
    const double more = 0.5 * std::max(0.0, least - (axis->hi - axis->lo));
    axis->lo -= more;
    axis->hi += more;
  }
}

AttentionRows rows_of(const Snapshot& snapshot, std::vector<Eigen::Index> queries) {
  return attention_of(snapshot).rows(snapshot.state.theta, snapshot.temperature, snapshot.data(),
                                     std::move(queries));
}

int shown_query(const Snapshot& snapshot, const View& view) {
  using Kind = ElementId::Kind;
  const Attention& model = attention_of(snapshot);
  auto query = static_cast<int>(view.config.integer("view.pinned"));
  const ElementId& hovered = view.hovered;
  if (hovered.kind == Kind::query || (hovered.kind == Kind::token && query < 0)) query = hovered.index;
  if (hovered.kind == Kind::score) query = hovered.index / static_cast<int>(model.keys());
  return query < model.queries() ? query : -1;
}

int shown_key(const Snapshot& snapshot, const View& view) {
  using Kind = ElementId::Kind;
  const auto keys = static_cast<int>(attention_of(snapshot).keys());
  const ElementId& hovered = view.hovered;
  int key = -1;
  if (hovered.kind == Kind::key || hovered.kind == Kind::value || hovered.kind == Kind::token)
    key = hovered.index;
  if (hovered.kind == Kind::score) key = hovered.index % keys;
  return key < keys ? key : -1;
}

Legend gauge_legend() {
  return {{{Sign::full_bar, "useful"},
           {Sign::hollow_bar, "less useful than average"},
           {Sign::arrow, "next change of score"}}};
}

std::vector<Parameter> attention_view_parameters() {
  std::vector<Parameter> all = page_parameters(attention_figures(), [](const Config& config) {
    static const Value chain = std::vector<std::string>{"loss", "attention", "routing_law", "transition"};
    static const Value toy = std::vector<std::string>{"attention", "advantage", "routing_law", "timescales"};
    return config.text("data.task") == "sticky_markov" ? &chain : &toy;
  });
  all.push_back(phase_parameter(attention_phase_names()));
  return all;
}

}  // namespace iem
