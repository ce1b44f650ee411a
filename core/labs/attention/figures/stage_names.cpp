#include "core/labs/attention/figures/stage_names.h"

#include <algorithm>

namespace iem {
namespace {

constexpr std::size_t kTrailOfTokens = 60;  // steps
constexpr double kReach = 31;               // px; farther away a name would be that of another mark

}  // namespace

std::string symbol(const char* letter, Eigen::Index i) {
  return std::string(letter) + "_{" + std::to_string(i + 1) + "}";
}

Text beside(double x, double y, std::string tex, const Ink& ink, const FreeSide& side, double wish,
            double away_px) {
  const auto [dx, dy] = side.best(wish, tex.find(',') != std::string::npos);
  Text name{x, y, std::move(tex), true, ink, away_px * dx, 5 - 0.85 * away_px * dy, Anchor::centre};
  name.reach_px = kReach;
  return name;
}

FreeSide side_at(const AttentionStage& s, const Panel& panel, double x, double y) {
  FreeSide side(x, y, 0.09 * std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo));
  for (const auto& line : s.lines) side.avoid_segment(line);
  const auto mark = [&](const Eigen::RowVector2d& at) {
    if (at[0] != x || at[1] != y) side.avoid_mark(at[0], at[1]);
  };
  for (Eigen::Index j = 0; j < s.now.keys.rows(); ++j) {
    mark(s.now.keys.row(j));
    mark(s.tip(j));
  }
  const Eigen::MatrixXd& targets = s.snapshot.data().targets;
  for (Eigen::Index i = 0; i < s.now.queries.rows(); ++i) {
    mark(s.now.queries.row(i));
    mark(s.from_query(i, s.rows.outputs));
    if (targets.rows() > 0) mark(s.from_query(i, targets));
  }
  return side;
}

StageTrail trail_of(const AttentionStage& s, std::size_t index) {
  const std::vector<Track::Row> trails = trails_until_now(s.snapshot, kTrailOfTokens + 1);
  StageTrail way;
  for (const auto& [step, row] : trails) {
    if (2 * index + 1 >= row.size() || row.size() != trails.back().numbers.size()) continue;
    way.x.push_back(row[2 * index]);
    way.y.push_back(row[2 * index + 1]);
  }
  return way;
}

std::vector<std::array<double, 4>> stage_lines(const AttentionStage& s) {
  std::vector<std::array<double, 4>> lines;
  const auto add = [&](const Eigen::RowVector2d& from, const Eigen::RowVector2d& to) {
    lines.push_back({from[0], from[1], to[0], to[1]});
  };
  const auto vectors = static_cast<std::size_t>(s.model.queries() + s.model.keys());
  for (std::size_t index = 0; index < vectors && s.view.config.flag("view.trails"); ++index) {
    const StageTrail way = trail_of(s, index);
    for (std::size_t i = 1; i < way.x.size(); ++i)
      lines.push_back({way.x[i - 1], way.y[i - 1], way.x[i], way.y[i]});
  }
  for (Eigen::Index j = 0; j < s.now.keys.rows(); ++j) add(s.now.keys.row(j), s.tip(j));
  for (Eigen::Index i = 0; i < s.now.queries.rows(); ++i)
    add(s.now.queries.row(i), s.from_query(i, s.rows.outputs));
  if (s.query < 0) return lines;
  for (Eigen::Index j = 0; j < s.model.visible(s.query); ++j)
    if (s.rows.attention(s.query, j) > 0.005) add(s.now.queries.row(s.query), s.now.keys.row(j));
  if (const Eigen::MatrixXd& targets = s.snapshot.data().targets; targets.rows() > 0)
    add(s.from_query(s.query, s.rows.outputs), s.from_query(s.query, targets));
  return lines;
}

}  // namespace iem
