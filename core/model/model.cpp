#include "core/model/model.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/error.h"

namespace iem {
namespace {

// Whether a blend is one of its two ends; without parameters it is both.
bool is_end(const Theta& a, double share) { return share == 0 || share == 1 || a.size() == 0; }

}  // namespace

void Model::em_target_into(const Theta& theta, double tau, const Dataset& data, const Evaluation& at_theta,
                           double reg_covar, ThreadPool& pool, Theta& next) const {
  if (!em_needs_rows() || at_theta.responsibilities.rows() == data.size())
    return em_step_into(theta, data, at_theta, reg_covar, next);
  Evaluation with_rows;
  evaluate(theta, tau, data, {}, Wanted::rows, pool, with_rows);
  em_step_into(theta, data, with_rows, reg_covar, next);
}

void Model::move_statistics(const Theta&, const Theta&, Eigen::Ref<Eigen::MatrixXd>) const {
  IEM_CHECK(!"statistics_move() said no");
}

std::vector<NamedTensor> Model::natural(const Theta& theta) const {
  std::vector<NamedTensor> out;
  for (const Block& b : layout_.blocks())
    out.push_back(
        {b.name, {{b.rows, b.columns}, {theta.begin() + b.offset, theta.begin() + b.offset + b.size()}}});
  return out;
}

Theta Model::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  Theta out = theta;
  for (const NamedTensor& given : natural) {
    const Block* block = nullptr;
    std::string names;
    for (const Block& b : layout_.blocks()) {
      if (b.name == given.name) block = &b;
      names += (names.empty() ? "" : ", ") + b.name;
    }
    if (!block) throw InputError("state." + given.name + " is not a block of this model: " + names);
    const std::vector<std::int64_t> shape = {block->rows, block->columns};
    if (given.tensor.shape != shape)
      throw InputError("state." + given.name + " has shape " + shape_text(given.tensor.shape) + ": must be " +
                       shape_text(shape));
    std::copy(given.tensor.data.begin(), given.tensor.data.end(), out.begin() + block->offset);
  }
  if (!out.allFinite()) throw InputError("the state must stay finite");
  return out;
}

void Model::em_step_into(const Theta&, const Dataset&, const Evaluation&, double, Theta&) const {
  IEM_CHECK(!"em_unavailable() said no");
}

void Model::blend_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
  if (is_end(a, eta)) {
    out = eta == 1 ? b : a;
  } else {
    mix_moments_into(a, b, eta, out);
  }
}

void Model::blend_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  if (is_end(a, lambda)) {
    out = lambda == 1 ? b : a;
  } else {
    mix_into(a, b, lambda, out);
  }
}

void Model::mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  out = (1 - lambda) * a + lambda * b;
  layout_.keep_fixed(a, out);
}

}  // namespace iem
