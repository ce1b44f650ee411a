// The contents of the attention stage, and the placing of names so that they overlap nothing else.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/figures/phases.h"
#include "core/labs/kit/free_side.h"

namespace iem {

constexpr Eigen::Index kMostNamed = 12;  // queries or keys with a name each
constexpr Eigen::Index kMostDrawn = 64;  // tokens of a stage on which each has its marks
constexpr double kLowerLeft = -2.4;      // radians

struct AttentionStage {
  const Snapshot& snapshot;
  const View& view;
  const Attention& model;
  AttentionVectors now, next;
  AttentionRows rows;  // of all queries
  int query;           // whose attention is drawn; -1: none
  PhaseInView phases = {};
  std::vector<std::array<double, 4>> lines = {};  // drawn segments, which names must not overlap

  // Values, outputs and targets are drawn as steps from a key or a query. Where retrieval is shown they are
  // drawn as places, like keys and queries, since the output is the next query.
  bool places() const { return view.config.flag("view.retrieval"); }
  // Whether the output of the shown query is drawn beside its target; with phases on, only in that of the
  // error.
  bool shows_reading() const { return !phases.on() || phases.now().id == "error"; }
  Eigen::RowVector2d from_query(Eigen::Index i, const Eigen::MatrixXd& rows_of_queries) const {
    const Eigen::RowVector2d step = rows_of_queries.row(i);
    return places() ? step : Eigen::RowVector2d(now.queries.row(i)) + step;
  }
  Eigen::RowVector2d tip(Eigen::Index j) const {
    const Eigen::RowVector2d step = now.values.row(j);
    return places() ? step : Eigen::RowVector2d(now.keys.row(j)) + step;
  }
};

// The past places of vector `index` of the trail; queries come before keys.
struct StageTrail {
  std::vector<double> x, y;
};
StageTrail trail_of(const AttentionStage& s, std::size_t index);

// Trails, values, outputs, and of the query that is shown its routing and its error: AttentionStage::lines.
std::vector<std::array<double, 4>> stage_lines(const AttentionStage& s);

// "q_{1}" for i = 0.
std::string symbol(const char* letter, Eigen::Index i);

// The free sides around a place, without regard to the marks at the place itself.
FreeSide side_at(const AttentionStage& s, const Panel& panel, double x, double y);

// A name near (x, y), on the side where least else is.
Text beside(double x, double y, std::string tex, const Ink& ink, const FreeSide& side, double wish,
            double away_px);

// stage_query.cpp: query i as a tick, what it reads and what it should.
void add_query(Panel& panel, const AttentionStage& s, Eigen::Index i);

// stage_others.cpp: values of other runs, hollow, and a sentence in the caption.
void add_other_values(Figure& figure, Panel& panel, const AttentionStage& s);

}  // namespace iem
