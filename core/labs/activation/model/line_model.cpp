#include "core/labs/activation/model/line_model.h"

#include <cmath>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/libm.h"
#include "core/math/shares.h"

namespace iem {
namespace {

// A prior that is 1 but for rounding counts as the greatest number below 1: where one sign has all points the
// other keeps a prior all the same, as it does where the signs are exchanged.
double logit(double p) {
  constexpr double kBelowOne = 1 - 0x1p-53;
  if (p == 1) p = kBelowOne;
  return libm::log(p) - libm::log1p(-p);
}
double log_sigmoid(double x) { return x >= 0 ? -libm::log1p(libm::exp(-x)) : x - libm::log1p(libm::exp(x)); }

}  // namespace

LineModel::LineModel(LineOptions options) : options_(std::move(options)) {
  IEM_CHECK(options_.count >= 2 && options_.count <= kMostHypotheses);
  for (const std::vector<double>* each : {&options_.widths, &options_.values})
    IEM_CHECK(each->empty() || (options_.kind == HypothesisKind::prototypes &&
                                static_cast<int>(each->size()) <= options_.count));
  if (options_.kind == HypothesisKind::gate) return;
  IEM_CHECK(options_.kernel != nullptr);
  const Eigen::Index k = is_sign() ? 1 : options_.count;
  const bool density = learns();
  layout_.add(is_sign() ? "m" : "positions", k, 1, options_.learn_places && density);
  layout_.add("scale", 1, 1, options_.learn_scale && density);
  layout_.add("prior", k, 1, options_.learn_prior && density);
}

bool LineModel::learns() const {
  return options_.kind != HypothesisKind::gate &&
         std::isfinite(options_.kernel->constant(options_.shape.data()));
}

Hypotheses LineModel::hypotheses(const Theta& theta, double tau) const {
  Hypotheses h;
  h.kind = options_.kind;
  h.kernel = options_.kernel;
  h.shape = options_.shape;
  h.count = options_.count;
  h.tau = tau;
  if (options_.kind == HypothesisKind::gate) {
    h.g = {0, 1};
    return h;
  }
  const Eigen::Index places = layout_.blocks()[0].offset, prior = layout_.blocks()[2].offset;
  const double log_scale = theta[layout_.blocks()[1].offset];
  h.scale = libm::exp(log_scale);
  h.normalised = options_.volume_term && learns();
  if (h.normalised) h.offset = log_scale + options_.kernel->constant(h.shape.data());
  if (is_sign()) {
    h.mu = {-theta[places], theta[places]};
    h.g = {-1, 1};
    h.log_prior = {log_sigmoid(-theta[prior]), log_sigmoid(theta[prior])};
    return h;
  }
  const auto logits = theta.segment(prior, options_.count);
  const double top = logits.maxCoeff(),
               log_total = libm::log((logits.array() - top).unaryExpr(libm::Exp()).sum());
  for (int j = 0; j < options_.count; ++j) {
    const auto i = static_cast<std::size_t>(j);
    h.mu[i] = h.g[i] = theta[places + j];
    h.log_prior[i] = (logits[j] - top) - log_total;
    if (i < options_.values.size()) h.g[i] = options_.values[i];
    if (i < options_.widths.size()) h.width[i] = options_.widths[i];
    if (h.normalised) h.log_width[i] = libm::log(h.width[i]);
  }
  return h;
}

LineNatural LineModel::unpack(const Theta& theta) const {
  LineNatural out;
  if (options_.kind == HypothesisKind::gate) return out;
  const Hypotheses h = hypotheses(theta, 1);
  out.scale = h.scale;
  if (is_sign()) {
    out.places = {h.mu[1]};
    out.prior = {libm::exp(h.log_prior[1])};
    return out;
  }
  out.places.assign(h.mu.begin(), h.mu.begin() + h.count);
  for (std::size_t j = 0; j < out.places.size(); ++j) out.prior.push_back(libm::exp(h.log_prior[j]));
  return out;
}

Theta LineModel::pack(const LineNatural& natural) const {
  Theta theta(layout_.size());
  if (options_.kind == HypothesisKind::gate) return theta;
  const auto k = static_cast<Eigen::Index>(natural.places.size());
  IEM_CHECK(k == (is_sign() ? 1 : options_.count) && natural.prior.size() == natural.places.size());
  const std::vector<double> logits =
      is_sign() ? std::vector<double>{logit(natural.prior[0])} : log_shares(natural.prior);
  for (Eigen::Index j = 0; j < k; ++j) {
    theta[j] = natural.places[static_cast<std::size_t>(j)];
    theta[k + 1 + j] = logits[static_cast<std::size_t>(j)];
  }
  theta[k] = libm::log(natural.scale);
  return theta;
}

std::vector<std::string> LineModel::metric_ids() const {
  if (options_.kind == HypothesisKind::gate) return {};
  if (is_sign()) return {"m", "scale", "prior"};
  return {"scale"};
}

std::vector<NamedTensor> LineModel::natural(const Theta& theta) const {
  if (options_.kind == HypothesisKind::gate) return {};
  const LineNatural n = unpack(theta);
  const std::vector<std::int64_t> shape =
      is_sign() ? std::vector<std::int64_t>{} : std::vector<std::int64_t>{options_.count};
  return {
      {layout_.blocks()[0].name, {shape, n.places}}, {"scale", {{}, {n.scale}}}, {"prior", {shape, n.prior}}};
}

// Each given block is written straight into theta, so that dragging one hypothesis leaves the bits of the
// others unchanged.
Theta LineModel::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  LineNatural all = unpack(theta);
  Theta out = theta;
  for (const NamedTensor& given : natural) {
    const Block* block = nullptr;
    std::string names;
    for (const Block& each : layout_.blocks()) {
      names += (names.empty() ? "" : ", ") + each.name;
      if (each.name == given.name) block = &each;
    }
    if (!block) {
      const std::string known = names.empty() ? "gates have none" : names;
      throw InputError("state." + given.name + " is not a block of this model: " + known);
    }
    const std::vector<double>& v = given.tensor.data;
    if (static_cast<Eigen::Index>(v.size()) != block->size())
      throw InputError("state." + given.name + " has " + std::to_string(v.size()) + " numbers: must have " +
                       std::to_string(block->size()));
    const bool is_scale = given.name == "scale", is_prior = given.name == "prior";
    for (double number : v) {
      if ((is_scale || is_prior) && !(number > 0))
        throw InputError("state." + given.name + " must be greater than 0");
      if (is_prior && is_sign() && !(number < 1)) throw InputError("state.prior must be less than 1");
    }
    (is_scale ? all.scale : is_prior ? all.prior[0] : all.places[0]) = v[0];
    if (!is_scale) (is_prior ? all.prior : all.places) = v;
    out.segment(block->offset, block->size()) = pack(all).segment(block->offset, block->size());
  }
  if (!out.allFinite()) throw InputError("the state must stay finite");
  return out;
}

}  // namespace iem
