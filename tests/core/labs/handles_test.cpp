// Whatever a hand takes hold of on a figure goes where the hand goes, and nothing else of the run changes:
// every handle of every lab, on every built-in scene.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

using Kind = ElementId::Kind;
struct PlaceOnStage {
  double x = 0, y = 0;
};

// Of a figure: the handles that its marks are, the one that is drawn last.
std::map<std::pair<Kind, int>, PlaceOnStage> handles_on(const Figure& figure, const Lab& lab) {
  std::map<std::pair<Kind, int>, PlaceOnStage> out;
  const auto add = [&](const ElementId& element, double x, double y) {
    const bool held =
        std::ranges::any_of(lab.handles(), [&](const Handle& h) { return h.kind == element.kind; });
    if (held) out[{element.kind, element.index}] = {x, y};
  };
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks) {
      if (const auto* marker = std::get_if<Marker>(&mark)) add(marker->element, marker->x, marker->y);
      if (const auto* ring = std::get_if<RingMark>(&mark)) add(ring->element, ring->x, ring->y);
    }
  return out;
}

// Blocks of the state that an edit names: a layer's lines are its W and b.
std::set<std::string> blocks_named(const Edit& edit) {
  if (!edit.is_state()) return {};
  if (edit.key == "state.units") return {"W", "b"};
  return {edit.key.substr(6)};
}

// Everything but what the edit names has its bits; of what it names every other row, unless all share one.
void expect_nothing_else(const Snapshot& before, const Snapshot& after, const Edit& edit,
                         const std::string& where) {
  const std::set<std::string> named = blocks_named(edit);
  const auto was = before.model().natural(before.state.theta), is = after.model().natural(after.state.theta);
  if (edit.is_state()) {
    EXPECT_EQ(before.data().hash, after.data().hash) << where;
    ASSERT_EQ(was.size(), is.size()) << where;
    for (std::size_t b = 0; b < was.size(); ++b) {
      const std::vector<double>&from = was[b].tensor.data, &to = is[b].tensor.data;
      if (!named.contains(was[b].name)) {
        EXPECT_EQ(from, to) << where << was[b].name;
        continue;
      }
      if (was[b].tensor.shape.empty()) continue;
      const std::size_t rows = static_cast<std::size_t>(was[b].tensor.shape[0]), each = from.size() / rows;
      std::size_t changed = 0;
      for (std::size_t row = 0; row < rows; ++row)
        changed += std::equal(from.begin() + static_cast<std::ptrdiff_t>(row * each),
                              from.begin() + static_cast<std::ptrdiff_t>((row + 1) * each),
                              to.begin() + static_cast<std::ptrdiff_t>(row * each))
                       ? 0
                       : 1;
      const Config& config = before.config();
      // One covariance of all, or the outer layer of a network, which makes all energies.
      const bool shared = (was[b].name == "covariances" && config.text("model.covariance") == "tied") ||
                          (was[b].name == "V" && config.lab() == "neighbours");
      EXPECT_LE(changed, shared ? rows : 1) << where << was[b].name;
    }
  }
  for (const Parameter& p : before.config().table().all()) {
    if (p.key != edit.key) {
      EXPECT_EQ(before.config().value(p.key), after.config().value(p.key)) << where << p.key;
    }
  }
}

class HeldHandles : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, HeldHandles, ::testing::ValuesIn(test::scenes_of_every_kind()),
                         [](const auto& row) { return row.param; });

struct Hand {
  const iem::Run& run;
  const View& view;
  std::shared_ptr<const Snapshot> now = take_snapshot(run);
  const Lab& lab = lab_of(*now->setup);
  const FigureType* stage = lab.figure_for(FigureUse::stage);
  Figure figure = stage ? stage->make(*now, view) : Figure{};  // as the hand finds it
};

// Edits that turn, stretch or slide something along a way of its own: their handles follow as far as that way
// goes with the hand.
bool is_on_a_way(const std::string& key) {
  static const std::set<std::string> keys = {
      "state.covariances", "state.units", "state.slopes", "state.intercepts", "optimizer.blend",
      "state.scale",       "state.v",     "state.w",      "state.M",          "data.strengths"};
  return keys.contains(key);
}

struct Followed {
  double left = -1;  // how far the handle is from the hand, in parts of its way; -1: it stays
  bool on_a_way = false;
};

// Of a hand that takes the handle away by (dx, dy).
Followed follow(const Hand& hand, const Handle& handle, const std::pair<Kind, int>& element,
                const PlaceOnStage& from, double dx, double dy, const std::string& where) {
  const Panel& panel = hand.figure.panels.front();
  const auto [length_x, length_y] = equal_lengths(panel);
  const double x = from.x + dx, y = from.y + dy;
  const std::optional<Edit> edit = handle.moved({.taken = *hand.now,
                                                 .now = *hand.now,
                                                 .view = hand.view,
                                                 .index = element.second,
                                                 .x = x,
                                                 .y = y,
                                                 .pointer_x = x,
                                                 .pointer_y = y,
                                                 .px_per_x = 600 / (panel.x.hi - panel.x.lo),
                                                 .px_per_y = 600 / (panel.y.hi - panel.y.lo),
                                                 .length_x = length_x,
                                                 .length_y = length_y});
  if (!edit) return {};
  iem::Run other = hand.run;
  Config config = hand.view.config;
  if (edit->key.starts_with("view."))
    config.set(edit->key, edit->value);
  else
    other.apply(*edit);
  const auto after = take_snapshot(other);
  expect_nothing_else(*hand.now, *after, *edit, where + edit->key + ": ");
  const View view{config, hand.view.pinned, hand.view.hovered, hand.view.shaped};
  const auto there = handles_on(hand.stage->make(*after, view), hand.lab);
  const auto found = there.find(element);
  EXPECT_NE(found, there.end()) << where;
  if (found == there.end()) return {1, false};
  const double off_x = (found->second.x - x) / length_x, off_y = (found->second.y - y) / length_y;
  return {std::hypot(off_x, off_y) / std::hypot(dx / length_x, dy / length_y), is_on_a_way(edit->key)};
}

// Every handle that the stage shows, a little way off in all directions: in one of them it follows, and
// unless it is on a way of its own in all.
int expect_handles(const iem::Run& run, const View& view, const std::string& scene) {
  constexpr int kDirections = 16;
  const Hand hand{run, view};
  if (hand.stage == nullptr) return 0;
  const Panel& panel = hand.figure.panels.front();
  const auto [length_x, length_y] = equal_lengths(panel);
  const double size = std::min((panel.x.hi - panel.x.lo) / length_x, (panel.y.hi - panel.y.lo) / length_y);
  int moved = 0;
  for (const auto& [element, from] : handles_on(hand.figure, hand.lab)) {
    const double far = 0.002 * size;
    const std::string where = scene + ", kind " + std::to_string(static_cast<int>(element.first)) + ", " +
                              std::to_string(element.second) + ", ";
    const auto handle = std::ranges::find(hand.lab.handles(), element.first, &Handle::kind);
    double best = 2;
    for (int k = 0; k < kDirections; ++k) {
      const double angle = 2 * std::numbers::pi * (k + 0.17) / kDirections;
      const Followed hold = follow(hand, *handle, element, from, far * std::cos(angle) * length_x,
                                   far * std::sin(angle) * length_y, where);
      if (hold.left < 0) break;
      if (!hold.on_a_way) {
        EXPECT_LT(hold.left, 1e-6) << where << "direction " << k;
      }
      best = std::min(best, hold.left);
      ++moved;
      if (!hold.on_a_way && k == 2) break;
    }
    if (best < 2) {
      EXPECT_LT(best, 0.25) << where;
    }
  }
  return moved;
}

TEST_P(HeldHandles, GoWhereTheHandGoesAndNothingElseChanges) {
  iem::Run run(testing::short_scene(GetParam()), testing::pool());
  run.seek(2);
  const auto now = take_snapshot(run);
  const auto pinned = [](int point) { return ElementId{Kind::point, point}; };
  Config seen = now->config();
  // Lines of the density are most of a stage's time and nobody's handle.
  if (seen.table().find("view.density") != nullptr) seen.set("view.density", false);
  int moved = expect_handles(run, {seen, pinned(0), {}}, GetParam());
  for (int shaped = 0; shaped < 2; ++shaped)
    moved += expect_handles(run, {seen, {}, {}, shaped}, GetParam() + ", shaped");
  const std::string lab = run.setup().problem().id();
  const bool in_the_plane = now->data().dimension() == 2;
  if ((lab == "classifier" || lab == "mixture" || lab == "layer") && in_the_plane) {
    EXPECT_GT(moved, 1) << "nothing was tried";
  }
}

}  // namespace
}  // namespace iem
