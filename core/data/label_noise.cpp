#include "core/data/label_noise.h"

#include <algorithm>
#include <vector>

namespace iem {
namespace {

std::vector<int> classes_that_occur(const Eigen::VectorXi& labels) {
  std::vector<int> out(labels.begin(), labels.end());
  std::erase_if(out, [](int label) { return label < 0; });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Another class than `label`; `which` in [0, 1) says which of them.
int other_class(const std::vector<int>& classes, int label, double which) {
  const auto others = classes.size() - 1;
  auto at = std::min(static_cast<std::size_t>(which * static_cast<double>(others)), others - 1);
  if (classes[at] >= label) ++at;
  return classes[at];
}

}  // namespace

void spoil_labels(Dataset& data, double noise, double kept, Random& random) {
  if (noise == 0 && kept == 1) return;
  data.clean_labels = data.labels;
  const std::vector<int> classes = classes_that_occur(data.labels);
  for (int& label : data.labels) {
    const bool wrong = random.uniform() < noise;
    const double which = random.uniform();
    const bool stays = random.uniform() < kept;
    if (label < 0) continue;
    if (wrong && classes.size() > 1) label = other_class(classes, label, which);
    if (!stays) label = -1;
  }
}

}  // namespace iem
