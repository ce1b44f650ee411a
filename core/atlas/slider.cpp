#include "core/atlas/slider.h"

#include <algorithm>
#include <utility>

namespace iem {
namespace {

// The numbers in `all` of an atlas's optima, which are entered and followed.
std::vector<std::size_t> numbers_in(Optima& all, const Atlas& atlas) {
  std::vector<std::size_t> out(atlas.optima.size(), Optima::kMost);
  std::vector<bool> taken(all.size());
  for (const double tolerance : {kSameOptimum, kFollowed / 3, kFollowed})
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (out[i] != Optima::kMost) continue;
      const std::vector<std::size_t> near = all.near(atlas.optima[i].theta, tolerance);
      const auto free = std::ranges::find_if(near, [&](std::size_t known) { return !taken[known]; });
      if (free == near.end()) continue;
      taken[*free] = true;
      out[i] = *free;
    }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const AtlasOptimum& optimum = atlas.optima[i];
    if (out[i] == Optima::kMost)
      out[i] = all.of(optimum.theta, optimum.loss);
    else
      all.move(out[i], optimum.theta, optimum.loss);
  }
  return out;
}

// Whether their optima have the same parameters, about the same points.
bool are_alike(const Atlas& a, const Atlas& b) {
  const auto same = [](const Block& x, const Block& y) {
    return x.name == y.name && x.rows == y.rows && x.columns == y.columns;
  };
  const Setup &one = *a.plan.setup, &other = *b.plan.setup;
  return one.data->hash == other.data->hash &&
         std::ranges::equal(one.model->layout().blocks(), other.model->layout().blocks(), same);
}

// Gives atlases that are alike one list of optima.
void give_common_names(const std::vector<std::shared_ptr<Atlas>>& atlases) {
  Optima all = no_optima_yet(atlases.front()->plan);
  std::vector<std::vector<std::size_t>> number;  // of each optimum of each atlas
  for (const auto& atlas : atlases) number.push_back(numbers_in(all, *atlas));

  const auto [list, rank] = ranked(all);
  const std::int32_t slowest = (*std::ranges::max_element(atlases, {}, &Atlas::slowest))->slowest;
  for (std::size_t i = 0; i < atlases.size(); ++i) {
    Atlas& named = *atlases[i];
    const std::vector<AtlasOptimum> before = std::exchange(named.optima, list);
    named.slowest = slowest;
    std::vector<std::uint8_t> end;
    for (std::size_t k = 0; k < number[i].size(); ++k) {
      const AtlasOptimum& was = before[k];
      end.push_back(kFurtherOptimum);
      if (number[i][k] == Optima::kMost) {
        named.further += was.count;
        continue;
      }
      end.back() = static_cast<std::uint8_t>(rank[number[i][k]]);
      AtlasOptimum& here = named.optima[end.back()];
      // Two of this atlas may be alike through one of another.
      here.loss = here.count > 0 ? std::min(here.loss, was.loss) : was.loss;
      here.count += was.count;
    }
    for (AtlasCell& cell : named.cells)
      if (cell.end < end.size()) cell.end = end[cell.end];
  }
}

}  // namespace

std::vector<std::shared_ptr<const Atlas>> with_common_names(
    const std::vector<std::shared_ptr<const Atlas>>& atlases) {
  std::vector<std::shared_ptr<Atlas>> out;
  for (const auto& atlas : atlases) out.push_back(std::make_shared<Atlas>(*atlas));
  std::vector<std::shared_ptr<Atlas>> left = out;
  while (!left.empty()) {
    const Atlas& first = *left.front();
    const auto others = std::stable_partition(left.begin(), left.end(),
                                              [&](const auto& atlas) { return are_alike(*atlas, first); });
    give_common_names({left.begin(), others});
    left.erase(left.begin(), others);
  }
  return {out.begin(), out.end()};
}

}  // namespace iem
