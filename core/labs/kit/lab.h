// A lab: one kind of run (mixture, activation, attention). One file pair and one line in registry.cpp. It
// declares its keys, makes data, model and initial state, and turns a snapshot into figures. It owns no
// state.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/check/check.h"
#include "core/figure/figure.h"
#include "core/run/diagnosis.h"
#include "core/labs/kit/inspection.h"
#include "core/run/metric.h"
#include "core/run/run_state.h"
#include "core/run/snapshot.h"
#include "core/config/config.h"

namespace iem {

struct FigureType {
  std::string id;     // "stage"
  std::string title;  // "Responsibility field"
  std::string help;   // one sentence
  bool slow = false;  // costs more than a frame has: a window makes it on a thread of its own
};

// What a figure may depend on besides the snapshot: the view keys, what is pinned and what the mouse is over.
struct View {
  const Config& config;  // only keys of Effect::view are read
  ElementId pinned, hovered;
  int shaped = -1;  // the prototype whose ellipse shows its handles; -1: none
  int phase = -1;   // of Lab::phases, the one that is looked at; -1: the last of the E-step
};

// One sub-step of an update, for the phase strip: a view of the evaluation, not a second implementation.
struct Phase {
  std::string id, label, symbol;  // "distances", "distances", "d_j"; "responsibilities" says who counts
  bool in_m_step = false;
  std::vector<double> values;  // one a component, or a single one for all
  bool is_vector = false;      // the values are the coordinates of one vector
};

// What the identity panel and the meter say.
struct IdentityText {
  std::string equation;  // TeX: \frac{\partial L_i}{\partial d_{ij}} = -r_{ij}
  std::string meter;     // TeX: \max|\partial L/\partial d + r|
  std::string method;    // "by complex step"
};

// What a lab writes as code: "numpy", "NumPy".
struct CodeType {
  std::string id, label;
};

// A number that is read off the run, beside the settings of a group: "Largest difference", 0.508.
struct Reading {
  std::string label, help;
  double value = 0;
};

// Numbers in the head of the stage, one a component, each beside its shape.
struct StageShares {
  std::vector<double> values;
  std::string letter;  // of the symbol before each, "N" for N_1, N_2, ...; empty: none
  int decimals = 1;
};

// A table that may be larger than memory: its rows are made when they are asked for. Valid as long as the
// snapshot it is of.
struct Dump {
  using Part = std::function<Eigen::MatrixXd(Eigen::Index first, Eigen::Index count)>;
  Dump(std::vector<std::string> names, Eigen::Index rows, Part make)
      : header(std::move(names)),
        count(rows),
        part(std::move(make)) {}
  Dump(std::vector<std::string> names, Eigen::MatrixXd rows)
      : Dump(std::move(names), rows.rows(),
             [rows](Eigen::Index first, Eigen::Index n) { return rows.middleRows(first, n).eval(); }) {}

  std::vector<std::string> header;
  Eigen::Index count = 0;  // rows
  Part part;               // rows first .. first + count - 1, as many columns as the header has
  Eigen::MatrixXd rows() const { return part(0, count); }  // all of them
};

class Lab {
 public:
  virtual ~Lab() = default;

  virtual std::string id() const = 0;
  virtual std::string label() const = 0;
  virtual const std::shared_ptr<const ParameterTable>& parameters() const = 0;
  virtual const std::vector<FigureType>& figures() const = 0;
  virtual std::vector<std::string> dumps() const = 0;
  // The identities that must hold in every state: what `iemlab check` and the window show.
  virtual const std::vector<IdentityCheck>& checks() const = 0;

  // Values that a scene gives must have the shape its other keys say: K means, matrices of its kind. Throws
  // InputError. Asked of what somebody writes, not of what was changed later: there the start fits itself to
  // the change, keeping what is given.
  virtual void check_given(const Config&) const {}

  // Numbers read off a run when somebody asks (core/run/run_metrics.h: those that every run has).
  virtual const std::vector<Metric>& metrics() const;

  // Throws InputError at the key that does not fit (K > N, rule not available, ...).
  virtual std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const = 0;
  virtual Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                              Random& init) const = 0;
  // Whether the start is the same whatever seeds.init is: nothing of it is drawn.
  virtual bool start_is_given(const Config& config) const;
  // Carries theta over to a model of another shape (components, covariance kind, energy). What is new begins
  // as `to` says, drawn from `init`.
  virtual Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const = 0;
  // Where the identity is shown when the run has no data.
  virtual Eigen::MatrixXd identity_points(const Config&) const { return {}; }
  // What is remembered of every step beside the metrics, for the lab's own trails and shares: row-major, K x
  // 3 (position and N_j/N) of mixture and activation, two coordinates a vector of attention.
  virtual std::vector<double> trail(const Model& model, const Theta& theta,
                                    const Evaluation& evaluation) const = 0;

  virtual Figure figure(const std::string& id, const Snapshot& snapshot, const View& view) const = 0;
  virtual Dump dump(const std::string& id, const Snapshot& snapshot) const = 0;
  virtual std::vector<Phase> phases(const Snapshot& snapshot, int point) const = 0;
  virtual NumberLine number_line(const Snapshot& snapshot, int point, int component) const = 0;
  // What the inspector says of a point, or of a prototype when the element is one. For a point, `component`
  // is the prototype whose formulas are written out; -1: the lab chooses.
  virtual Inspection inspect(const Snapshot&, const ElementId&, int component) const {
    static_cast<void>(component);
    return {};
  }
  // And where nothing is hovered or pinned: of the place the view's probe is at.
  virtual Inspection inspect_probe(const Snapshot&, const View&, int component) const {
    static_cast<void>(component);
    return {};
  }
  // One of the things the data is made of, and several.
  virtual std::pair<std::string, std::string> point_names() const { return {"point", "points"}; }
  // What J is counted in; empty: a loss without a unit.
  virtual std::string loss_unit(const Config&) const { return "nats"; }
  // What the two halves of an update are called.
  virtual std::pair<std::string, std::string> half_names() const { return {"E", "M"}; }
  // The point (or query) an element on a figure belongs to; -1: none.
  virtual int point_of(const ElementId& element, const Snapshot&) const {
    return element.kind == ElementId::Kind::point ? element.index : -1;
  }
  virtual IdentityText identity_text() const = 0;
  // The identity on live state, for at most so many points; the same ones every time. Unless a lab says
  // otherwise, that of log-sum-exp.
  virtual IdentitySample identity_sample(const Run& run, Eigen::Index points) const;
  // Made once for each snapshot, on the thread that steps; may be null.
  virtual std::shared_ptr<const LabDetail> detail(const Run&) const { return nullptr; }
  // What a formula of the control panel is, by group: TeX; empty when there is none.
  virtual std::string formula(Group group, const Config& config) const = 0;
  // What stands below the rows of a group.
  virtual std::vector<Reading> readings(Group, const Snapshot&, const View&) const { return {}; }
  // The lab's result as code to paste: which languages, and the text in one of them.
  virtual std::vector<CodeType> code_types() const { return {}; }
  virtual std::string code(const std::string& /*id*/, const Snapshot&) const { return {}; }
  // What is listed under "parameters" by a reader of the stage: N_j and the like, one number a component.
  virtual std::vector<double> shares(const Snapshot& snapshot) const = 0;
  // What the head of the stage lists while a point (-1: none) is shown.
  virtual StageShares stage_shares(const Snapshot& snapshot, int point) const {
    static_cast<void>(point);
    return {shares(snapshot), "N", 1};
  }
  // What is going wrong, the worst first, each with its remedy. Called once a snapshot, on the thread that
  // steps.
  virtual std::vector<Diagnosis> diagnose(const Snapshot&) const { return {}; }
};

const std::vector<const Lab*>& labs();
const Lab* find_lab(const std::string& id);  // null when unknown

}  // namespace iem
