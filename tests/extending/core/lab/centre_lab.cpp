#include "core/lab/centre_lab.h"

#include <cmath>
#include <iterator>

#include "core/base/error.h"
#include "core/data/source.h"
#include "core/optimize/optimizer.h"
#include "core/config/common_parameters.h"

namespace iem {
namespace {

class Centre : public Model {
 public:
  Centre() { layout_.add("centre", 1, 2, true); }

  void evaluate(const Theta& theta, double, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool&, Evaluation& out) const override {
    Eigen::MatrixXd points = data.points;
    if (!batch.empty()) {
      points.resize(static_cast<Eigen::Index>(batch.size()), 2);
      for (std::size_t i = 0; i < batch.size(); ++i)
        points.row(static_cast<Eigen::Index>(i)) = data.points.row(batch[i]);
    }
    const Eigen::MatrixXd off = points.rowwise() - theta.transpose();
    const auto n = static_cast<double>(points.rows());
    const Eigen::VectorXd d = 0.5 * off.rowwise().squaredNorm();
    out.loss = d.mean();
    out.gradient = -off.colwise().sum().transpose() / n;
    out.metrics = Eigen::VectorXd::Constant(1, std::sqrt(2 * out.loss));
    out.statistics.resize(1, 3);
    out.statistics << n, off.col(0).sum(), off.col(1).sum();
    const bool rows = wanted == Wanted::rows && batch.empty();
    out.energies = rows ? Eigen::MatrixXd(d) : Eigen::MatrixXd();
    out.responsibilities = rows ? Eigen::MatrixXd::Ones(d.size(), 1).eval() : Eigen::MatrixXd();
  }
  std::vector<std::string> metric_ids() const override { return {"spread"}; }
  std::vector<NamedTensor> natural(const Theta& theta) const override {
    return {{"centre", {{1, 2}, {theta[0], theta[1]}}}};
  }
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override {
    Theta out = theta;
    for (const NamedTensor& given : natural) {
      if (given.name != "centre" || given.tensor.data.size() != 2)
        throw InputError("state." + given.name + " does not fit");
      out << given.tensor.data[0], given.tensor.data[1];
    }
    return out;
  }
  std::string em_unavailable() const override { return ""; }
  Theta em_step(const Theta& theta, const Dataset&, const Evaluation& e, double) const override {
    return theta + e.statistics.row(0).tail(2).transpose() / e.statistics(0, 0);
  }
  Theta blend(const Theta& a, const Theta& b, double lambda) const override {
    return lambda == 0 ? a : lambda == 1 ? b : Theta((1 - lambda) * a + lambda * b);
  }
  void project(Theta&) const override {}
};

std::vector<Parameter> centre_parameters() {
  std::vector<Parameter> all;
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  append(data_parameters(2));
  append(seed_parameters());
  all.push_back({.key = "model.temperature",
                 .group = Group::model,
                 .label = "Temperature",
                 .help = "Has no effect here.",
                 .fallback = 1.0,
                 .min = 0,
                 .min_open = true});
  append(optimizer_parameters());
  append(schedule_parameters());
  append(stage_parameters());
  return all;
}

double gradient_at_the_mean(const Snapshot& s) {
  const Eigen::VectorXd mean = s.data().points.colwise().mean().transpose();
  return (s.evaluation.gradient - (s.state.theta - mean)).cwiseAbs().maxCoeff();
}

class CentreLab : public Lab {
 public:
  std::string id() const override { return "centre"; }
  std::string label() const override { return "Centre"; }
  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = std::make_shared<const ParameterTable>(centre_parameters());
    return table;
  }
  const std::vector<FigureType>& figures() const override {
    static const std::vector<FigureType> all = {{"loss", "Loss", "J over steps."}};
    return all;
  }
  std::vector<std::string> dumps() const override { return {"points"}; }
  const std::vector<IdentityCheck>& checks() const override {
    static const std::vector<IdentityCheck> all = {{"centre_gradient", "dJ/dc = c - mean", 1e-12,
                                                    [](const Snapshot&) { return std::string(); },
                                                    gradient_at_the_mean}};
    return all;
  }
  std::shared_ptr<const Model> make_model(const Config&, const Dataset&) const override {
    return std::make_shared<const Centre>();
  }
  Theta initial_theta(const Config&, const Model&, const Dataset& data, Random& init) const override {
    return data.points.row(init.below(data.size())).transpose();
  }
  Theta convert(const Theta& theta, const Setup&, const Setup&, Random&) const override { return theta; }
  std::vector<double> trail(const Model&, const Theta& theta, const Evaluation&) const override {
    return {theta[0], theta[1], 1};
  }
  Figure figure(const std::string&, const Snapshot& snapshot, const View&) const override {
    Figure figure{.id = "loss", .title = "Loss", .caption = "J over steps.", .panels = {}, .keep = {}};
    const Values x = figure.own(snapshot.history.steps()), y = figure.own(snapshot.history.column(0));
    Panel panel;
    panel.x.hi = std::max(1.0, x.back());
    panel.y.hi = 1.1 * *std::max_element(y.begin(), y.end());
    panel.marks.push_back(Line{.series = "loss", .x = x, .y = y, .ink = {Role::accent}});
    figure.panels.push_back(std::move(panel));
    return figure;
  }
  Dump dump(const std::string&, const Snapshot& snapshot) const override {
    return {{"x", "y"}, snapshot.data().points};
  }
  std::vector<Phase> phases(const Snapshot&, int) const override { return {}; }
  NumberLine number_line(const Snapshot&, int, int) const override { return {}; }
  IdentityText identity_text() const override { return {}; }
  std::string formula(Group, const Config&) const override { return ""; }
  std::vector<double> shares(const Snapshot& snapshot) const override {
    return {static_cast<double>(snapshot.data().size())};
  }
};

}  // namespace

const Lab& centre_lab() {
  static const CentreLab lab;
  return lab;
}

}  // namespace iem
