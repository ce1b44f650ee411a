// Problems whose steps can be made to fail or to take their time.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/run/problem.h"

namespace iem::testing {

// Calls `at_step` at the end of each step that is new to its run, where its numbers are recorded.
class Watched : public Problem {
 public:
  Watched(const Problem& of, std::function<void()> at_step) : of_(of), at_step_(std::move(at_step)) {}
  std::string id() const override { return of_.id(); }
  const std::shared_ptr<const ParameterTable>& parameters() const override { return of_.parameters(); }
  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    return of_.make_model(config, data);
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                      Random& init) const override {
    return of_.initial_theta(config, model, data, init);
  }
  std::vector<double> trail(const Model& model, const Theta& theta,
                            const Evaluation& evaluation) const override {
    at_step_();
    return of_.trail(model, theta, evaluation);
  }

 private:
  const Problem& of_;
  std::function<void()> at_step_;
};

// Throws there, as often as `armed` says.
class Trapped : public Watched {
 public:
  Trapped(const Problem& of, const std::shared_ptr<std::atomic<int>>& armed)
      : Watched(of, [armed] {
          if (armed->load() > 0 && armed->fetch_sub(1) > 0) throw std::runtime_error("a trap");
        }) {}
};

}  // namespace iem::testing
