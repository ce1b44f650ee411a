#include "core/labs/kit/lab.h"

#include <algorithm>
#include <iterator>

#include "core/base/check.h"
#include "core/config/common_parameters.h"
#include "core/field/field.h"
#include "core/figure/furniture.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/seen_draws.h"

namespace iem {

Figure Lab::figure(const std::string& id, const Snapshot& snapshot, const View& view) const {
  const auto found = std::ranges::find(figures(), id, &FigureType::id);
  IEM_CHECK(found != figures().end());
  if (const std::string none = found->unavailable ? found->unavailable(snapshot.config()) : ""; !none.empty())
    return sentence_figure(*found, none, caption_start(snapshot) + ". ");
  if (found->needs.of_responsibilities)
    if (const std::string none = snapshot.model().responsibilities_unavailable(); !none.empty())
      return sentence_figure(*found, none, caption_start(snapshot) + ". ");
  Figure figure = found->make(snapshot, view);
  if (view.draws) view.draws->add_to(figure, snapshot, view);
  figure.doubt = snapshot.doubt;
  return with_doubt(std::move(figure));
}

const FigureType* Lab::figure_for(FigureUse use) const {
  const auto found = std::ranges::find(figures(), use, &FigureType::use);
  return found == figures().end() ? nullptr : &*found;
}

std::vector<FieldInput> Lab::fields(const Snapshot&) const { return {}; }

const std::vector<Handle>& Lab::handles() const {
  static const std::vector<Handle> none;
  return none;
}

Dump Lab::dump(const std::string&, const Snapshot&) const {
  IEM_CHECK(dumps().empty());
  return {{}, Eigen::MatrixXd()};
}

IdentityText Lab::identity_text() const {
  return {"\\frac{\\partial L_i}{\\partial d_{ij}}=-r_{ij}", "\\max|\\partial L/\\partial d+r|",
          "by complex step"};
}

std::shared_ptr<const ParameterTable> parameter_table(std::vector<Parameter> keys,
                                                      std::vector<Parameter> view_keys) {
  std::move(view_keys.begin(), view_keys.end(), std::back_inserter(keys));
  for (Parameter& parameter : paper_parameters()) keys.push_back(std::move(parameter));
  for (Parameter& parameter : reduced_view_parameters()) keys.push_back(std::move(parameter));
  for (Parameter& parameter : comparison_parameters()) keys.push_back(std::move(parameter));
  return std::make_shared<const ParameterTable>(std::move(keys));
}

const Lab& lab_of(const Setup& setup) {
  const auto* lab = dynamic_cast<const Lab*>(setup.scene.problem);
  IEM_CHECK(lab != nullptr);
  return *lab;
}

}  // namespace iem
