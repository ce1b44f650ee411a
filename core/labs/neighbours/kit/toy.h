// A toy: a small system with a few parameters, an objective and a quantity that is known exactly. Its model
// says what is run; its line in the table of toys (core/labs/neighbours/toys/list.h) what it is called, which
// keys and points it has and how it is drawn. Everything else is the lab's.
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
  std::string help;    // one sentence: what one sees
  std::string paper;   // of the caption: "Soudry et al. 2018"
  std::string limits;  // of the caption: what it does not claim, in whole sentences

  std::vector<Parameter> keys;    // model.*; a key that several toys declare is one key
  std::string source = "inline";  // of the rows of its data unless somebody says another
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
  // Where a hand has moved something on its stage; null: it has nothing to take hold of.
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
  // J of some rows; `gradient`, zeros at first, gets dJ/dtheta in closed form.
  virtual double value(const Theta& theta, const Dataset& rows, Theta& gradient) const = 0;
  // J once more, from its definition and with its derivative along one direction: no closed form anywhere.
  virtual Dual definition(std::span<const Dual> theta, const Dataset& rows) const = 0;
  // The numbers of metric_ids() at theta.
  virtual void measure(const Theta&, const Dataset&, double /*loss*/, std::vector<double>&) const {}
  // Both at once, where that is less work.
  virtual double value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                                   std::vector<double>& numbers) const {
    const double loss = value(theta, rows, gradient);
    measure(theta, rows, loss, numbers);
    return loss;
  }
  // Whether J falls by decades and is read on a logarithmic axis; below the least one it is rounding.
  virtual bool falls_by_decades() const { return true; }
  virtual double least_loss() const { return 1e-300; }
  // What gradient flow keeps, one number each, and what that is called: TeX.
  virtual std::vector<double> kept(const Theta&) const { return {}; }
  virtual std::string kept_tex() const { return {}; }
  // By how much steps of rate eta may move it: eta times this, in parts of its size (kept_size).
  virtual double drift_per_rate() const { return 0; }
  virtual std::vector<double> kept_size(const Theta& theta) const {
    return std::vector<double>(kept(theta).size(), 1.0);
  }
  // Where the run is on the stage: pairs of coordinates.
  virtual std::vector<double> places(const Theta&) const { return {}; }
  // What is known exactly, beside what the run has come to.
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

// Rows with so many columns (at least, where there may be more), or an InputError at their key that says what
// a row is.
void require_columns(const Config& config, const Dataset& data, int columns, const std::string& what);

// Whether the rows stand in the scene itself, in the units they are read in, so that a hand may move them.
bool has_own_rows(const Snapshot& snapshot);
// A point of the scene itself put at (x, y) in its first two columns; nothing where rows come from elsewhere.
std::optional<Edit> own_point_moved(const Drag& drag);

}  // namespace iem
