#include "tests/core/labs/attention/truth.h"

#include <cmath>
#include <numeric>

namespace iem::testing {
namespace {

using Matrix = Eigen::MatrixXd;

Matrix matrix_of(const Tensor& tensor) {
  using RowMajor = Eigen::Matrix<double, -1, -1, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(tensor.data.data(), tensor.shape[0], tensor.shape[1]);
}

Eigen::VectorXd row_of(const Matrix& m, int row) { return m.row(row).transpose(); }

std::vector<int> up_to(Eigen::Index n) {
  std::vector<int> out(static_cast<std::size_t>(n));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

// A row of a matrix by its only index; the whole matrix without one.
TexSymbols::Value rows(const Matrix& m) {
  return [m](const TexPlace& at) -> TexValue {
    if (at.index.empty()) return m;
    return row_of(m, at.index.back());
  };
}

}  // namespace

AttentionTruth::AttentionTruth(const Snapshot& snapshot, const Theta& theta) : snapshot_(snapshot) {
  const Config& config = snapshot.config();
  regression_ = config.text("data.task") == "regression";
  causal_ = config.flag("model.causal");
  tau_ = snapshot.temperature;
  const Matrix& x = snapshot.data().points;
  for (const NamedTensor& each : snapshot.model().natural(theta)) {
    const Matrix m = matrix_of(each.tensor);
    if (each.name == "queries") q_ = m;
    if (each.name == "keys") k_ = m;
    if (each.name == "values") v_ = m;
    if (each.name == "W_Q") q_ = x * m;
    if (each.name == "W_K") k_ = x * m;
    if (each.name == "W_V") v_ = x * m;
    if (each.name == "W_O") readout_ = m;
  }
  s_ = q_ * k_.transpose() / scale();
}

Eigen::VectorXd AttentionTruth::attention(const Matrix& scores, Eigen::Index query) const {
  const Eigen::RowVectorXd row = scores.row(query).head(visible(query)) / tau_;
  const Eigen::RowVectorXd weights = (row.array() - row.maxCoeff()).exp();
  Eigen::VectorXd out = Eigen::VectorXd::Zero(keys());
  out.head(visible(query)) = weights.transpose() / weights.sum();
  return out;
}

Eigen::VectorXd AttentionTruth::prediction(const Eigen::VectorXd& output) const {
  const Eigen::VectorXd logits = readout_.transpose() * output;
  const Eigen::VectorXd weights = (logits.array() - logits.maxCoeff()).exp();
  return weights / weights.sum();
}

double AttentionTruth::loss_of(Eigen::Index query, const Eigen::VectorXd& output) const {
  if (regression_)
    return 0.5 * (output - row_of(snapshot_.data().targets, static_cast<int>(query))).squaredNorm();
  return -std::log(prediction(output)[snapshot_.data().labels[query]]);
}

double AttentionTruth::loss(const Matrix& scores, const Matrix& values) const {
  double sum = 0;
  for (Eigen::Index i = 0; i < queries(); ++i) sum += loss_of(i, values.transpose() * attention(scores, i));
  return sum / static_cast<double>(queries());
}

// dJ/do_i.
Eigen::VectorXd AttentionTruth::error(Eigen::Index query) const {
  const Eigen::VectorXd o = v_.transpose() * attention(s_, query);
  const auto n = static_cast<double>(queries());
  if (regression_) return (o - row_of(snapshot_.data().targets, static_cast<int>(query))) / n;
  Eigen::VectorXd off = prediction(o);
  off[snapshot_.data().labels[query]] -= 1;
  return readout_ * off / n;
}

double AttentionTruth::score_slope(Eigen::Index query, Eigen::Index key) const {
  const auto at = [&](double by) {
    Matrix moved = s_;
    moved(query, key) += by;
    return loss(moved, v_);
  };
  return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
}

Eigen::VectorXd AttentionTruth::value_slope(Eigen::Index key) const {
  Eigen::VectorXd out(v_.cols());
  for (Eigen::Index c = 0; c < v_.cols(); ++c) {
    const auto at = [&](double by) {
      Matrix moved = v_;
      moved(key, c) += by;
      return loss(s_, moved);
    };
    out[c] = (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
  }
  return out;
}

void AttentionTruth::add_vectors(TexSymbols& out) const {
  for (const auto& [name, value] : {std::pair{"\\tau", tau_},
                                    {"T", static_cast<double>(queries())},
                                    {"d_k", static_cast<double>(q_.cols())},
                                    {"\\lambda", 1e-6}})
    out.number(name, value);
  out.values["q"] = rows(q_);
  out.values["k"] = rows(k_);
  out.values["v"] = rows(v_);
  Matrix alpha(queries(), keys()), outputs(queries(), v_.cols()), errors(queries(), v_.cols());
  for (Eigen::Index i = 0; i < queries(); ++i) {
    alpha.row(i) = attention(s_, i).transpose();
    outputs.row(i) = alpha.row(i) * v_;
    errors.row(i) = error(i).transpose();
  }
  out.values["o"] = rows(outputs);
  out.values["u"] = rows(errors);
  const auto entry = [](const Matrix& m) {
    return [m](const TexPlace& at) -> TexValue {
      if (at.index.empty()) return m;
      return tex_number(m(at.index.at(0), at.index.at(1)));
    };
  };
  out.values["s"] = entry(s_);
  out.values["\\alpha"] = entry(alpha);
  out.values["b"] = [errors, v = v_](const TexPlace& at) {
    const int i = at.index.size() == 2 ? at.index[0] : at.bound.at("i");
    return tex_number(errors.row(i).dot(v.row(at.index.empty() ? at.bound.at("j") : at.index.back())));
  };
  const auto mean = [alpha, errors, v = v_](const TexPlace& at) {
    const int i = at.bound.at("i");
    return tex_number(alpha.row(i).dot(errors.row(i) * v.transpose()));
  };
  out.literals["\\mathrm{E}_i[b]"] = out.literals["\\mathrm{E}[b]"] = mean;
}

void AttentionTruth::add_laws(TexSymbols& out) const {
  out.values["\\partial J/\\partial s"] = [this](const TexPlace& at) {
    return tex_number(score_slope(at.index.at(0), at.index.at(1)));
  };
  out.values["\\partial J/\\partial v"] = [this](const TexPlace& at) -> TexValue {
    return value_slope(at.index.at(0));
  };
  const AttentionTruth* self = this;
  out.literals["\\max s"] = [self](const TexPlace& at) {
    const int i = at.bound.at("i");
    return tex_number(self->s_.row(i).head(self->visible(i)).maxCoeff());
  };
  out.values["Z"] = [self](const TexPlace& at) {
    const int i = at.bound.at("i");
    const Eigen::RowVectorXd s = self->s_.row(i).head(self->visible(i));
    return tex_number(((s.array() - s.maxCoeff()) / self->tau_).exp().sum());
  };
}

void AttentionTruth::add_loss(TexSymbols& out) const {
  const AttentionTruth* self = this;
  out.values["J"] = [self](const TexPlace& at) {
    if (at.index.empty()) return tex_number(self->loss());
    const int i = at.index[0];
    return tex_number(self->loss_of(i, self->v_.transpose() * self->attention(self->s_, i)));
  };
  if (regression_) {
    out.values["y"] = out.values["Y"] = rows(snapshot_.data().targets);
    return;
  }
  const auto label = [self](int i) { return self->snapshot_.data().labels[i]; };
  out.values["y"] = [label](const TexPlace& at) { return tex_number(label(at.index.at(0))); };
  out.values["W_O"] = [self](const TexPlace&) -> TexValue { return self->readout_; };
  const auto predicted = [self](int i) {
    return self->prediction(self->v_.transpose() * self->attention(self->s_, i));
  };
  out.ranges["c"] = up_to(readout_.cols());
  out.values["p"] = [predicted](const TexPlace& at) -> TexValue {
    const Eigen::VectorXd p = predicted(at.bound.at("i"));
    if (at.index.empty()) return p;
    return tex_number(p[at.index[0]]);
  };
  out.values["p_y"] = [predicted, label](const TexPlace& at) {
    const int i = at.bound.at("i");
    return tex_number(predicted(i)[label(i)]);
  };
  out.values["e_y"] = [predicted, label](const TexPlace& at) -> TexValue {
    const int i = at.bound.at("i");
    Eigen::VectorXd e = 0 * predicted(i);
    e[label(i)] = 1;
    return e;
  };
}

TexSymbols AttentionTruth::symbols(Eigen::Index query, Eigen::Index key) const {
  TexSymbols out;
  out.bound = {{"i", static_cast<int>(query)}, {"j", static_cast<int>(key)}};
  out.ranges["i"] = up_to(queries());
  out.ranges["j"] = up_to(visible(query));
  add_vectors(out);
  add_laws(out);
  add_loss(out);
  return out;
}

}  // namespace iem::testing
