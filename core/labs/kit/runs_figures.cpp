#include "core/labs/kit/runs_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "core/base/number.h"
#include "core/config/common_parameters.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/run_rows.h"
#include "core/run/settled.h"

namespace iem {
namespace {

constexpr const char* kAlone = "There is one run. Set another beside it to see both.";
constexpr const char* kOthersNotCounted =
    "One run is compared: those left behind or hidden do not count. Set another beside it to see both.";
constexpr const char* kNoLoss = "This run has no J, so there is none to compare.";

// The runs that are compared: neither hidden nor discarded futures.
std::vector<RunRow> rows_of(const Snapshot& s) {
  std::vector<RunRow> rows = run_rows(s);
  std::erase_if(rows, [](const RunRow& row) { return row.kept || !row.shown; });
  return rows;
}

// The figure with the sentence that there is nothing to compare.
Figure alone(const Snapshot& s, const char* id) {
  const auto& types = lab_of(*s.setup).figures();
  const char* why = rows_of(s).size() > 1 ? kNoLoss : s.lanes.empty() ? kAlone : kOthersNotCounted;
  return sentence_figure(*std::ranges::find(types, id, &FigureType::id), why, caption_start(s) + ". ");
}

void add_settled_line(Figure& figure, Panel& panel, double settled) {
  Line line{.series = "settled", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1, .dash = Dash::dotted};
  line.x = figure.own({panel.x.lo, panel.x.hi});
  line.y = figure.own({settled, settled});
  line.label = "settled";
  line.label_at = 0.12;
  panel.marks.push_back(std::move(line));
}

void add_excess(Figure& figure, Panel& panel, const RunRow& row, double best) {
  std::vector<double> x = row.history->steps(), y = row.history->column(kLossColumn);
  for (double& loss : y) {
    loss -= best;
    if (!(loss > kExcessFloor)) loss = std::numeric_limits<double>::quiet_NaN();
    if (loss > panel.y.hi) panel.y.hi = std::min(loss, 1e300);
    if (loss < panel.y.lo) panel.y.lo = loss;
  }
  panel.x.hi = std::max(panel.x.hi, x.back());
  Line& line = add_curve(figure, panel, row.name, {std::move(x), std::move(y)}, row.step,
                         {Role::lane, row.mark}, 2, series_dash(row.mark));
  line.label = row.name;
  line.name_at_end = true;
}

// J*: what the scene gives, else the lowest J that is known.
double best_for(const Snapshot& s, const View& view) {
  return given_best(view.config).value_or(best_loss(s));
}

std::string best_words(const View& view) {
  return given_best(view.config) ? "" : ", the lowest $J$ that any of them has reached";
}

Figure excess_figure(const Snapshot& s, const View& view) {
  const std::vector<RunRow> rows = rows_of(s);
  const bool known = rows.size() > 1 || given_best(view.config);
  if (!known || !s.evaluation.has_loss) return alone(s, "excess");
  Figure figure{.id = "excess", .title = "Excess", .caption = {}, .panels = {}, .keep = {}};
  const double best = best_for(s, view), settled = settled_tolerance(view.config);
  figure.caption = caption_start(s) + ". How far each run is above $J^\\star=" + number_tex(best) + "$" +
                   best_words(view) + "; dotted: settled, $" + number_tex(settled) + "$.";
  Panel panel = step_panel(s, {1e-9, 1e-3});
  panel.title = "Excess";
  panel.title_tex = "J-J^\\star";
  panel.y.scale = Scale::log10;
  for (const RunRow& row : rows) add_excess(figure, panel, row, best);
  panel.y.hi *= 2;
  add_settled_line(figure, panel, settled);
  figure.panels.push_back(std::move(panel));
  return figure;
}

// A column of the table: its head and the text of its cells.
struct Column {
  std::string head;
  bool tex = false;
  std::vector<std::string> cells;
};

std::string cell(double value, int digits = kShownDigits) {
  return std::isfinite(value) ? shown_number(value, digits) : "not finite";
}

std::vector<Column> columns_of(const std::vector<RunRow>& rows, double best, double tolerance) {
  Column loss{"J", true, {}}, settled{"settled", false, {}}, norm{"\\|\\partial J\\|", true, {}},
      usage{"share", false, {}};
  for (const RunRow& row : rows) {
    loss.cells.push_back(cell(row.now->loss));
    const auto at = settled_at(*row.history, best, tolerance);
    settled.cells.push_back(row.divergence != nullptr ? "ended" : at ? std::to_string(*at) : "\u2013");
    norm.cells.push_back(cell(row.history->row(row.step)[kGradNormColumn], 2));
    const std::vector<std::string> ids = row.setup->model->metric_ids();
    const auto place = static_cast<std::size_t>(std::ranges::find(ids, "usage_min") - ids.begin());
    if (place < ids.size())
      usage.cells.push_back(cell(row.history->row(row.step)[kMetricColumns + place], 2));
  }
  std::vector<Column> out = {loss, settled, norm};
  if (usage.cells.size() == rows.size()) out.push_back(usage);
  return out;
}

void add_word(Panel& panel, double x, double y, const std::string& words, const Ink& ink, bool tex,
              bool bold) {
  Text text{x, y, words};
  text.tex = tex;
  text.ink = ink;
  text.bold = bold;
  text.anchor = x == 0 ? Anchor::left : Anchor::right;
  text.dy_px = 4;
  panel.marks.push_back(std::move(text));
}

Figure runs_figure(const Snapshot& s, const View& view) {
  const std::vector<RunRow> rows = rows_of(s);
  if (rows.size() < 2) return alone(s, "runs");
  Figure figure{.id = "runs", .title = "Runs", .caption = {}, .panels = {}, .keep = {}};
  const double best = best_for(s, view), tolerance = settled_tolerance(view.config);
  figure.caption = caption_start(s) + ". Settled: the first step with $J-J^\\star<" + number_tex(tolerance) +
                   "$, $J^\\star=" + number_tex(best) + "$" + best_words(view) + ".";
  Panel panel;
  panel.title = "Runs";
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.y.lo = -static_cast<double>(rows.size()) + 0.5;
  panel.y.hi = 1.5;
  const std::vector<Column> columns = columns_of(rows, best, tolerance);
  // The right edges of the columns of numbers; names have the room to their left.
  constexpr std::array<double, 4> kFour = {0.44, 0.63, 0.83, 1}, kThree = {0.6, 0.79, 1, 1};
  const std::array<double, 4>& right = columns.size() > 3 ? kFour : kThree;
  for (std::size_t i = 0; i < rows.size(); ++i)
    add_word(panel, 0, -static_cast<double>(i), rows[i].name, {Role::lane, rows[i].mark}, false, true);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const double x = right[c];
    add_word(panel, x, 1, columns[c].head, {Role::muted}, columns[c].tex, false);
    for (std::size_t i = 0; i < rows.size(); ++i)
      add_word(panel, x, -static_cast<double>(i), columns[c].cells[i], {Role::ink}, false, false);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace

std::vector<FigureType> with_runs(std::vector<FigureType> own) {
  own.push_back({"excess",
                 "Excess",
                 "How far each of several runs is above the best of them, over steps.",
                 excess_figure,
                 {},
                 FigureUse::runs});
  own.push_back(
      {"runs", "Runs", "The numbers of several runs side by side.", runs_figure, {}, FigureUse::runs});
  return own;
}

}  // namespace iem
