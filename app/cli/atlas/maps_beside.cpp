#include "app/cli/atlas/maps_beside.h"

#include "core/atlas/slider.h"
#include "core/labs/kit/lab.h"

namespace iem::cli {

std::vector<Figure> maps_beside(const std::vector<std::shared_ptr<const Snapshot>>& snapshots,
                                const std::vector<Config>& views) {
  std::vector<Config> seen = views;
  std::vector<std::size_t> mapped;  // those that have a map
  std::vector<std::shared_ptr<const Atlas>> atlases;
  AtlasShelf maker;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const auto plan = lab_of(*snapshots[i]->setup).atlas(*snapshots[i], View{views[i], {}, {}});
    if (!plan) continue;
    // The figure then asks for the map that is there.
    seen[i].set("view.atlas_size", static_cast<std::int64_t>(plan->side));
    mapped.push_back(i);
    atlases.push_back(maker.get(*plan));
  }
  std::vector<std::shared_ptr<AtlasShelf>> shelves(snapshots.size());
  const auto named = with_common_names(atlases);
  for (std::size_t k = 0; k < mapped.size(); ++k) {
    shelves[mapped[k]] = std::make_shared<AtlasShelf>();
    shelves[mapped[k]]->put(named[k]);
  }
  std::vector<Figure> out;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    View view{seen[i], {}, {}};
    view.atlases = shelves[i];
    out.push_back(lab_of(*snapshots[i]->setup).figure(kAtlasFigure, *snapshots[i], view));
  }
  return out;
}

}  // namespace iem::cli
