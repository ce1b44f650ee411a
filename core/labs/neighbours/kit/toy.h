// A toy: a small system with a few parameters, an objective and a quantity that is known exactly. Its model
// defines what is run; its line in the table of toys (core/labs/neighbours/toys/list.h) gives its name, keys,
// points and figures. The lab does everything else.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/labs/kit/lab.h"
#include "core/math/dual.h"

namespace iem {

class Toy;

struct ToyType {
  std::string id, label;
  std::string help;    // one sentence on what it shows
  std::string paper;   // of the caption: "Soudry et al. 2018"
  std::string limits;  // of the caption: what it does not claim, in whole sentences

  std::vector<Parameter> keys;    // model.*; a key that several toys declare is one key
  std::string source = "inline";  // the default source of its rows
  std::vector<std::pair<std::string, Value>> data = {};   // and the data.* keys of that source
  Tensor points = {};                                     // and these rows, where they stand in the scene
  std::vector<std::vector<std::string>> layouts;          // the blocks of its state, one list or several
  std::size_t (*layout)(const Config& config) = nullptr;  // which list a configuration has; null: the first
  std::size_t layout_in(const Config& config) const { return layout ? layout(config) : 0; }
  const std::vector<std::string>& blocks(const Config& config) const { return layouts[layout_in(config)]; }

  // The model of a configuration; throws InputError at the key that does not fit.
  std::shared_ptr<const Toy> (*make)(const Config& config, const Dataset& data) = nullptr;
  std::string (*objective_tex)(const Config& config) = nullptr;
  Figure (*stage)(const Snapshot& snapshot, const View& view) = nullptr;
  // The edit of a drag on its stage; null where nothing can be dragged.
  std::optional<Edit> (*moved)(ElementId::Kind kind, const Drag& drag) = nullptr;
  std::vector<FigureType> figures = {};  // beside those that every toy has
  std::vector<Metric> metrics = {};
  // Which figures stand beside its stage: one list, or one for each of its layouts.
  std::vector<std::vector<std::string>> plots = {};
};

// A row of data is a row of numbers, which each toy reads in its own way.
class Toy : public Model {
 public:
  const ToyType& type() const { return *type_; }

  virtual Theta start(const Config& config) const = 0;
  // J of these rows; `gradient`, which holds zeros, receives dJ/dtheta in closed form.
  virtual double value(const Theta& theta, const Dataset& rows, Theta& gradient) const = 0;
  // J straight from its definition, with its derivative along one direction by automatic differentiation: the
  // reference for the closed form.
  virtual Dual definition(std::span<const Dual> theta, const Dataset& rows) const = 0;
  // The numbers of metric_ids() at theta.
  virtual void measure(const Theta&, const Dataset&, double /*loss*/, std::vector<double>&) const {}
  // value() and measure() at once, for toys where that is less work.
  virtual double value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                                   std::vector<double>& numbers) const {
    const double loss = value(theta, rows, gradient);
    measure(theta, rows, loss, numbers);
    return loss;
  }
  // Whether J falls by decades and is shown on a logarithmic axis; below least_loss() it is rounding.
  virtual bool falls_by_decades() const { return true; }
  virtual double least_loss() const { return 1e-300; }
  // The quantities that gradient flow conserves, each a quadratic form of theta, and their name as TeX.
  virtual std::vector<double> kept(const Theta&) const { return {}; }
  virtual std::string kept_tex() const { return {}; }
  // The size of each, in parts of which its changes are read.
  virtual std::vector<double> kept_size(const Theta& theta) const {
    return std::vector<double>(kept(theta).size(), 1.0);
  }
  // The places of the run on the stage: pairs of coordinates.
  virtual std::vector<double> places(const Theta&) const { return {}; }
  // Quantities that are known exactly, with their measured values.
  virtual std::vector<ExactQuantity> exact(const Run&) const { return {}; }

  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::string responsibilities_unavailable() const override {
    return "Its points are not shared out among components.";
  }
  std::string small_rules_unavailable() const override { return ""; }
  std::string batches_unavailable() const override {
    return "A small system looks at all its rows in every step.";
  }

 protected:
  explicit Toy(const ToyType& type) : type_(&type) {}
  // Appends a block, learned as model.learn says.
  void add_block(const Config& config, const std::string& name, Eigen::Index rows, Eigen::Index columns);

 private:
  const ToyType* type_;
};

inline const Toy& toy_of(const Model& model) { return static_cast<const Toy&>(model); }
inline const Toy& toy_of(const Snapshot& snapshot) { return toy_of(snapshot.model()); }

// model.alpha: the size at which factors of the weights start. `unavailable` says where there are none.
Parameter factor_start_key(double value, std::function<std::string(const Config&)> unavailable,
                           std::vector<std::string> switched_by);

// Throws InputError at the key of the rows, with a description of a row (`what`), unless the rows have
// `columns` columns.
void require_columns(const Config& config, const Dataset& data, int columns, const std::string& what);

// Whether the rows are written in the scene itself and not rescaled, so that they can be dragged.
bool has_own_rows(const Snapshot& snapshot);
// The edit that moves a point of the scene itself, in its first two columns, to its new place; nothing where
// rows come from elsewhere.
std::optional<Edit> own_point_moved(const Drag& drag);

}  // namespace iem
