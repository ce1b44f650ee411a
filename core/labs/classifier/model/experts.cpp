// Parameters of a mixture of experts: their blocks, the shapes users know, blends and limits.
#include "core/labs/classifier/model/experts.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/libm.h"

namespace iem {
namespace {

ClassifierOptions as_classifier_options(const ExpertsOptions& own) {
  ClassifierOptions out;
  out.classes = own.experts;
  if (!own.linear_gate) out.prototypes.emplace();
  out.discriminative = own.discriminative;
  out.compare_held_out = own.compare_held_out;
  return out;
}

// What each block holds of an expert, in the units of users.
struct UserBlock {
  const char* name;
  double Expert::*value;
  std::vector<std::int64_t> per_expert;  // its shape after the H experts
  bool positive = false;
};
const std::vector<UserBlock>& user_blocks() {
  static const std::vector<UserBlock> all = {{"W", &Expert::w, {1}},
                                             {"b", &Expert::b, {}},
                                             {"means", &Expert::mean, {1}},
                                             {"covariances", &Expert::variance, {1, 1}, true},
                                             {"weights", &Expert::weight, {}, true},
                                             {"slopes", &Expert::slope, {}},
                                             {"intercepts", &Expert::intercept, {}},
                                             {"noise_variances", &Expert::noise, {}, true}};
  return all;
}

double log_deviation(double variance) { return 0.5 * libm::log(variance); }
double variance_of(double log_deviation) { return libm::exp(2 * log_deviation); }

}  // namespace

Experts::Experts(ExpertsOptions options)
    : Classifier(as_classifier_options(options), OtherEnergies{}),
      own_(std::move(options)) {
  IEM_CHECK(own_.experts >= 1 && (own_.linear_gate || own_.energy != nullptr));
  const Eigen::Index h = own_.experts;
  const auto learned = [&](const char* name) {
    return std::ranges::find(own_.learned, name) != own_.learned.end();
  };
  if (own_.linear_gate) {
    layout_.add("W", h, 1, learned("W"));
    layout_.add("b", h, 1, learned("b"));
  } else {
    layout_.add("means", h, 1, learned("means"));
    layout_.add("covariances", tied() ? 1 : h, 1,
                own_.covariance != CovarianceKind::fixed && learned("covariances"));
    layout_.add("weights", h, 1, learned("weights"));
  }
  for (const char* name : {"slopes", "intercepts", "noise_variances"}) layout_.add(name, h, 1, learned(name));
}

Eigen::Index Experts::at(const char* block, int h) const {
  const Block& b = layout_.block(block);
  return b.offset + (b.rows == 1 ? 0 : h);
}

std::vector<std::string> Experts::metric_ids() const {
  std::vector<std::string> out = {"rmse", "joint", "conditional"};
  if (own_.compare_held_out) out.emplace_back("nll");
  return out;
}

std::string Experts::bound_unavailable() const {
  return "The lines of experts are no softmax: use em, in which a linear gate goes to the lowest place of "
         "this "
         "bound.";
}

std::vector<Expert> Experts::unpack(const Theta& theta) const {
  std::vector<Expert> out(static_cast<std::size_t>(own_.experts));
  double total = 0, top = 0;
  if (!own_.linear_gate) {
    const Block& logits = layout_.block("weights");
    top = theta.segment(logits.offset, logits.size()).maxCoeff();
    total = (theta.segment(logits.offset, logits.size()).array() - top).unaryExpr(libm::Exp()).sum();
  }
  for (int h = 0; h < own_.experts; ++h) {
    Expert& e = out[static_cast<std::size_t>(h)];
    if (own_.linear_gate) {
      e.w = theta[at("W", h)], e.b = theta[at("b", h)];
    } else {
      e.mean = theta[at("means", h)];
      e.variance = variance_of(theta[at("covariances", h)]);
      e.weight = libm::exp(theta[at("weights", h)] - top) / total;
    }
    e.slope = theta[at("slopes", h)], e.intercept = theta[at("intercepts", h)];
    e.noise = variance_of(theta[at("noise_variances", h)]);
  }
  return out;
}

Theta Experts::pack(const std::vector<Expert>& experts) const {
  IEM_CHECK(static_cast<int>(experts.size()) == own_.experts);
  Theta theta(layout_.size());
  double total = 0, pooled = 0;  // for the pooled variance, weighted by the gate's weights
  for (const Expert& e : experts) total += e.weight, pooled += e.weight * e.variance;
  for (int h = 0; h < own_.experts; ++h) {
    const Expert& e = experts[static_cast<std::size_t>(h)];
    if (own_.linear_gate) {
      theta[at("W", h)] = e.w, theta[at("b", h)] = e.b;
    } else {
      theta[at("means", h)] = e.mean;
      theta[at("covariances", h)] = log_deviation(tied() ? pooled / total : e.variance);
      theta[at("weights", h)] = libm::log(e.weight / total);
    }
    theta[at("slopes", h)] = e.slope, theta[at("intercepts", h)] = e.intercept;
    theta[at("noise_variances", h)] = log_deviation(e.noise);
  }
  return theta;
}

std::vector<NamedTensor> Experts::natural(const Theta& theta) const {
  const std::vector<Expert> experts = unpack(theta);
  std::vector<NamedTensor> out;
  for (const Block& block : layout_.blocks())
    for (const UserBlock& of : user_blocks()) {
      if (block.name != of.name) continue;
      NamedTensor tensor{block.name, {{own_.experts}, {}}};
      tensor.tensor.shape.insert(tensor.tensor.shape.end(), of.per_expert.begin(), of.per_expert.end());
      for (const Expert& e : experts) tensor.tensor.data.push_back(e.*of.value);
      out.push_back(std::move(tensor));
    }
  return out;
}

Theta Experts::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  std::vector<Expert> experts = unpack(theta);
  const std::vector<NamedTensor> shapes = this->natural(theta);
  std::vector<std::string> given;
  for (const NamedTensor& block : natural) {
    const auto own = std::ranges::find(shapes, block.name, &NamedTensor::name);
    if (own == shapes.end()) throw InputError("state." + block.name + " is not a block of this model");
    if (block.tensor.shape != own->tensor.shape)
      throw InputError("state." + block.name + " has shape " + shape_text(block.tensor.shape) + ": must be " +
                       shape_text(own->tensor.shape));
    const UserBlock& of =
        *std::ranges::find(user_blocks(), block.name, [](const UserBlock& b) { return b.name; });
    for (std::size_t h = 0; h < experts.size(); ++h) {
      if (of.positive && !(block.tensor.data[h] > 0))
        throw InputError("state." + block.name + "[" + std::to_string(h) + "] must be greater than 0");
      experts[h].*of.value = block.tensor.data[h];
    }
    given.push_back(block.name);
  }
  // Blocks that are not given keep their bits.
  const Theta packed = pack(experts);
  Theta out = theta;
  for (const Block& block : layout_.blocks())
    if (std::ranges::find(given, block.name) != given.end())
      out.segment(block.offset, block.size()) = packed.segment(block.offset, block.size());
  if (!out.allFinite()) throw InputError("the state must stay finite");
  return out;
}

void Experts::mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  std::vector<Expert> from = unpack(a);
  const std::vector<Expert> to = unpack(b);
  for (std::size_t h = 0; h < from.size(); ++h)
    for (const UserBlock& of : user_blocks())
      from[h].*of.value = (1 - lambda) * (from[h].*of.value) + lambda * (to[h].*of.value);
  out = pack(from);
  layout_.keep_fixed(a, out);
}

void Experts::project(Theta& theta) const {
  if (!(own_.sigma_floor > 0)) return;
  const double least = libm::log(own_.sigma_floor);
  for (const char* name : {"covariances", "noise_variances"}) {
    if (own_.linear_gate && name == std::string("covariances")) continue;
    const Block& block = layout_.block(name);
    if (block.learned)
      theta.segment(block.offset, block.size()) = theta.segment(block.offset, block.size()).cwiseMax(least);
  }
}

const Experts* experts_of(const Snapshot& snapshot) {
  return dynamic_cast<const Experts*>(&snapshot.model());
}

}  // namespace iem
