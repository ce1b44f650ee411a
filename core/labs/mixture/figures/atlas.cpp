#include "core/labs/mixture/figures/atlas.h"

#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/mixture/parameters.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr int kHues = 7;  // optima with a colour of their own

enum Kind : std::uint8_t { kFirstHue = 0, kPaleOptima = kHues, kNotSettled, kNotFinite };

// What colours the cells of an end.
std::uint8_t kind_of(std::uint8_t end) {
  if (end == kDiverged) return kNotFinite;
  if (end == kUnsettled) return kNotSettled;
  return std::min<std::uint8_t>(end, kPaleOptima);
}

Ink ink_of(std::uint8_t kind) {
  if (kind == kNotFinite) return {Role::ink};
  if (kind == kNotSettled) return {Role::hairline};
  return kind == kPaleOptima ? Ink{Role::faint} : Ink{Role::lane, kind + 1};
}

std::string percent(double share) {
  if (share == 0) return "0 %";
  if (share > 0 && share < 0.0005) return "under 0.1 %";
  return format_fixed(100 * share, share < 0.0995 || (share > 0.9005 && share < 1) ? 1 : 0) + " %";
}

std::string loss_words(double loss) { return "J = " + shown_number(loss, 5); }

// The known cells as a map of its own: side x side of them, row 0 at the top.
struct Known {
  const Atlas& atlas;
  int side = (atlas.plan.side - 1) / atlas.stride + 1;
  const AtlasCell& cell(int row, int column) const {  // row 0 at y0
    return atlas
        .cells[static_cast<std::size_t>(row * atlas.stride) * static_cast<std::size_t>(atlas.plan.side) +
               static_cast<std::size_t>(column * atlas.stride)];
  }
  // The edges of the cells in axis units: known places lie in their middles.
  double edge(double lo, double hi, int i) const {
    const double at = static_cast<double>(i) * atlas.stride + 0.5 - 0.5 * atlas.stride;
    return i == side && atlas.stride == 1 ? hi : lo + (hi - lo) * at / atlas.plan.side;
  }
};

void add_cells(Figure& figure, Panel& panel, const Known& known) {
  const AtlasPlan& plan = known.atlas.plan;
  Heatmap map{.series = "atlas", .rows = known.side, .columns = known.side};
  map.x0 = known.edge(plan.x0, plan.x1, 0), map.x1 = known.edge(plan.x0, plan.x1, known.side);
  map.y0 = known.edge(plan.y0, plan.y1, 0), map.y1 = known.edge(plan.y0, plan.y1, known.side);
  std::vector<double> steps;
  auto kinds = std::make_shared<std::vector<std::uint8_t>>();
  for (int row = known.side - 1; row >= 0; --row)
    for (int column = 0; column < known.side; ++column) {
      const AtlasCell& cell = known.cell(row, column);
      steps.push_back(cell.steps);
      kinds->push_back(kind_of(cell.end));
    }
  for (std::uint8_t kind = 0; kind <= kNotFinite; ++kind) {
    std::string name = kind < kHues ? optimum_name(kind) : "further optima";
    if (kind == kNotSettled) name = "does not settle";
    if (kind == kNotFinite) name = "diverges";
    map.known.push_back({name, ink_of(kind), kind < kNotSettled});
  }
  map.limit = known.atlas.slowest;
  map.values = figure.own(std::move(steps));
  map.kinds = *kinds;
  figure.keep.push_back(std::move(kinds));
  panel.marks.push_back(std::move(map));
}

// How far each known cell is from one of another kind or from the edge, along the axes and diagonals, in
// cells.
std::vector<int> depths(const Known& known) {
  const int side = known.side;
  std::vector<int> depth(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 1);
  const auto at = [&](int row, int column) -> int& {
    return depth[static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                 static_cast<std::size_t>(column)];
  };
  const auto kind = [&](int row, int column) { return kind_of(known.cell(row, column).end); };
  const auto sweep = [&](int first, int step) {
    for (int i = 0; i < side; ++i)
      for (int k = 0; k < side; ++k) {
        const int row = first + step * i, column = first + step * k;
        int& here = at(row, column);
        int least = step > 0 ? side : here - 1;
        for (const auto& [dr, dc] :
             {std::pair(step, 0), std::pair(0, step), std::pair(step, step), std::pair(step, -step)}) {
          const int r = row - dr, c = column - dc;
          const bool inside = r >= 0 && c >= 0 && r < side && c < side;
          least = std::min(least, inside && kind(r, c) == kind(row, column) ? at(r, c) : 0);
        }
        here = least + 1;
      }
  };
  sweep(0, 1);
  sweep(side - 1, -1);
  return depth;
}

// The names of optima, each in the middle of its widest land, where that is wide enough for it.
void add_names(Panel& panel, const Known& known) {
  const std::vector<int> depth = depths(known);
  const AtlasPlan& plan = known.atlas.plan;
  const int wide = 1 + known.side / 30;
  for (std::size_t i = 0; i < std::min<std::size_t>(known.atlas.optima.size(), kHues); ++i) {
    int best = 0, at_row = 0, at_column = 0;
    for (int row = 0; row < known.side; ++row)
      for (int column = 0; column < known.side; ++column) {
        const int here = depth[static_cast<std::size_t>(row) * static_cast<std::size_t>(known.side) +
                               static_cast<std::size_t>(column)];
        if (known.cell(row, column).end == i && here > best) best = here, at_row = row, at_column = column;
      }
    if (best < wide) continue;
    const Eigen::Vector2d place = plan.place(at_column * known.atlas.stride, at_row * known.atlas.stride);
    Text name{place.x(), place.y(), known.atlas.optima[i].name};
    name.anchor = Anchor::centre;
    name.dy_px = 4;
    name.plate = name.bold = true;
    panel.marks.push_back(std::move(name));
  }
}

void add_starts(Panel& panel, const Snapshot& snapshot, int moved) {
  const std::vector<MixtureComponent> components = mixture_of(snapshot).unpack(snapshot.state.theta);
  for (std::size_t j = 0; j < components.size(); ++j) {
    const auto index = static_cast<int>(j);
    Marker mark{.series = "prototype " + std::to_string(j + 1),
                .x = components[j].mu_x,
                .y = components[j].mu_y,
                .shape = Shape::prototype,
                .ink = {Role::ink, index}};
    mark.hollow = index == moved;
    mark.element = {ElementId::Kind::prototype, index};
    panel.marks.push_back(std::move(mark));
  }
}

// The ends that occur, in the order of their names: what the legend and the caption list.
struct EndRow {
  std::string words;
  double share = 0;
  Ink ink;
};
std::vector<EndRow> end_rows(const Atlas& atlas) {
  std::vector<EndRow> out;
  std::int64_t pale = atlas.further;
  std::size_t further = 0;
  for (std::size_t i = 0; i < atlas.optima.size(); ++i) {
    const AtlasOptimum& optimum = atlas.optima[i];
    const std::string to = optimum.count > 0 ? loss_words(optimum.loss) : "from no place";
    if (i < kHues)
      out.push_back(
          {optimum.name + ": " + to, atlas.share(optimum.count), ink_of(static_cast<std::uint8_t>(i))});
    else
      pale += optimum.count, ++further;
  }
  if (pale > 0) {
    const std::string count = atlas.further > 0 ? "more" : std::to_string(further) + " more";
    out.push_back({count, atlas.share(pale), ink_of(kPaleOptima)});
  }
  if (atlas.unsettled > 0)
    out.push_back({"does not settle", atlas.share(atlas.unsettled), ink_of(kNotSettled)});
  if (atlas.diverged > 0) out.push_back({"diverges", atlas.share(atlas.diverged), ink_of(kNotFinite)});
  return out;
}

Legend legend_of(const std::vector<EndRow>& rows) {
  Legend out;
  for (const EndRow& row : rows) {
    out.entries.emplace_back(Sign::full_bar, row.words + ", " + percent(row.share));
    out.inks.push_back(row.ink);
  }
  return out;
}

// "a step changes J by no more than 10^-7 nats".
std::string stop_words(const AtlasPlan& plan) {
  const StopConditions stop = plan.stop();
  std::string out;
  if (stop.grad_norm > 0)
    out = "$|\\partial J/\\partial\\theta|$ is at most $" + number_tex(stop.grad_norm, 2) + "$";
  if (stop.loss_change > 0)
    out += (out.empty() ? "" : " or ") +
           ("a step changes $J$ by at most $" + number_tex(stop.loss_change, 2)) + "$";
  return out;
}

std::string caption(const Snapshot& snapshot, const Atlas& atlas) {
  const AtlasPlan& plan = atlas.plan;
  const int side = Known{atlas}.side;
  const OptimizerType& rule = *find_optimizer(snapshot.config().text("optimizer.method"));
  return caption_start(snapshot) + ". Prototype " + std::to_string(plan.prototype + 1) +
         " begins at each of " + std::to_string(side) + " by " + std::to_string(side) +
         " places, the others where they are drawn, and " + caption_words(rule.label) + " takes at most " +
         std::to_string(plan.steps) + " steps. A run has settled when " + stop_words(plan) +
         "; the fainter a place, the later. Optima are told apart by their parameters, whichever prototype "
         "is which." +
         (mostly_unsettled(atlas) ? " Most go on after that: more steps would show where to." : "") +
         standardised_words(snapshot.data());
}

// So many places along an axis, of which each has so many steps, cost little.
double affordable_side(const Snapshot& snapshot, std::int64_t steps) {
  constexpr double kMostWork = 1e8;       // energies
  constexpr Eigen::Index kPerStep = 200;  // what a step costs besides, in points
  const double each = static_cast<double>(steps) * static_cast<double>(snapshot.data().size() + kPerStep) *
                      mixture_of(snapshot).components();
  return std::sqrt(kMostWork / std::max(1.0, each));
}

}  // namespace

std::string no_atlas(const Config& config) {
  if (config.table().find("model.learn") == nullptr) return "";
  const auto& learned = std::get<std::vector<std::string>>(config.value("model.learn"));
  const bool moves = std::ranges::find(learned, "means") != learned.end();
  return moves ? "" : "The prototypes do not move here: means are not learned.";
}

AtlasPlan atlas_plan(const Snapshot& snapshot, const View& view) {
  const auto [x0, x1] = stage_range(snapshot, view, 0);
  const auto [y0, y1] = stage_range(snapshot, view, 1);
  AtlasPlan plan{.setup = snapshot.setup, .state = snapshot.state, .x0 = x0, .x1 = x1, .y0 = y0, .y1 = y1};
  plan.prototype = static_cast<int>(std::min<std::int64_t>(view.config.integer("view.atlas_prototype"),
                                                           mixture_of(snapshot).components())) -
                   1;
  plan.side = static_cast<int>(view.config.integer("view.atlas_size"));
  plan.steps = view.config.integer("view.atlas_steps");
  if (!view.atlases && !view.config.is_set("view.atlas_size"))
    plan.side = static_cast<int>(std::min<double>(plan.side, affordable_side(snapshot, plan.steps)));
  return plan;
}

bool is_map(const AtlasPlan& plan) {
  constexpr int kFewest = 8;  // places along an axis
  return plan.side >= kFewest;
}

std::vector<Parameter> atlas_parameters() {
  const auto number = [](const char* key, const char* label, const char* help, std::int64_t value, double min,
                         double max, double slider_max) {
    return Parameter{.key = key,
                     .group = Group::view,
                     .kind = ParameterKind::integer,
                     .effect = Effect::view,
                     .label = label,
                     .help = help,
                     .default_value = value,
                     .min = min,
                     .max = max,
                     .slider_min = min,
                     .slider_max = slider_max,
                     .advanced = true};
  };
  return {number("view.atlas_prototype", "Prototype of the atlas",
                 "Which prototype the atlas of starts puts to every place.", 1, 1, kMostPrototypes, 8),
          number("view.atlas_size", "Places of the atlas", "How many starts the atlas has along each axis.",
                 256, 8, 4096, 512),
          number("view.atlas_steps", "Steps of the atlas",
                 "How many steps each start of the atlas may take to settle, whatever stop_steps is.", 150, 1,
                 100'000, 1000)};
}

Figure atlas_figure(const Snapshot& snapshot, const View& view) {
  const FigureType type{.id = "atlas", .title = "Atlas of starts"};
  const std::string lead = caption_start(snapshot) + ". ";
  if (const std::string why = no_atlas(snapshot.config()); !why.empty())
    return sentence_figure(type, why, lead);
  const AtlasPlan plan = atlas_plan(snapshot, view);
  if (!is_map(plan))
    return sentence_figure(
        type,
        "So many points, prototypes and steps take longer than a figure may: iemlab atlas makes the map.",
        lead);
  const std::shared_ptr<AtlasShelf> shelf = view.atlases ? view.atlases : std::make_shared<AtlasShelf>();
  const int stride = 1 << view.coarser;
  const bool rough = stride > coarsest_stride(plan.side);
  const std::shared_ptr<const Atlas> atlas =
      rough ? shelf->rough(plan, view.goes_on) : shelf->get(plan, stride, {}, view.goes_on);
  if (!atlas || !(rough || atlas->plan == plan)) return sentence_figure(type, "The map is being made.", lead);
  Figure figure{
      .id = "atlas", .title = type.title, .caption = caption(snapshot, *atlas), .panels = {}, .keep = {}};
  Panel panel = empty_stage(snapshot, view);
  panel.title = "Starts of prototype " + std::to_string(plan.prototype + 1);
  add_cells(figure, panel, Known{*atlas});
  add_starts(panel, snapshot, plan.prototype);
  add_names(panel, Known{*atlas});
  panel.marks.push_back(legend_of(end_rows(*atlas)));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
