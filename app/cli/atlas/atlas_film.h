// iemlab atlas --animate: the map while one setting slides from value to value.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/atlas/atlas.h"
#include "core/config/parameter.h"
#include "core/figure/figure.h"
#include "core/run/run.h"
#include "core/run/snapshot.h"

namespace iem::cli {

// KEY=A..B, in `frames` values: evenly, or by a factor where the slider of the key is logarithmic; of whole
// numbers each once.
struct Slide {
  const Parameter* parameter = nullptr;
  std::vector<double> values;

  Value value(std::size_t i) const;
  std::string words(std::size_t i) const;  // "learning rate 0.10"
};

// What --over says; none without it. Throws InputError for what is not such a setting of the run's lab, which
// has an effect at both ends, and for more starts in all than can be kept.
std::optional<Slide> slide_of(const AtlasOptions& options, const Run& run);

// What the keys of a run ask for, for a shelf to make.
std::shared_ptr<const AtlasPlan> plan_of(const Snapshot& snapshot, const std::shared_ptr<AtlasShelf>& shelf);

// The map of an atlas that the shelf holds, or makes, in the notation of `paper`.
Figure map_on_paper(const Snapshot& snapshot, const Config& paper, const std::shared_ptr<AtlasShelf>& shelf);

// Writes the films among `outputs`. `run` has everything set but the setting that slides.
void animate_atlas(const std::vector<Output>& outputs, const AtlasOptions& options, const Run& run,
                   const Slide& slide, std::vector<std::string>& written, int& code);

}  // namespace iem::cli
