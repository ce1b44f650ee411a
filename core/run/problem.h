// A problem is what can be run. It declares its keys, makes the model for the data and the initial state, and
// says which metrics are computed and which identities hold at every step; how any of it is shown is up to
// the lab (core/labs/kit/lab.h). It has no state of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/run/diagnosis.h"
#include "core/run/metric.h"
#include "core/run/run_state.h"
#include "core/run/snapshot.h"

namespace iem {

// How the window says an identity; without words it shows the statement.
struct CheckWords {
  std::string tex;       // the statement as mathematics
  std::string sentence;  // what it says
  std::string method;    // what is compared with what, and how each is computed
};

// An identity that must hold in every state (math.md section 8): what `iemlab check` and the window show.
struct IdentityCheck {
  std::string id, statement;
  double tolerance;
  std::string (*unavailable)(const Snapshot& snapshot);  // why it does not apply; empty: it does
  double (*error)(const Snapshot& snapshot);
  CheckWords words = {};
};

class Problem {
 public:
  virtual ~Problem() = default;

  virtual std::string id() const = 0;
  virtual const std::shared_ptr<const ParameterTable>& parameters() const = 0;

  // Throws InputError at the key that does not fit (K > N, rule not available, ...).
  virtual std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const = 0;
  // The start; random parts are drawn from `init`. The default is zeros.
  virtual Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                              Random& init) const;
  // Whether the start is the same whatever seeds.init is: nothing of it is drawn.
  virtual bool start_is_given(const Config& config) const;
  // Carries theta over to a model of another shape (components, covariance kind, energy). What is new begins
  // as `to` says, drawn from `init`. Unless a problem says otherwise, a start of `to`.
  virtual Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const;

  // Values that a scene gives must have the shape its other keys say: K means, matrices of its kind. Throws
  // InputError. Called for scenes as they are written, not after later changes: then the start adapts to the
  // change and keeps the given values that still fit.
  virtual void check_given(const Config&) const {}

  virtual const std::vector<IdentityCheck>& checks() const;
  // Numbers read off a run when somebody asks (core/run/run_metrics.h: those that every run has).
  virtual const std::vector<Metric>& metrics() const;
  // Numbers stored for every step besides the metrics, for trails and shares: row-major, K x 3 (position and
  // N_j/N) of mixture and activation, two coordinates a vector of attention.
  virtual std::vector<double> trail(const Model&, const Theta&, const Evaluation&) const { return {}; }

  // The identity on live state, for at most so many points; the same ones every time. Unless a problem says
  // otherwise, that of log-sum-exp.
  virtual IdentitySample identity_sample(const Run& run, Eigen::Index points) const;
  // Quantities of this run that theory knows exactly, beside their measured values; the first is the main
  // one.
  virtual std::vector<ExactQuantity> exact(const Run&) const { return {}; }
  // Whether the identity is about responsibilities, which some models do not have.
  virtual bool identity_is_of_responsibilities() const { return true; }
  // The name of the first quantity in the identity that is not finite, where the identity could not be
  // computed.
  virtual std::string lost_in_identity(const Snapshot& snapshot) const;
  // Where the identity is shown when the run has no data.
  virtual Eigen::MatrixXd identity_points(const Config&) const { return {}; }

  // Made once for each snapshot, on the thread that steps; may be null.
  virtual std::shared_ptr<const LabDetail> detail(const Run&) const { return nullptr; }
  // What is going wrong, the worst first, each with its remedy. Called once a snapshot, on the thread that
  // steps.
  virtual std::vector<Diagnosis> diagnose(const Snapshot&) const { return {}; }
};

}  // namespace iem
